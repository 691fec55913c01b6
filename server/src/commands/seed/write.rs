//! Writing a business that was read from its file, through the same functions as the API.

use std::collections::BTreeMap;

use anyhow::Context as _;
use booking::{
    AddOnDraft, Closure, ResourceDraft, ResourceLimits, ScheduleException, ServiceDraft,
    ServiceName, WeeklyHours,
};
use channels::{ChannelKind, account};
use jiff::{SignedDuration, civil::Weekday};
use kernel::{Clock, Ids, ResourceId, ServiceId};
use platform::TenantTx;
use tenancy::{NewTenant, TenantFact};

use super::{AddOnSeed, Business, NameSeed, Seeded, ServiceSeed, Week};

impl Business {
    /// Writes everything into the tenant that `tx` was opened for.
    pub(super) async fn write(
        &self,
        tx: &mut TenantTx,
        ids: &Ids,
        clock: &dyn Clock,
    ) -> anyhow::Result<Seeded> {
        tenancy::create_tenant(tx, &self.tenant(), clock.now()).await?;
        if !self.tone.is_empty() {
            tenancy::set_tone(tx, &self.tone.clone().into()).await?;
        }
        let services = self.write_services(tx, ids, clock).await?;
        let staff = self.write_staff(tx, &services, ids, clock).await?;
        self.write_exceptions(tx, &staff).await?;
        self.write_closures(tx).await?;
        self.write_facts(tx).await?;
        let api_key = tenancy::create_api_key(tx, "seed", ids, clock).await?;
        let names = &self.channels;
        account::create(tx, ChannelKind::Simulator, &names.simulator, ids, clock)
            .await
            .context("channels.simulator")?;
        let (_, webhook_secret) =
            account::create(tx, ChannelKind::Evolution, &names.evolution, ids, clock)
                .await
                .context("channels.evolution")?;
        Ok(Seeded {
            tenant_id: tx.tenant_id(),
            name: self.name.clone(),
            api_key: api_key.secret.into(),
            simulator_instance: names.simulator.clone(),
            evolution_instance: names.evolution.clone(),
            evolution_webhook_secret: webhook_secret,
        })
    }

    fn tenant(&self) -> NewTenant {
        NewTenant {
            name: self.name.clone(),
            vertical: self.vertical.clone(),
            zone: self.zone.clone(),
            locale: self.locale,
            currency: self.currency,
            country: self.country.clone(),
            address: self.address.clone(),
            rules: self.rules,
        }
    }

    /// Services by their key.
    async fn write_services(
        &self,
        tx: &mut TenantTx,
        ids: &Ids,
        clock: &dyn Clock,
    ) -> anyhow::Result<BTreeMap<&str, ServiceId>> {
        let mut written: BTreeMap<&str, ServiceId> = BTreeMap::new();
        for (i, seed) in self.services.iter().enumerate() {
            let named = || format!("services[{i}] (`{}`)", seed.key);
            let heading = seed.variation_of.as_deref().map(|key| written[key]);
            let draft = seed.draft(position(i), heading);
            let service =
                booking::create_service(tx, &draft, ids, clock).await.with_context(named)?;
            for (position, add_on) in (0..).zip(&seed.add_ons) {
                booking::create_add_on(tx, &add_on.draft(service.id, position), ids, clock)
                    .await
                    .with_context(named)?;
            }
            written.insert(seed.key.as_str(), service.id);
        }
        Ok(written)
    }

