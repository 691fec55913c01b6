//! `booka seed FILE`: opens a business from one TOML file. The demo opens its own the same way, once.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use booking::{Awaits, BookingError, Hours, ResourceKind};
use channels::{ChannelKind, account};
use clap::Args;
use dialog::{Tone, Topic};
use jiff::civil::Date;
use kernel::{Clock, Currency, Ids, Locale, TenantId};
use platform::{Db, TenantTx};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use tenancy::BookingRules;

use crate::terminal;

mod write;

const DEMO: &str = include_str!("../../seeds/salon.toml");

/// Where the demo's keys are kept, under the data folder.
const DEMO_FILE: &str = "demo.json";

/// Opens a business from a TOML file and prints its API key, once.
#[derive(Debug, Args)]
pub(crate) struct SeedArgs {
    /// The business: services, staff, hours, answers; see server/seeds/salon.toml
    file: PathBuf,
    /// Prints one JSON object instead of lines to read
    #[arg(long)]
    json: bool,
}

/// A business as its file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Business {
    /// As customers know it.
    name: String,
    /// Line of business.
    vertical: String,
    /// IANA name.
    zone: String,
    /// The language it speaks when the customer's is not known.
    locale: Locale,
    /// ISO 4217 code of all its prices.
    currency: Currency,
    /// ISO 3166 code: whose national phone numbers are understood.
    #[serde(default)]
    country: Option<String>,
    /// One line.
    #[serde(default)]
    address: String,
    /// How its bookings behave.
    #[serde(default)]
    rules: BookingRules,
    /// How it speaks, where that is not how its line of business speaks.
    #[serde(default)]
    tone: serde_json::Map<String, serde_json::Value>,
    channels: ChannelNames,
    services: Vec<ServiceSeed>,
    staff: Vec<StaffSeed>,
    #[serde(default)]
    exceptions: Vec<ExceptionSeed>,
    #[serde(default)]
    closures: Vec<ClosureSeed>,
    /// Its own answers, by topic and language.
    #[serde(default)]
    facts: HashMap<Topic, BTreeMap<Locale, String>>,
}

/// The names under which the channels know it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelNames {
    simulator: String,
    evolution: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceSeed {
    /// How `staff.services` refers to it.
    key: String,
    names: BTreeMap<Locale, NameSeed>,
    duration_minutes: u32,
    #[serde(default)]
    buffer_before_minutes: u32,
    #[serde(default)]
    buffer_after_minutes: u32,
    price_minor: i64,
    /// The key of an earlier service of which it is a variation; that one is only a heading then.
    #[serde(default)]
    variation_of: Option<String>,
    /// Kinds of what it occupies besides whoever does it.
    #[serde(default)]
    needs: Vec<KindSeed>,
    /// More than 1 for a class.
    #[serde(default = "one")]
    seats: u16,
    /// `approval`, `intake`.
    #[serde(default)]
    awaits: Vec<AwaitsSeed>,
    #[serde(default)]
    add_ons: Vec<AddOnSeed>,
}

/// What can be had on top of a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddOnSeed {
    names: BTreeMap<Locale, String>,
    #[serde(default)]
    duration_minutes: u32,
    price_minor: i64,
}

/// `staff`, `room`, `chair`, `table`, `equipment`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct KindSeed(ResourceKind);

impl Default for KindSeed {
    fn default() -> Self {
        Self(ResourceKind::Staff)
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct AwaitsSeed(Awaits);

const fn one() -> u16 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameSeed {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffSeed {
    /// A person unless it says otherwise.
    #[serde(default)]
    kind: KindSeed,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    /// Keys of services.
    services: Vec<String>,
    /// How many people it takes at once.
    #[serde(default = "one")]
    capacity: u16,
    /// The smallest party it is given to.
    #[serde(default = "one")]
    min_party: u16,
    /// The largest party that fits.
    #[serde(default)]
    max_party: Option<u16>,
    hours: Week,
}

/// The weekly pattern; a day without hours is a day off.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Week {
    mon: Vec<HoursSeed>,
    tue: Vec<HoursSeed>,
    wed: Vec<HoursSeed>,
    thu: Vec<HoursSeed>,
    fri: Vec<HoursSeed>,
    sat: Vec<HoursSeed>,
    sun: Vec<HoursSeed>,
}

/// `10:00-14:00`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct HoursSeed(Hours);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionSeed {
    day: Date,
    /// Names of staff; everybody when absent.
    #[serde(default)]
    staff: Option<Vec<String>>,
    /// Closed when absent.
    #[serde(default)]
    hours: Vec<HoursSeed>,
    #[serde(default)]
    reason: String,
}

/// A day on which the whole business is closed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosureSeed {
    day: Date,
    /// What the day is called; customers are told.
    name: String,
}

