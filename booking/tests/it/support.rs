//! A salon to test on.

use std::collections::BTreeMap;

use booking::{
    BookingError, Confirm, Customer, Hours, Item, PlaceHold, ResourceDraft, ResourceKind,
    ResourceLimits, Rules, ServiceDraft, ServiceName, WeeklyHours, confirm, create_resource,
    create_service, place_hold, set_weekly_hours,
};
use jiff::{SignedDuration, Timestamp, civil::Weekday};
use kernel::{Clock, Ids, Locale, MockClock, ResourceId, ServiceId, TenantId};
use platform::{Db, TenantTx};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// A tenant with one service of 30 minutes and two people, Ana and Bruno, who work Monday to
/// Saturday from 09:00 to 17:00 in Madrid. It is Monday, 2026-03-02, 08:00 there.
pub(crate) struct Salon {
    pub(crate) db: Db,
    pub(crate) clock: MockClock,
    pub(crate) ids: Ids,
    pub(crate) tenant: TenantId,
    pub(crate) haircut: ServiceId,
    pub(crate) ana: ResourceId,
    pub(crate) bruno: ResourceId,
}

pub(crate) const MINUTE: SignedDuration = SignedDuration::from_mins(1);

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn hours(text: &str) -> Hours {
    text.parse().expect("hours")
}

pub(crate) fn every_day(text: &str) -> Vec<WeeklyHours> {
    let days = Weekday::Monday.cycle_forward().take(7);
    days.map(|weekday| WeeklyHours { weekday, hours: hours(text) }).collect()
}

pub(crate) fn draft(minutes: i64) -> ServiceDraft {
    let name =
        |name: &str| ServiceName { name: name.to_owned(), aliases: vec!["corte".to_owned()] };
    ServiceDraft {
        names: BTreeMap::from([(Locale::En, name("Haircut")), (Locale::Es, name("Corte"))]),
        duration: MINUTE * i32::try_from(minutes).expect("few"),
        buffer_before: SignedDuration::ZERO,
        buffer_after: SignedDuration::ZERO,
        price_minor: 2500,
        active: true,
        position: 0,
        variation_of: None,
        needs: Vec::new(),
        seats: 1,
        awaits: Vec::new(),
    }
}

pub(crate) fn person(name: &str, position: i32, services: Vec<ServiceId>) -> ResourceDraft {
    ResourceDraft {
        kind: ResourceKind::Staff,
        name: name.to_owned(),
        aliases: Vec::new(),
        zone: "Europe/Madrid".to_owned(),
        services: services.into_iter().map(Into::into).collect(),
        active: true,
        position,
        limits: ResourceLimits::default(),
    }
}

impl Salon {
    pub(crate) async fn open(pool: PgPoolOptions, options: PgConnectOptions) -> Self {
        let db = Db::connect_with(pool, options).await.expect("a database");
        Self::another(db, 1).await
    }

    /// One more tenant in the same database.
    pub(crate) async fn another(db: Db, seed: u64) -> Self {
        let clock = MockClock::at(at("2026-03-02T07:00:00Z"));
        let ids = Ids::seeded(seed);
        let tenant = ids.next(&clock);
        let mut tx = db.tenant(tenant).await.expect("a transaction");
        sqlx::query(
            "INSERT INTO tenants (tenant_id, name, zone, locale, currency, created_at)
             VALUES ($1, 'Salon', 'Europe/Madrid', 'es', 'EUR', '2026-01-01T00:00:00Z')",
        )
        .bind(tx.tenant_uuid())
        .execute(tx.conn())
        .await
        .expect("a tenant");
        let haircut =
            create_service(&mut tx, &draft(30), &ids, &clock).await.expect("a service").id;
        let mut people = Vec::new();
        for (position, name) in ["Ana", "Bruno"].into_iter().enumerate() {
            let position = i32::try_from(position).expect("few");
            let person = person(name, position, vec![haircut]);
            let person = create_resource(&mut tx, &person, &ids, &clock).await.expect("a person");
            let mut week = every_day("09:00-17:00");
            week.retain(|hours| hours.weekday != Weekday::Sunday);
            set_weekly_hours(&mut tx, person.id, &week).await.expect("hours");
            people.push(person.id);
        }
        tx.commit().await.expect("committed");
        Self { db, clock, ids, tenant, haircut, ana: people[0], bruno: people[1] }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.db.tenant(self.tenant).await.expect("a transaction")
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A wish for a haircut with Ana.
    pub(crate) fn wish(&self, start: &str) -> PlaceHold {
        PlaceHold {
            visit: Item::new(self.haircut).on(Some(self.ana)).into(),
            starts_at: at(start),
            customer: Customer { name: Some("Carla".to_owned()), ..Customer::default() },
            ttl: MINUTE * 10,
            replaces: None,
            series: None,
            by: booking::Party::Customer,
            rules: Rules::default(),
        }
    }

    /// A wish for a haircut with `resource`, or anybody.
    pub(crate) fn wish_on(&self, resource: Option<ResourceId>, start: &str) -> PlaceHold {
        PlaceHold { visit: Item::new(self.haircut).on(resource).into(), ..self.wish(start) }
    }

    /// Holds in a transaction of its own.
    pub(crate) async fn hold(
        &self,
        wish: &PlaceHold,
    ) -> Result<booking::Appointment, BookingError> {
        let mut tx = self.tx().await;
        let hold = place_hold(&mut tx, wish, &self.ids, &self.clock).await?;
        tx.commit().await?;
        Ok(hold)
    }

    /// Confirms in a transaction of its own.
    pub(crate) async fn confirm(
        &self,
        hold: &booking::Appointment,
    ) -> Result<booking::Appointment, BookingError> {
        let mut tx = self.tx().await;
        let appointment = confirm(&mut tx, &yes(hold), self.now()).await?;
        tx.commit().await?;
        Ok(appointment)
    }

    pub(crate) async fn book(
        &self,
        wish: &PlaceHold,
    ) -> Result<booking::Appointment, BookingError> {
        let hold = self.hold(wish).await?;
        self.confirm(&hold).await
    }

    /// Event names and versions of one appointment.
    pub(crate) async fn history(&self, id: kernel::AppointmentId) -> Vec<(String, i32)> {
        sqlx::query_as(
            "SELECT event, version FROM appointment_events
             WHERE appointment_id = $1 ORDER BY version",
        )
        .bind(id.as_uuid())
        .fetch_all(self.tx().await.conn())
        .await
        .expect("events")
    }
}

pub(crate) fn yes(hold: &booking::Appointment) -> Confirm {
    Confirm { appointment: hold.id, by: booking::Party::Customer, expected_price: None }
}
