//! One conversation, from the first message to what the database says at the end.

use anyhow::Context as _;
use booking::{Appointment, OpeningQuery, StateName, Visit};
use jiff::{SignedDuration, Timestamp, ToSpan as _, Zoned, civil::Date, tz::TimeZone};
use kernel::{Clock as _, Locale};
use pipeline::Understanding;
use platform::Db;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde::Serialize;
use testkit::{
    Stage,
    shop::{SHOPS, Shop},
};

use super::{
    goal::{Goal, Kind},
    real::RealTurns,
    speech::Bank,
    user::{Existing, Manner, User},
};

/// A customer who has not got what they want after so many messages is lost.
const MAX_MESSAGES: usize = 16;
/// Who writes.
const WHO: &str = "customer";

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ending {
    /// The database says what the customer wanted; or nothing was to be had, and nothing is booked.
    Success,
    /// Something is in the database that the customer did not want.
    SilentWrong,
    /// A person was called.
    HandedOver,
    /// The customer let it go although what they wanted was to be had.
    GaveUp,
    /// Too many messages.
    TooLong,
}

/// A conversation and what came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Talk {
    pub(super) n: usize,
    pub(super) vertical: &'static str,
    pub(super) language: &'static str,
    pub(super) manner: &'static str,
    pub(super) kind: &'static str,
    /// What was wanted, in the end.
    pub(super) goal: String,
    /// Whether it was to be had when the conversation began.
    pub(super) possible: bool,
    pub(super) ending: Ending,
    /// Why it failed, in a few words; empty for a success.
    pub(super) cause: String,
    pub(super) n_messages: usize,
    pub(super) booked: bool,
    pub(super) transcript: Vec<String>,
}

/// What all conversations share.
pub(super) struct Cast {
    pub(super) db: Db,
    pub(super) understanding: Understanding,
    pub(super) banks: [Bank; 3],
    pub(super) real: RealTurns,
    pub(super) seed: u64,
}

/// Which conversation: everything else follows from the seed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) n: usize,
    pub(super) shop: usize,
    pub(super) locale: Locale,
    pub(super) manner: Manner,
}

impl Cast {
    pub(super) async fn talk(&self, plan: Plan) -> anyhow::Result<Talk> {
        let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(plan.n as u64);
        let mut rng = StdRng::seed_from_u64(seed);
        let shop = &SHOPS[plan.shop];
        // Some morning of a week in March.
        let monday: Timestamp = "2026-03-02T08:00:00Z".parse()?;
        let now = monday + SignedDuration::from_hours(24 * rng.random_range(0..6));
        let stage =
            Stage::open(shop, self.db.clone(), self.understanding.clone(), now, seed).await?;
        let today = madrid(now)?.date();
        let kind = match rng.random_range(0..10) {
            0 => Kind::Cancel,
            1..3 => Kind::Move,
            _ => Kind::Book,
        };
        let goal = Goal::draw(kind, shop, today, &mut rng);
        let has = if kind == Kind::Book {
            None
        } else {
            Some(existing(&stage, shop, &goal, today, &mut rng).await?)
        };
        let changes = plan.manner == Manner::Correcting && kind == Kind::Book;
        let later = changes.then(|| goal.changed(shop, today, &mut rng));
        let wanted = later.unwrap_or(goal);
        if rng.random_bool(0.35) && kind != Kind::Cancel {
            take_away(&stage, shop, &wanted).await?;
        }
        let possible = kind == Kind::Cancel || is_possible(&stage, &wanted, has.as_ref()).await?;
        let at = Locale::ALL.iter().position(|locale| *locale == plan.locale).unwrap_or(0);
        let bank = &self.banks[at];
        // Whoever mixes Portuguese or English mixes it with Spanish; Spanish with English.
        let second = &self.banks[if plan.locale == Locale::Es { 0 } else { 1 }];
        let user = User {
            shop,
            business: &stage.business,
            today,
            locale: plan.locale,
            bank,
            second,
            manner: plan.manner,
            goal,
            later,
            has: has.clone(),
            real: &self.real,
            rng,
            tries: 0,
            asked_aside: 0,
            gave_up: false,
            believes_done: false,
        };
        let mut scene = Scene { stage: &stage, user, has, possible, transcript: Vec::new() };
        let (ending, cause, n_messages) = scene.play().await?;
        let booked = ending == Ending::Success && possible && kind == Kind::Book;
        Ok(Talk {
            n: plan.n,
            vertical: shop.vertical,
            language: plan.locale.tag(),
            manner: plan.manner.name(),
            kind: kind.name(),
            goal: format!("{wanted:?}"),
            possible,
            ending,
            cause,
            n_messages,
            booked,
            transcript: scene.transcript,
        })
    }
}