/// A business that was opened, with the secrets that are known only now.
#[derive(Serialize, Deserialize)]
pub(crate) struct Seeded {
    /// Which tenant.
    pub(crate) tenant_id: TenantId,
    /// As customers know it.
    pub(crate) name: String,
    /// Opens the tenant's API.
    #[serde(serialize_with = "expose")]
    pub(crate) api_key: SecretString,
    /// Its name on the simulator.
    pub(crate) simulator_instance: String,
    /// Its name on the Evolution server.
    pub(crate) evolution_instance: String,
    /// What Evolution's webhooks must bring.
    #[serde(serialize_with = "expose")]
    pub(crate) evolution_webhook_secret: SecretString,
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

/// Runs `booka seed`. The schema must be there already.
pub(crate) async fn run(
    args: SeedArgs,
    db: &Db,
    ids: &Ids,
    clock: &dyn Clock,
) -> anyhow::Result<()> {
    let text = fs::read_to_string(&args.file)
        .with_context(|| format!("cannot read {}", args.file.display()))?;
    let business = text.parse::<Business>().with_context(|| args.file.display().to_string())?;
    let seeded = seed(db, ids, clock, &business).await?;
    if args.json {
        terminal::line(serde_json::to_string(&seeded)?);
        return Ok(());
    }
    terminal::note(format_args!("{} is open. Its secrets are shown this once:", seeded.name));
    for (label, value) in [
        ("tenant", seeded.tenant_id.to_string().as_str()),
        ("API key", seeded.api_key.expose_secret()),
        ("simulator instance", &seeded.simulator_instance),
        ("Evolution instance", &seeded.evolution_instance),
        ("Evolution webhook secret", seeded.evolution_webhook_secret.expose_secret()),
    ] {
        terminal::line(format_args!("{label:<26}{value}"));
    }
    Ok(())
}

/// Opens `business`, whole or not at all.
pub(crate) async fn seed(
    db: &Db,
    ids: &Ids,
    clock: &dyn Clock,
    business: &Business,
) -> anyhow::Result<Seeded> {
    let mut tx = db.tenant(ids.next(clock)).await?;
    let seeded = business.write(&mut tx, ids, clock).await?;
    tx.commit().await?;
    Ok(seeded)
}

/// Opens the demo business, or finds the one of an earlier run: its keys are kept in
/// `data_dir`/demo.json. An edited seed file takes effect on a new database.
pub(crate) async fn demo(
    db: &Db,
    ids: &Ids,
    clock: &dyn Clock,
    data_dir: &Path,
) -> anyhow::Result<Seeded> {
    let file = data_dir.join(DEMO_FILE);
    if let Some(seeded) = recall(&file)? {
        let mut tx = db.tenant(seeded.tenant_id).await?;
        if tenancy::load_tenant(&mut tx).await?.is_some() {
            return Ok(seeded);
        }
    }
    let business = DEMO.parse::<Business>().context("server/seeds/salon.toml")?;
    let (seeded, tx) = match adopt(db, ids, clock, &business).await? {
        Some(adopted) => adopted,
        None => {
            let mut tx = db.tenant(ids.next(clock)).await?;
            (business.write(&mut tx, ids, clock).await?, tx)
        }
    };
    // Before the commit: a file without its tenant is replaced by the next run, a tenant without
    // its file would keep its secrets from us.
    keep(&file, &seeded)?;
    tx.commit().await?;
    Ok(seeded)
}

/// The demo business of a run whose file was lost, with new secrets.
async fn adopt(
    db: &Db,
    ids: &Ids,
    clock: &dyn Clock,
    business: &Business,
) -> anyhow::Result<Option<(Seeded, TenantTx)>> {
    let names = &business.channels;
    let mut router = db.router().await?;
    let simulator = account::find(&mut router, ChannelKind::Simulator, &names.simulator).await?;
    let evolution = account::find(&mut router, ChannelKind::Evolution, &names.evolution).await?;
    drop(router);
    let (Some(simulator), Some(evolution)) = (simulator, evolution) else {
        return Ok(None);
    };
    let tenant_id = simulator.account.tenant_id;
    let mut tx = db.tenant(tenant_id).await?;
    let tenant = tenancy::load_tenant(&mut tx).await?;
    let is_demo = evolution.account.tenant_id == tenant_id
        && tenant.is_some_and(|tenant| tenant.name == business.name);
    ensure!(
        is_demo,
        "the instance `{}` belongs to another business in this database; give the demo a database \
         of its own",
        names.simulator
    );
    let api_key = tenancy::create_api_key(&mut tx, "demo", ids, clock).await?;
    let secret = account::rotate_secret(&mut tx, evolution.account.id, ids)
        .await?
        .context("the demo's Evolution account has just been removed")?;
    let seeded = Seeded {
        tenant_id,
        name: business.name.clone(),
        api_key: api_key.secret.into(),
        simulator_instance: names.simulator.clone(),
        evolution_instance: names.evolution.clone(),
        evolution_webhook_secret: secret,
    };
    Ok(Some((seeded, tx)))
}

/// What an earlier run kept; nothing when there was none.
fn recall(file: &Path) -> anyhow::Result<Option<Seeded>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    match serde_json::from_str(&text) {
        Ok(seeded) => Ok(Some(seeded)),
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                file = %file.display(),
                "cannot read what an earlier demo kept; making new keys"
            );
            Ok(None)
        }
    }
}

