//! A simulated customer: an agenda that answers what was asked, reads what is shown, and has a way
//! of its own of talking. After Schatzmann et al., "Agenda-Based User Simulation" (2007): replies
//! are read as dialog acts, from the conversation's memory, and answered in words.

use dialog::{AppointmentFact, DialogState, Offer, Question, Task};
use jiff::{Zoned, civil::Date};
use kernel::{AppointmentId, Locale, ResourceId, ServiceId};
use rand::{RngExt as _, rngs::StdRng, seq::SliceRandom as _};
use testkit::{builders::Business, shop::Shop};

use super::{
    goal::{Goal, Kind},
    real::RealTurns,
    speech::{Bank, fill, pick, typos},
};

/// A way of talking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Answers what is asked.
    Cooperative,
    /// As little as possible, a thing at a time.
    Terse,
    /// Tells stories and asks things in between.
    Chatty,
    /// Everything at once, and half the time a yes without reading.
    Impatient,
    /// Wants something else after all, once something is on offer.
    Correcting,
    /// Two languages in a message.
    Mixed,
    /// Letters missing, no accents.
    Typing,
}

impl Manner {
    pub(super) const ALL: [Self; 7] = [
        Self::Cooperative,
        Self::Terse,
        Self::Chatty,
        Self::Impatient,
        Self::Correcting,
        Self::Mixed,
        Self::Typing,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Terse => "terse",
            Self::Chatty => "chatty",
            Self::Impatient => "impatient",
            Self::Correcting => "self-correcting",
            Self::Mixed => "mixed-language",
            Self::Typing => "typo-prone",
        }
    }
}

/// The appointment somebody has before they write.
#[derive(Debug, Clone)]
pub(super) struct Existing {
    pub(super) id: AppointmentId,
    pub(super) starts_at: Zoned,
}

/// How often somebody asks again for what they want before they give up.
const TRIES: u8 = 2;

/// One of them.
pub(super) struct User<'a> {
    pub(super) shop: &'a Shop,
    pub(super) business: &'a Business,
    pub(super) today: Date,
    pub(super) locale: Locale,
    pub(super) bank: &'a Bank,
    /// The other language of somebody who mixes two.
    pub(super) second: &'a Bank,
    pub(super) manner: Manner,
    pub(super) goal: Goal,
    /// What they want after all.
    pub(super) later: Option<Goal>,
    /// What they have, to be moved or cancelled.
    pub(super) has: Option<Existing>,
    /// Words of real customers for what has no details.
    pub(super) real: &'a RealTurns,
    pub(super) rng: StdRng,
    pub(super) tries: u8,
    pub(super) asked_aside: u8,
    /// They have let it go.
    pub(super) gave_up: bool,
    /// They believe it is settled.
    pub(super) believes_done: bool,
}

impl<'a> User<'a> {
    /// The first message.
    pub(super) fn open(&mut self) -> String {
        let text = match self.goal.kind {
            Kind::Book => self.ask_for_it(),
            Kind::Move => self.about_existing(&self.bank.reschedule.clone()),
            Kind::Cancel => self.about_existing(&self.bank.cancel.clone()),
        };
        let text = match self.manner {
            Manner::Chatty => format!("{} {text}", pick(&self.bank.story, &mut self.rng)),
            _ => text,
        };
        self.typed(text)
    }

    /// The answer to what was said; `None` when there is nothing left to say.
    pub(super) fn answer(&mut self, state: &DialogState) -> Option<String> {
        if self.gave_up || self.believes_done {
            return None;
        }
        let open = state.pending.is_some() && state.pending != Some(Question::Person);
        if self.manner == Manner::Chatty
            && open
            && self.asked_aside < 2
            && self.rng.random_bool(0.35)
        {
            self.asked_aside += 1;
            let text = pick(&self.bank.side, &mut self.rng).to_owned();
            return Some(self.typed(text));
        }
        let shown = matches!(state.pending, Some(Question::Choice | Question::Confirmation));
        if shown && let Some(later) = self.later.take() {
            let before = std::mem::replace(&mut self.goal, later);
            let what = self.difference(&before);
            let text = fill(pick(&self.bank.change_mind, &mut self.rng), &[("what", &what)]);
            return Some(self.typed(text));
        }
        let misheard = matches!(
            state.pending,
            Some(
                Question::Choice
                    | Question::Confirmation
                    | Question::NewTime
                    | Question::Date
                    | Question::Time
            )
        );
        let text = match state.pending {
            _ if misheard && self.goal.kind == Kind::Cancel => self.insist(),
            Some(Question::Service) => {
                let name = self.service_name();
                self.phrase(|bank| &bank.service, &[("service", &name)])
            }
            Some(Question::PartySize) => self.party(),
            Some(Question::Date) => self.when_again()?,
            Some(Question::NewTime) => self.when(),
            Some(Question::Time) => self.time(),
            Some(Question::Choice) => self.choose(&state.offers),
            Some(Question::Confirmation) => self.read_summary(state),
            Some(Question::CancelConfirmation) => self.may_it_go(),
            Some(Question::Appointment) => self.name_existing(),
            Some(Question::Name) => self.phrase(|bank| &bank.name, &[("name", "Lucia")]),
            Some(Question::Change) => self.when(),
            Some(Question::Person) => {
                self.gave_up = true;
                pick(&self.bank.no_person, &mut self.rng).to_owned()
            }
            None => self.again(state)?,
        };
        Some(self.typed(text))
    }