struct Scene<'a> {
    stage: &'a Stage,
    user: User<'a>,
    has: Option<Existing>,
    possible: bool,
    transcript: Vec<String>,
}

impl Scene<'_> {
    async fn play(&mut self) -> anyhow::Result<(Ending, String, usize)> {
        let mut next = Some(self.user.open());
        let mut n_messages = 0;
        let mut handed = false;
        let mut pending = String::new();
        while let Some(text) = next.take() {
            if n_messages == MAX_MESSAGES {
                return self
                    .end(Ending::TooLong, format!("too long, at {pending}"), n_messages)
                    .await;
            }
            n_messages += 1;
            self.stage.clock.advance(SignedDuration::from_secs(20));
            self.transcript.push(format!("> {text}"));
            let reply = self.stage.say(WHO, &text).await?;
            self.transcript.push(reply.unwrap_or_else(|| "(silence)".to_owned()));
            let (state, is_handed) = self.stage.conversation(WHO).await?;
            handed = is_handed;
            pending = format!("{:?}", state.pending);
            if handed {
                break;
            }
            if self.is_done(self.user.later.is_none()).await? {
                self.user.believes_done = true;
            }
            next = self.user.answer(&state);
        }
        if handed {
            return self
                .end(Ending::HandedOver, "a person was called".to_owned(), n_messages)
                .await;
        }
        self.end(Ending::GaveUp, format!("gave up, at {pending}"), n_messages).await
    }

    /// What the database says decides; `otherwise` is how it ended when it says nothing.
    async fn end(
        &self,
        otherwise: Ending,
        cause: String,
        n_messages: usize,
    ) -> anyhow::Result<(Ending, String, usize)> {
        let live = self.live().await?;
        let goal = &self.user.goal;
        if let Some(wrong) = self.wrong(&live) {
            return Ok((Ending::SilentWrong, wrong, n_messages));
        }
        let is_met = match goal.kind {
            Kind::Book => live.len() == 1,
            Kind::Move => self.has_moved(&live),
            Kind::Cancel => live.is_empty(),
        };
        let nothing_to_be_had = !self.possible && otherwise == Ending::GaveUp;
        if is_met || nothing_to_be_had {
            return Ok((Ending::Success, String::new(), n_messages));
        }
        Ok((otherwise, cause, n_messages))
    }

    /// What is in the database that nobody wanted.
    fn wrong(&self, live: &[Appointment]) -> Option<String> {
        let goal = &self.user.goal;
        let untouched = |one: &Appointment| {
            self.has
                .as_ref()
                .is_some_and(|has| has.id == one.id && has.starts_at == one.starts_at())
        };
        if live.len() > 1 {
            return Some("more than one appointment".to_owned());
        }
        if live.is_empty() && goal.kind == Kind::Move {
            return Some("the appointment to be moved is gone".to_owned());
        }
        let one = live.first().filter(|one| !untouched(one))?;
        let service = self.stage.business.services[goal.service].1;
        let staff = self.position(one);
        let what = if goal.kind == Kind::Cancel {
            "moved instead of cancelled"
        } else if one.service() != service {
            "another service"
        } else if one.party_size != goal.party {
            "another number of people"
        } else if goal.staff.is_some_and(|wanted| wanted != staff) {
            "another person"
        } else if !goal.accepts(&one.starts_at(), staff) {
            if one.starts_at().date() == goal.day { "another time" } else { "another day" }
        } else {
            return None;
        };
        Some(format!("booked {what}"))
    }

    fn has_moved(&self, live: &[Appointment]) -> bool {
        let has = self.has.as_ref();
        live.iter().any(|one| has.is_some_and(|has| has.starts_at != one.starts_at()))
    }

    async fn is_done(&self, settled: bool) -> anyhow::Result<bool> {
        let live = self.live().await?;
        Ok(settled
            && match self.user.goal.kind {
                Kind::Book => !live.is_empty(),
                Kind::Move => self.has_moved(&live),
                Kind::Cancel => live.is_empty(),
            })
    }

    fn position(&self, one: &Appointment) -> usize {
        let staff = &self.stage.business.staff;
        staff.iter().position(|(_, id)| *id == one.resource()).unwrap_or(usize::MAX)
    }

    /// What the customer has.
    async fn live(&self) -> anyhow::Result<Vec<Appointment>> {
        let mut all = self.stage.appointments().await?;
        let live = [StateName::Confirmed.as_str(), StateName::Pending.as_str()];
        all.retain(|one| one.customer.contact.is_some() && live.contains(&one.state.name()));
        Ok(all)
    }
}