/// Replaces the file as a whole, readable by its owner only.
fn keep(file: &Path, seeded: &Seeded) -> anyhow::Result<()> {
    let folder = file.parent().context("the data folder has no path")?;
    let write = || {
        fs::create_dir_all(folder)?;
        let draft = file.with_extension("json.new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(&draft)?;
        out.write_all(&serde_json::to_vec_pretty(seeded)?)?;
        out.sync_all()?;
        fs::rename(&draft, file)
    };
    write().with_context(|| format!("cannot write {}", file.display()))
}

impl std::str::FromStr for Business {
    type Err = anyhow::Error;

    /// Reads and cross-checks; an error names the field.
    fn from_str(text: &str) -> anyhow::Result<Self> {
        let business = toml::from_str::<Self>(text)?;
        business.check()?;
        Ok(business)
    }
}

impl TryFrom<String> for HoursSeed {
    type Error = BookingError;

    fn try_from(text: String) -> Result<Self, BookingError> {
        text.parse().map(Self)
    }
}

impl TryFrom<String> for KindSeed {
    type Error = BookingError;

    fn try_from(text: String) -> Result<Self, BookingError> {
        text.parse().map(Self)
    }
}

impl TryFrom<String> for AwaitsSeed {
    type Error = BookingError;

    fn try_from(text: String) -> Result<Self, BookingError> {
        text.parse().map(Self)
    }
}

impl Business {
    /// What no single field can tell: that references lead somewhere and names are not taken twice.
    fn check(&self) -> anyhow::Result<()> {
        let mut keys = BTreeSet::new();
        for (i, service) in self.services.iter().enumerate() {
            let key = &service.key;
            if let Some(heading) = service.variation_of.as_ref().filter(|key| !keys.contains(key)) {
                bail!("services[{i}].variation_of: no service before it has the key `{heading}`");
            }
            ensure!(keys.insert(key), "services[{i}].key: `{key}` is used twice");
        }
        let tone = serde_json::Value::Object(self.tone.clone());
        let tone = Tone::of(&self.vertical, &tone).context("tone")?;
        tone.validate(&self.name).context("tone")?;
        let mut names = BTreeSet::new();
        for (i, staff) in self.staff.iter().enumerate() {
            let name = &staff.name;
            ensure!(names.insert(name), "staff[{i}].name: `{name}` is used twice");
            if let Some(key) = staff.services.iter().find(|key| !keys.contains(key)) {
                bail!("staff[{i}].services: no service has the key `{key}`");
            }
        }
        for (i, exception) in self.exceptions.iter().enumerate() {
            let mut named = exception.staff.iter().flatten();
            if let Some(name) = named.find(|name| !names.contains(name)) {
                bail!("exceptions[{i}].staff: nobody is called `{name}`");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
