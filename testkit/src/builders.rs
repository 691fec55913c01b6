//! Businesses for tests, written through the same functions as real ones.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use booking::{Hours, ResourceDraft, ServiceDraft, ServiceName, WeeklyHours};
use channels::{ChannelAccount, ChannelKind, account};
use intents::{
    classify::{ExampleSet, IntentClassifier, Training},
    emotion::{EmotionClassifier, EmotionExamples, EmotionTraining},
};
use jiff::{SignedDuration, civil::Weekday};
use kernel::{Clock, Ids, Locale, ResourceId, ServiceId, TenantId};
use models::{Batcher, BatcherConfig, Encoder, HashEncoder};
use pipeline::{Engine, Understanding};
use platform::Db;
use tenancy::{BookingRules, NewTenant};

use crate::shop::{Offered, SALON, Shop};

/// A business that is open.
#[derive(Debug, Clone)]
pub struct Business {
    /// The tenant.
    pub tenant: TenantId,
    /// Its simulator account.
    pub account: ChannelAccount,
    /// By English name.
    pub services: Vec<(String, ServiceId)>,
    /// By name; tables too.
    pub staff: Vec<(String, ResourceId)>,
}

impl Business {
    /// The English name of a service, or its id.
    #[must_use]
    pub fn service_name(&self, id: ServiceId) -> String {
        let found = self.services.iter().find(|(_, service)| *service == id);
        found.map_or_else(|| id.to_string(), |(name, _)| name.clone())
    }

    /// The name of a member of staff, or their id.
    #[must_use]
    pub fn staff_name(&self, id: ResourceId) -> String {
        let found = self.staff.iter().find(|(_, staff)| *staff == id);
        found.map_or_else(|| id.to_string(), |(name, _)| name.clone())
    }
}

/// Opens the salon: 10:00–14:00 and 15:00–20:00, Monday to Saturday, for everybody; an hour's
/// notice.
///
/// # Errors
///
/// As [`open`].
pub async fn salon(db: &Db, ids: &Ids, clock: &dyn Clock) -> anyhow::Result<Business> {
    open(&SALON, db, ids, clock).await
}

/// Opens a business in Madrid, with an account of the simulator.
///
/// # Errors
///
/// When the database fails; the data itself is valid.
pub async fn open(shop: &Shop, db: &Db, ids: &Ids, clock: &dyn Clock) -> anyhow::Result<Business> {
    let tenant: TenantId = ids.next(clock);
    let mut tx = db.tenant(tenant).await?;
    let new = NewTenant {
        name: shop.name.to_owned(),
        vertical: shop.vertical.to_owned(),
        zone: "Europe/Madrid".to_owned(),
        locale: Locale::En,
        currency: "EUR".parse()?,
        country: Some("ES".to_owned()),
        address: "Calle Mayor 1, Madrid".to_owned(),
        rules: BookingRules::default(),
    };
    tenancy::create_tenant(&mut tx, &new, clock.now()).await?;
    let mut services = Vec::new();
    for (position, offered) in (0..).zip(shop.services) {
        let service =
            booking::create_service(&mut tx, &service(offered, position), ids, clock).await?;
        services.push((offered.names[0].to_owned(), service.id));
    }
    let mut staff = Vec::new();
    for (position, lead) in (0..).zip(shop.leads) {
        let draft = ResourceDraft {
            kind: lead.kind,
            name: lead.name.to_owned(),
            aliases: lead.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            zone: new.zone.clone(),
            services: lead.does.iter().map(|index| services[*index].1.into()).collect(),
            position,
            active: true,
            limits: lead.limits(),
        };
        let resource = booking::create_resource(&mut tx, &draft, ids, clock).await?;
        booking::set_weekly_hours(&mut tx, resource.id, &week(shop)?).await?;
        staff.push((lead.name.to_owned(), resource.id));
    }
    let instance = format!("sim-{tenant}");
    let (account, _secret) =
        account::create(&mut tx, ChannelKind::Simulator, &instance, ids, clock).await?;
    tx.commit().await?;
    Ok(Business { tenant, account, services, staff })
}

fn service(offered: &Offered, position: i32) -> ServiceDraft {
    let words = Locale::ALL.into_iter().zip(offered.names.iter().zip(offered.aliases));
    let names = words.map(|(locale, (name, aliases))| {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        (locale, ServiceName { name: (*name).to_owned(), aliases })
    });
    ServiceDraft {
        names: names.collect(),
        duration: SignedDuration::from_mins(offered.minutes),
        buffer_before: SignedDuration::ZERO,
        buffer_after: SignedDuration::ZERO,
        price_minor: offered.price_minor,
        position,
        active: true,
        variation_of: None,
        needs: Vec::new(),
        seats: 1,
        awaits: Vec::new(),
    }
}

fn week(shop: &Shop) -> anyhow::Result<Vec<WeeklyHours>> {
    let mut week = Vec::new();
    for weekday in Weekday::Monday.cycle_forward().take(7) {
        if shop.closed.contains(&weekday) {
            continue;
        }
        for (start, end) in shop.hours {
            week.push(WeeklyHours { weekday, hours: Hours::new(start * 60, end * 60)? });
        }
    }
    Ok(week)
}

/// The heuristic floor, trained on the committed examples; the head is cached under the target
/// folder, so that one test process trains and the others load.
///
/// # Errors
///
/// When the committed examples do not parse or the cache folder cannot be written.
pub fn floor() -> anyhow::Result<Understanding> {
    Ok(Understanding::new(None, engine(Arc::new(HashEncoder))?))
}

/// The floor, with `encoder` above it.
///
/// # Errors
///
/// As [`floor`], and when `encoder` fails on an example.
pub fn with_model(encoder: Arc<dyn Encoder>) -> anyhow::Result<Understanding> {
    Ok(Understanding::new(Some(engine(encoder)?), engine(Arc::new(HashEncoder))?))
}

fn engine(encoder: Arc<dyn Encoder>) -> anyhow::Result<Engine> {
    let examples = ExampleSet::embedded().context("the committed examples do not parse")?;
    let cache = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.booka/test-cache/heads"));
    let classifier =
        IntentClassifier::load_or_train(&cache, &Training::new(&*encoder, &examples), &mut |_| ())?;
    let lines = EmotionExamples::embedded().context("the committed emotion lines do not parse")?;
    let emotions = EmotionClassifier::load_or_train(
        &cache,
        &EmotionTraining::new(&*encoder, &lines),
        &mut |_| (),
    )?;
    let encoder = Batcher::start(encoder, &BatcherConfig::default())?;
    Ok(Engine { encoder, classifier: Arc::new(classifier), emotions: Some(Arc::new(emotions)) })
}
