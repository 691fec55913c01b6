//! Why nothing that was asked for is on offer, in the terms of the timetable. Whose booking is in
//! the way is not among what is passed on.

use booking::{Hours, Item, NoOpening, Wanted, Why, explain, weekly_hours};
use dialog::{Explanation, OpeningRequest, Rule};
use jiff::civil::{Date, Time};
use kernel::ResourceId;
use platform::TenantTx;

use super::Scene;
use crate::TurnError;

impl Scene<'_> {
    /// Why an exact start is not on offer; `None` when there is no more to say than that.
    pub(super) async fn explained(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
        why: &[Why],
    ) -> Result<Option<Explanation>, TurnError> {
        let day = wanted.starts_at.to_zoned(self.known.tenant.zone.clone()).date();
        let staff = wanted.visit.items.first().and_then(Item::wanted);
        self.explanation(tx, staff, day, why, None).await
    }

    /// Why a search for one day found nothing.
    pub(super) async fn why_none(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
    ) -> Result<Option<Explanation>, TurnError> {
        let (day, last) = request.days;
        // Over several days, or once offers were refused, there is no one reason.
        if day != last || !request.excluded_starts.is_empty() {
            return Ok(None);
        }
        let time = request.near.or(request.times.map(|(from, _)| from));
        let probe = day.to_datetime(time.unwrap_or(Time::constant(12, 0, 0, 0)));
        let Ok(probe) = probe.to_zoned(self.known.tenant.zone.clone()) else {
            return Ok(None);
        };
        let wanted = Wanted {
            visit: super::visit(
                request.service,
                request.party_size,
                request.staff,
                &request.excluded_staff,
            ),
            starts_at: probe.timestamp().max(self.now()),
            moving: request.replaces,
            rules: self.known.rules,
        };
        let why = match explain(tx, &wanted, self.now()).await? {
            Ok(_) => Vec::new(),
            Err(why) => why,
        };
        let rest = if time.is_some() { Rule::NothingThen } else { Rule::FullyBooked };
        // What is too soon today is not booked.
        let is_today = day == self.known.facts.now.date();
        self.explanation(tx, request.staff, day, &why, Some(rest).filter(|_| !is_today)).await
    }

    /// The rule to name. `rest` is what it comes to when no rule keeps the day as a whole free.
    async fn explanation(
        &self,
        tx: &mut TenantTx,
        staff: Option<ResourceId>,
        day: Date,
        why: &[Why],
        rest: Option<Rule>,
    ) -> Result<Option<Explanation>, TurnError> {
        let whole_day = matches!(rest, Some(Rule::FullyBooked));
        let of_all = |rule| !why.is_empty() && names(why).all(|who| has(why, who, rule));
        let find = |rule| why.iter().find(|why| why.rule == rule);
        let rule = if let Some(closed) =
            find(NoOpening::Closed).filter(|_| of_all(NoOpening::Closed))
        {
            Some(Rule::Closed(closed.detail.holiday.clone().unwrap_or_default()))
        } else if of_all(NoOpening::DayOff) {
            let weekly = self.is_off_weekly(tx, staff, why, day).await?;
            Some(if weekly { Rule::OffEveryWeek } else { Rule::Off })
        } else if of_all(NoOpening::CapReached) {
            Some(Rule::CapReached)
        } else if whole_day || why.iter().any(|why| why.rule.is_taken()) {
            rest
        } else if let Some(pause) = find(NoOpening::OnBreak).filter(|_| of_all(NoOpening::OnBreak))
        {
            let zone = self.known.tenant.zone.clone();
            let wall = |at: jiff::Timestamp| at.to_zoned(zone.clone()).time();
            pause.detail.until.zip(pause.detail.from).map(|(a, b)| Rule::Break(wall(a), wall(b)))
        } else if of_all(NoOpening::OutsideHours) {
            let hours = merged(why.iter().flat_map(|why| &why.detail.hours));
            Some(Rule::Hours(hours)).filter(|_| find(NoOpening::OutsideHours).is_some())
        } else {
            rest
        };
        Ok(rule
            .filter(|rule| !matches!(rule, Rule::Hours(hours) if hours.is_empty()))
            .map(|rule| Explanation { staff, day, rule }))
    }

    /// Whether none of them ever works on that day of the week.
    async fn is_off_weekly(
        &self,
        tx: &mut TenantTx,
        staff: Option<ResourceId>,
        why: &[Why],
        day: Date,
    ) -> Result<bool, TurnError> {
        let about: Vec<ResourceId> = match staff {
            Some(staff) => vec![staff],
            None => why.iter().filter_map(|why| why.resource).collect(),
        };
        for resource in about {
            let week = weekly_hours(tx, resource).await?;
            if week.iter().any(|hours| hours.weekday == day.weekday()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Everybody whom something is said about.
fn names(why: &[Why]) -> impl Iterator<Item = Option<ResourceId>> {
    why.iter().map(|why| why.resource)
}

fn has(why: &[Why], who: Option<ResourceId>, rule: NoOpening) -> bool {
    why.iter().any(|why| why.resource == who && why.rule == rule)
}

/// The hours that somebody works, in order, without what overlaps.
fn merged<'a>(hours: impl Iterator<Item = &'a Hours>) -> Vec<(Time, Time)> {
    let mut stretches: Vec<(u16, u16)> =
        hours.map(|hours| (hours.start_minute(), hours.end_minute())).collect();
    stretches.sort_unstable();
    let mut open: Vec<(u16, u16)> = Vec::new();
    for (start, end) in stretches {
        match open.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => open.push((start, end)),
        }
    }
    let wall = crate::stages::retrieve::wall;
    open.into_iter().map(|(start, end)| (wall(start), wall(end))).collect()
}