/// An appointment that the customer has had for a while.
async fn existing(
    stage: &Stage,
    shop: &Shop,
    goal: &Goal,
    today: Date,
    rng: &mut StdRng,
) -> anyhow::Result<Existing> {
    stage.say(WHO, "hi").await?;
    let leads: Vec<usize> = (0..shop.leads.len())
        .filter(|lead| {
            let lead = &shop.leads[*lead];
            lead.does.contains(&goal.service)
                && lead.max_party.is_none_or(|most| most >= goal.party)
        })
        .collect();
    let lead = leads[rng.random_range(0..leads.len())];
    for _ in 0..40 {
        let at = Goal::draw(Kind::Cancel, shop, today, rng);
        let at = Goal { service: goal.service, ..at };
        let Some(start) = at.start().filter(|start| start.date() != goal.day) else { continue };
        let line = format!(
            "book {} with {} at {start} for {WHO}",
            shop.services[goal.service].names[0], shop.leads[lead].name
        );
        let line = match goal.party {
            1 => line,
            n => format!("{line} party {n}"),
        };
        if stage.desk(&line).await.is_ok() {
            let all = stage.appointments().await?;
            let booked = all.iter().find(|one| one.customer.contact.is_some());
            let existing = booked.map(|one| Existing { id: one.id, starts_at: one.starts_at() });
            return existing.context("it was booked");
        }
    }
    anyhow::bail!("no time was found for the appointment to begin with")
}

/// Others have what the customer wants.
async fn take_away(stage: &Stage, shop: &Shop, goal: &Goal) -> anyhow::Result<()> {
    let Some(start) = goal.start() else {
        return Ok(());
    };
    for (at, lead) in shop.leads.iter().enumerate() {
        let in_the_way =
            lead.does.contains(&goal.service) && goal.staff.is_none_or(|wanted| wanted == at);
        if in_the_way {
            let service = shop.services[goal.service].names[0];
            // Somebody's own appointment may be in the way of that already.
            let _ = stage.desk(&format!("book {service} with {} at {start}", lead.name)).await;
        }
    }
    Ok(())
}

/// Whether the engine has anything that will do.
async fn is_possible(stage: &Stage, goal: &Goal, has: Option<&Existing>) -> anyhow::Result<bool> {
    let zone = TimeZone::get("Europe/Madrid")?;
    let today = stage.clock.now().to_zoned(zone.clone()).date();
    let (first, last) = (goal.day.saturating_sub(7.days()), goal.day.saturating_add(7.days()));
    let service = stage.business.services[goal.service].1;
    let staff = goal.staff.map(|staff| stage.business.staff[staff].1);
    let visit = Visit { party_size: goal.party, ..booking::Item::new(service).on(staff).into() };
    let query = OpeningQuery {
        moving: has.map(|has| has.id),
        limit: 5_000,
        ..OpeningQuery::new(visit, booking::days(first.max(today), last, &zone)?)
    };
    let found = stage.openings(&query).await?;
    Ok(found.iter().any(|opening| {
        let staff = stage.business.staff.iter().position(|(_, id)| *id == opening.resource());
        let start = opening.starts_at.with_time_zone(zone.clone());
        staff.is_some_and(|staff| goal.accepts(&start, staff))
    }))
}

fn madrid(now: Timestamp) -> anyhow::Result<Zoned> {
    Ok(now.in_tz("Europe/Madrid")?)
}
