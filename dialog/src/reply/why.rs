//! The wording of reasons, and of what the waiting list says.

use jiff::civil::Time;

use super::{act::Speaker, format, plain};
use crate::{AppointmentFact, Explanation, News, Refusal, Rule, WaitRequest};

impl Speaker<'_> {
    pub(super) fn explain(&self, why: &Explanation) -> String {
        let day = format::day(why.day, self.locale);
        let whose = why.staff.map(|staff| self.staff_name(staff));
        let key = match (&why.rule, whose.is_some()) {
            (Rule::OffEveryWeek, true) => "why-off-weekly",
            (Rule::OffEveryWeek, false) => "why-nobody-weekly",
            (Rule::Off, true) => "why-off",
            (Rule::Off, false) => "why-nobody",
            (Rule::Closed(_), _) => "why-closed",
            (Rule::Break(..), true) => "why-break",
            (Rule::Break(..), false) => "why-break-all",
            (Rule::Hours(_), true) => "why-hours",
            (Rule::Hours(_), false) => "why-hours-all",
            (Rule::FullyBooked, true) => "why-full",
            (Rule::FullyBooked, false) => "why-full-all",
            (Rule::NothingThen, true) => "why-nothing-then",
            (Rule::NothingThen, false) => "why-nothing-then-all",
            (Rule::CapReached, true) => "why-cap",
            (Rule::CapReached, false) => "why-full-all",
        };
        let mut args = vec![
            ("day", day.into()),
            ("every", format::every(why.day.weekday(), self.locale).into()),
            ("staff", whose.unwrap_or_default().into()),
        ];
        match &why.rule {
            Rule::Closed(name) => args.push(("holiday", plain(name, 60).into())),
            Rule::Break(from, until) => {
                args.push(("from", format::clock(*from, self.locale).into()));
                args.push(("until", format::clock(*until, self.locale).into()));
            }
            Rule::Hours(ranges) => args.push(("hours", self.ranges(ranges).into())),
            _ => {}
        }
        self.words(key, &args)
    }

    pub(super) fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::PersonNeeded => self.words("refused-person", &[]),
            Refusal::DayFull(limit) => {
                self.words("refused-day-full", &[("limit", (*limit).into())])
            }
            Refusal::WeekFull(limit) => {
                self.words("refused-week-full", &[("limit", (*limit).into())])
            }
            Refusal::TooLate(deadline) => {
                let when = format::moment(deadline, self.locale);
                self.words("refused-too-late", &[("when", when.into())])
            }
        }
    }

    pub(super) fn news(&self, news: News, appointment: &AppointmentFact) -> String {
        let key = match news {
            News::Confirmed => "news-confirmed",
            News::Approved => "news-approved",
            News::Declined => "news-declined",
            News::Cancelled => "news-cancelled",
            News::Moved => "news-moved",
        };
        self.about(key, appointment)
    }

    pub(super) fn freed(&self, appointment: &AppointmentFact, until: &jiff::Zoned) -> String {
        let mut args = self.appointment_args(appointment).to_vec();
        args.push(("until", format::clock(until.time(), self.locale).into()));
        self.words("freed", &args)
    }

    /// "You're on the waiting list for Haircut with Ana on Friday 6 March."
    pub(super) fn waiting(&self, wish: &WaitRequest) -> String {
        let mut what = self.service_name(wish.service);
        if let Some(staff) = wish.staff {
            let args = [("what", what.into()), ("staff", self.staff_name(staff).into())];
            what = self.words("waiting-with", &args);
        }
        if let Some((first, last)) = wish.days {
            let first_day = format::day(first, self.locale);
            let last_day = format::day(last, self.locale);
            let key = if first == last { "waiting-on" } else { "waiting-between" };
            let args =
                [("what", what.into()), ("day", first_day.into()), ("last", last_day.into())];
            what = self.words(key, &args);
        }
        self.words("waiting", &[("what", what.into())])
    }

    fn ranges(&self, ranges: &[(Time, Time)]) -> String {
        let clock = |time| format::clock(time, self.locale);
        let ranges: Vec<String> = ranges
            .iter()
            .map(|(from, until)| format!("{}–{}", clock(*from), clock(*until)))
            .collect();
        ranges.join(", ")
    }
}