    /// Reads the summary and says yes, or what is wrong with it.
    fn read_summary(&mut self, state: &DialogState) -> String {
        let careless = self.manner == Manner::Impatient && self.rng.random_bool(0.5);
        let Some(summary) = &state.summary else {
            return self.yes();
        };
        let right_kind = match self.goal.kind {
            Kind::Move => state.task == Some(Task::Reschedule),
            _ => state.task != Some(Task::Reschedule),
        };
        let wrong = self.wrong_with(summary);
        if careless || (right_kind && wrong.is_none()) {
            return self.yes();
        }
        if self.tries >= TRIES {
            return self.let_go();
        }
        self.tries += 1;
        if self.goal.kind == Kind::Move && !right_kind {
            return pick(&self.bank.move_own, &mut self.rng).to_owned();
        }
        let what = wrong.unwrap_or_else(|| self.when());
        fill(pick(&self.bank.correct, &mut self.rng), &[("what", &what)])
    }

    /// What is not as wanted, in words.
    fn wrong_with(&mut self, summary: &AppointmentFact) -> Option<String> {
        if summary.service != self.service() {
            return Some(self.service_name());
        }
        if summary.party_size != self.goal.party {
            return Some(self.party());
        }
        let staff = self.position(summary.staff);
        if let Some(wanted) = self.goal.staff.filter(|wanted| *wanted != staff) {
            let name = self.shop.leads[wanted].name;
            return Some(self.phrase(|bank| &bank.staff, &[("staff", name)]));
        }
        if self.goal.accepts(&summary.starts_at, staff) { None } else { Some(self.when()) }
    }

    fn choose(&mut self, offers: &[Offer]) -> String {
        let fits = |met: bool| {
            offers.iter().position(|offer| {
                let staff = self.position(offer.staff);
                offer.service == self.service()
                    && if met {
                        self.goal.is_met(&offer.starts_at, staff)
                    } else {
                        self.goal.accepts(&offer.starts_at, staff)
                    }
            })
        };
        let Some(at) = fits(true).or_else(|| fits(false)) else {
            return self.none_of_these(offers);
        };
        let time = offers[at].starts_at.time();
        let alone = offers.iter().filter(|offer| offer.starts_at.time() == time).count() == 1;
        if alone && self.rng.random_bool(0.4) {
            let template = pick(&self.bank.choose_time, &mut self.rng).to_owned();
            return self.bank.clock(&template, time);
        }
        self.bank.nth(&self.bank.choose, at + 1, &mut self.rng)
    }

    fn none_of_these(&mut self, offers: &[Offer]) -> String {
        if self.tries >= TRIES {
            return self.let_go();
        }
        self.tries += 1;
        // Offers on another day are a reason to say again when it should be.
        let right_day = offers.iter().any(|offer| offer.starts_at.date() == self.goal.day);
        let wrong_staff = offers
            .iter()
            .all(|offer| self.goal.staff.is_some_and(|s| s != self.position(offer.staff)));
        if wrong_staff && let Some(staff) = self.goal.staff {
            let name = self.shop.leads[staff].name;
            return self.phrase(|bank| &bank.staff, &[("staff", name)]);
        }
        if right_day && self.tries > 1 {
            if let Some(real) = self.real.alternatives(self.locale, &mut self.rng) {
                return real;
            }
            return pick(&self.bank.alternatives, &mut self.rng).to_owned();
        }
        self.when()
    }

    fn let_go(&mut self) -> String {
        self.gave_up = true;
        pick(&self.bank.give_up, &mut self.rng).to_owned()
    }

    /// Asked for another day: somebody who has none lets it go.
    fn when_again(&mut self) -> Option<String> {
        self.tries += 1;
        if self.tries > TRIES {
            return Some(self.let_go());
        }
        Some(self.when())
    }

    /// Shall it be cancelled? Only whoever wants that says yes; or does not read.
    fn may_it_go(&mut self) -> String {
        let careless = self.manner == Manner::Impatient && self.rng.random_bool(0.5);
        if careless || self.goal.kind == Kind::Cancel {
            return self.yes();
        }
        self.tries += 1;
        if self.tries > TRIES {
            return self.let_go();
        }
        pick(&self.bank.move_own, &mut self.rng).to_owned()
    }

    /// They wanted it gone, and are asked for a time.
    fn insist(&mut self) -> String {
        self.tries += 1;
        if self.tries > TRIES {
            return self.let_go();
        }
        self.about_existing(&self.bank.cancel.clone())
    }