    /// Staff by their name.
    async fn write_staff(
        &self,
        tx: &mut TenantTx,
        services: &BTreeMap<&str, ServiceId>,
        ids: &Ids,
        clock: &dyn Clock,
    ) -> anyhow::Result<BTreeMap<&str, ResourceId>> {
        let mut written = BTreeMap::new();
        for (i, seed) in self.staff.iter().enumerate() {
            let draft = ResourceDraft {
                kind: seed.kind.0,
                name: seed.name.clone(),
                aliases: seed.aliases.clone(),
                zone: self.zone.clone(),
                services: seed.services.iter().map(|key| services[key.as_str()].into()).collect(),
                active: true,
                position: position(i),
                limits: ResourceLimits {
                    capacity: seed.capacity,
                    min_party: seed.min_party,
                    max_party: seed.max_party,
                    ..ResourceLimits::default()
                },
            };
            let named = || format!("staff[{i}] (`{}`)", seed.name);
            let resource =
                booking::create_resource(tx, &draft, ids, clock).await.with_context(named)?;
            booking::set_weekly_hours(tx, resource.id, &seed.hours.pattern())
                .await
                .with_context(named)?;
            written.insert(seed.name.as_str(), resource.id);
        }
        Ok(written)
    }

    async fn write_exceptions(
        &self,
        tx: &mut TenantTx,
        staff: &BTreeMap<&str, ResourceId>,
    ) -> anyhow::Result<()> {
        for (i, seed) in self.exceptions.iter().enumerate() {
            let exception = ScheduleException {
                day: seed.day,
                hours: seed.hours.iter().map(|hours| hours.0).collect(),
                reason: seed.reason.clone(),
            };
            let concerns = |name: &str| {
                seed.staff.as_ref().is_none_or(|named| named.iter().any(|n| n == name))
            };
            for (_, resource) in staff.iter().filter(|(name, _)| concerns(name)) {
                booking::set_exception(tx, *resource, &exception)
                    .await
                    .with_context(|| format!("exceptions[{i}] ({})", seed.day))?;
            }
        }
        Ok(())
    }

    async fn write_closures(&self, tx: &mut TenantTx) -> anyhow::Result<()> {
        for (i, seed) in self.closures.iter().enumerate() {
            let closure = Closure { day: seed.day, name: seed.name.clone() };
            booking::set_closure(tx, &closure)
                .await
                .with_context(|| format!("closures[{i}] ({})", seed.day))?;
        }
        Ok(())
    }

    async fn write_facts(&self, tx: &mut TenantTx) -> anyhow::Result<()> {
        for (topic, bodies) in &self.facts {
            for (locale, body) in bodies {
                let fact = TenantFact {
                    topic: topic.key().to_owned(),
                    locale: *locale,
                    body: body.clone(),
                };
                tenancy::set_fact(tx, &fact)
                    .await
                    .with_context(|| format!("facts.{}.{locale}", topic.key()))?;
            }
        }
        Ok(())
    }
}

impl ServiceSeed {
    fn draft(&self, position: i32, variation_of: Option<ServiceId>) -> ServiceDraft {
        let minutes = |minutes: u32| SignedDuration::from_mins(minutes.into());
        let name = |seed: &NameSeed| ServiceName {
            name: seed.name.clone(),
            aliases: seed.aliases.clone(),
        };
        ServiceDraft {
            names: self.names.iter().map(|(locale, seed)| (*locale, name(seed))).collect(),
            duration: minutes(self.duration_minutes),
            buffer_before: minutes(self.buffer_before_minutes),
            buffer_after: minutes(self.buffer_after_minutes),
            price_minor: self.price_minor,
            active: true,
            position,
            variation_of,
            needs: self.needs.iter().map(|kind| kind.0).collect(),
            seats: self.seats,
            awaits: self.awaits.iter().map(|awaits| awaits.0).collect(),
        }
    }
}

impl AddOnSeed {
    fn draft(&self, service: ServiceId, position: i32) -> AddOnDraft {
        AddOnDraft {
            service,
            names: self.names.clone(),
            duration: SignedDuration::from_mins(self.duration_minutes.into()),
            price_minor: self.price_minor,
            active: true,
            position,
        }
    }
}

impl Week {
    fn pattern(&self) -> Vec<WeeklyHours> {
        let days = [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun];
        Weekday::Monday
            .cycle_forward()
            .zip(days)
            .flat_map(|(weekday, hours)| {
                hours.iter().map(move |hours| WeeklyHours { weekday, hours: hours.0 })
            })
            .collect()
    }
}

/// Lists keep the order of the file.
fn position(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}
