//! What happens behind the desk while a transcript is played: `desk = "cancel Haircut with Ana at
//! 2026-03-03T15:00"`.

use anyhow::{Context as _, bail};
use booking::{
    Awaits, Closure, Confirm, Customer, CustomerBlock, Item, Party, PlaceHold, Policy, Reschedule,
    Rules, Swap, Visit,
};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use kernel::{Clock as _, ContactId, ResourceId, ServiceId};
use platform::TenantTx;

use crate::Stage;

/// An appointment as a transcript names it: `Haircut with Ana at 2026-03-03T15:00`.
struct Named {
    service: ServiceId,
    staff: ResourceId,
    at: Timestamp,
}

impl Stage {
    /// Does what `line` says:
    ///
    /// - `book|cancel|approve|decline <appointment>`; `book … for <customer>`, `… party <people>`,
    ///   and `… notice <time>` for how long before the start they may still change their mind
    /// - `move <appointment> to <local time>`, `swap <appointment> and <appointment>`
    /// - `off <staff> <weekday>`, `close <day> <name>`, `block <customer>`, `approval <service>`
    /// - `sweep`: hold what has run out to be gone
    ///
    /// # Errors
    ///
    /// Names what is not of this form, or what the engine refused.
    pub async fn desk(&self, line: &str) -> anyhow::Result<()> {
        let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut tx = self.db.tenant(self.business.tenant).await?;
        let now = self.clock.now();
        match what {
            "sweep" => {
                booking::expire_stale(&mut tx, now).await?;
            }
            "book" => self.book_at_desk(&mut tx, rest).await?,
            "cancel" | "decline" => {
                let id = self.named(&mut tx, rest).await?;
                booking::cancel(&mut tx, id, Party::Business, now).await?;
            }
            "approve" => {
                let id = self.named(&mut tx, rest).await?;
                booking::provide(&mut tx, id, Awaits::Approval, Party::Business, now).await?;
            }
            "move" => {
                let (which, to) = rest.split_once(" to ").context("to when?")?;
                let request = Reschedule {
                    appointment: self.named(&mut tx, which).await?,
                    starts_at: instant(to)?,
                    resource: None,
                    by: Party::Business,
                    rules: Rules::default(),
                };
                booking::reschedule(&mut tx, &request, &self.ids, &self.clock).await?;
            }
            "swap" => {
                let (first, second) = rest.split_once(" and ").context("and which?")?;
                let request = Swap {
                    first: self.named(&mut tx, first).await?,
                    second: self.named(&mut tx, second).await?,
                    rules: Rules::default(),
                };
                booking::swap(&mut tx, &request, &self.clock).await?;
            }
            "off" => {
                let (who, day) = rest.split_once(' ').context("on which day?")?;
                let staff = self.staff(who)?;
                let mut week = booking::weekly_hours(&mut tx, staff).await?;
                week.retain(|hours| format!("{:?}", hours.weekday).to_lowercase() != day);
                booking::set_weekly_hours(&mut tx, staff, &week).await?;
            }
            "close" => {
                let (day, name) = rest.split_once(' ').context("what is it called?")?;
                let closure = Closure { day: day.parse()?, name: name.to_owned() };
                booking::set_closure(&mut tx, &closure).await?;
            }
            "block" => {
                let contact = self.contact(&mut tx, rest).await?;
                let block = CustomerBlock {
                    contact,
                    reason: "was rude to Ana".to_owned(),
                    blocked_at: now,
                };
                booking::block_customer(&mut tx, &block).await?;
            }
            "approval" => {
                sqlx::query("UPDATE services SET awaits = '{approval}' WHERE service_id = $1")
                    .bind(self.service(rest)?.as_uuid())
                    .execute(tx.conn())
                    .await?;
            }
            _ => bail!("nobody at the desk knows how to `{line}`"),
        }
        tx.commit().await?;
        Ok(())
    }

    async fn book_at_desk(&self, tx: &mut TenantTx, line: &str) -> anyhow::Result<()> {
        let (line, notice) = line.split_once(" notice ").unwrap_or((line, ""));
        let (line, party) = line.split_once(" party ").unwrap_or((line, "1"));
        let (which, who) = line.split_once(" for ").unwrap_or((line, ""));
        let named = self.read(which)?;
        let contact = if who.is_empty() { None } else { Some(self.contact(tx, who).await?) };
        let policy = Policy {
            cancel_notice: match notice {
                "" => SignedDuration::ZERO,
                notice => notice.parse()?,
            },
            ..Policy::default()
        };
        let hold = PlaceHold {
            visit: Visit {
                party_size: party.parse()?,
                ..Item::new(named.service).on(Some(named.staff)).into()
            },
            starts_at: named.at,
            customer: Customer { contact, ..Customer::default() },
            ttl: SignedDuration::from_mins(5),
            replaces: None,
            series: None,
            by: Party::Business,
            rules: Rules::default().with_policy(policy)?,
        };
        let hold = booking::place_hold(tx, &hold, &self.ids, &self.clock).await?;
        let yes = Confirm { appointment: hold.id, by: Party::Business, expected_price: None };
        booking::confirm(tx, &yes, self.clock.now()).await?;
        Ok(())
    }

    /// The live appointment of that name.
    async fn named(&self, tx: &mut TenantTx, line: &str) -> anyhow::Result<kernel::AppointmentId> {
        let named = self.read(line)?;
        let filter = booking::AppointmentFilter {
            resource: Some(named.staff),
            from: Some(named.at),
            states: vec![
                booking::StateName::Held,
                booking::StateName::Pending,
                booking::StateName::Confirmed,
            ],
            ..booking::AppointmentFilter::default()
        };
        let page = booking::list(tx, &filter, None, 100).await?;
        page.appointments
            .iter()
            .find(|found| found.during.start() == named.at && found.service() == named.service)
            .map(|found| found.id)
            .with_context(|| format!("there is no `{line}`"))
    }

    fn read(&self, line: &str) -> anyhow::Result<Named> {
        let (service, rest) = line.split_once(" with ").context("with whom?")?;
        let (staff, at) = rest.split_once(" at ").context("when?")?;
        Ok(Named { service: self.service(service)?, staff: self.staff(staff)?, at: instant(at)? })
    }

    fn service(&self, name: &str) -> anyhow::Result<ServiceId> {
        let found = self.business.services.iter().find(|(known, _)| known == name);
        found.map(|(_, id)| *id).with_context(|| format!("no service `{name}`"))
    }

    fn staff(&self, name: &str) -> anyhow::Result<ResourceId> {
        let found = self.business.staff.iter().find(|(known, _)| known == name);
        found.map(|(_, id)| *id).with_context(|| format!("nobody is called `{name}`"))
    }

    async fn contact(&self, tx: &mut TenantTx, address: &str) -> anyhow::Result<ContactId> {
        let found = channels::inbox::find_contact(tx, self.business.account.id, address).await?;
        found.map(|(contact, _)| contact).with_context(|| format!("`{address}` never wrote"))
    }
}

/// By the salon's clock.
fn instant(local: &str) -> anyhow::Result<Timestamp> {
    Ok(local.parse::<DateTime>()?.in_tz("Europe/Madrid")?.timestamp())
}