    /// Nothing was asked and nothing is done: says it all again, and then leaves.
    fn again(&mut self, state: &DialogState) -> Option<String> {
        if state.closed || self.tries > TRIES {
            self.gave_up = true;
            return None;
        }
        self.tries += 1;
        Some(match self.goal.kind {
            Kind::Book => self.everything(),
            Kind::Move => self.about_existing(&self.bank.reschedule.clone()),
            Kind::Cancel => self.about_existing(&self.bank.cancel.clone()),
        })
    }

    fn yes(&mut self) -> String {
        if let Some(real) = self.real.yes(self.locale, &mut self.rng) {
            return real;
        }
        pick(&self.bank.yes, &mut self.rng).to_owned()
    }

    /// As much as somebody of this manner says at first.
    fn ask_for_it(&mut self) -> String {
        match self.manner {
            Manner::Impatient => self.everything(),
            Manner::Terse => self.some(0.0),
            _ if self.rng.random_bool(0.15) => pick(&self.bank.bare, &mut self.rng).to_owned(),
            _ => self.some(0.6),
        }
    }

    fn everything(&mut self) -> String {
        self.some(1.0)
    }

    /// The service, and each other detail with this probability, in any order.
    fn some(&mut self, share: f64) -> String {
        let name = self.service_name();
        let name = match self.locale {
            Locale::En => format!("a {name}"),
            _ => name,
        };
        let opening = fill(pick(&self.bank.open, &mut self.rng), &[("service", &name)]);
        let mut parts = Vec::new();
        if self.rng.random_bool(share) {
            parts.push(match self.goal.staff {
                Some(staff) => {
                    let name = self.shop.leads[staff].name;
                    self.phrase(|bank| &bank.staff, &[("staff", name)])
                }
                None if self.by_party() => self.party(),
                None => self.phrase(|bank| &bank.any_staff, &[]),
            });
        }
        if self.rng.random_bool(share) {
            let day = self.day();
            parts.push(if self.rng.random_bool(share) {
                format!("{day} {}", self.time())
            } else {
                day
            });
        }
        parts.shuffle(&mut self.rng);
        // A number of people and a day run into each other without a comma.
        let between = if self.by_party() { ", " } else { " " };
        [vec![opening], parts].concat().join(between)
    }

    fn about_existing(&mut self, forms: &[String]) -> String {
        let name = self.service_name();
        let day = self.has.as_ref().map(|has| has.starts_at.date());
        let day = day.map(|day| self.bank.day(day, self.today, &mut self.rng)).unwrap_or_default();
        let when = self.when();
        let template = pick(forms, &mut self.rng);
        fill(template, &[("service", &name), ("date", &day), ("when", &when)])
    }

    fn name_existing(&mut self) -> String {
        let day = self.has.as_ref().map(|has| has.starts_at.date());
        let day = day.map(|day| self.bank.day(day, self.today, &mut self.rng)).unwrap_or_default();
        format!("{} {day}", self.service_name())
    }

    /// What is different from before, in words.
    fn difference(&mut self, before: &Goal) -> String {
        if before.party != self.goal.party {
            return self.party();
        }
        match (before.day == self.goal.day, before.time == self.goal.time) {
            (false, true) => self.day(),
            (true, false) => self.time(),
            _ => self.when(),
        }
    }

    fn when(&mut self) -> String {
        format!("{} {}", self.day(), self.time())
    }

    fn day(&mut self) -> String {
        let bank = self.fragments();
        bank.day(self.goal.day, self.today, &mut self.rng)
    }

    fn time(&mut self) -> String {
        let bank = self.fragments();
        bank.time(self.goal.time, &mut self.rng)
    }

    fn party(&mut self) -> String {
        let n = self.goal.party.to_string();
        self.phrase(|bank| &bank.party, &[("n", &n)])
    }

    fn phrase(&mut self, forms: impl Fn(&Bank) -> &Vec<String>, words: &[(&str, &str)]) -> String {
        let bank = self.fragments();
        fill(pick(forms(bank), &mut self.rng), words)
    }

    /// Whose words a detail is said in.
    fn fragments(&mut self) -> &'a Bank {
        let mixes = self.manner == Manner::Mixed && self.rng.random_bool(0.5);
        if mixes { self.second } else { self.bank }
    }

    fn by_party(&self) -> bool {
        self.shop.vertical == "restaurant"
    }

    fn service(&self) -> ServiceId {
        self.business.services[self.goal.service].1
    }

    fn position(&self, id: ResourceId) -> usize {
        self.business.staff.iter().position(|(_, known)| *known == id).unwrap_or(usize::MAX)
    }

    fn service_name(&mut self) -> String {
        let at = Locale::ALL.iter().position(|locale| *locale == self.locale).unwrap_or(0);
        let offered = &self.shop.services[self.goal.service];
        let others = offered.aliases[at];
        let name = match others.len() {
            0 => offered.names[at],
            n if self.rng.random_bool(0.3) => others[self.rng.random_range(0..n)],
            _ => offered.names[at],
        };
        name.trim_start_matches("a ").to_lowercase()
    }

    fn typed(&mut self, text: String) -> String {
        match self.manner {
            Manner::Typing => typos(&text, &mut self.rng),
            Manner::Terse | Manner::Impatient => text.to_lowercase(),
            _ => text,
        }
    }
}
