//! A conversation as a file: what the customer types, what must come back, and what it must do to
//! the appointments.
//!
//! ```toml
//! # The customer thinks for longer than the hold lasts.
//! now = "2026-03-02T09:00:00Z"
//!
//! [[turn]]
//! in = "haircut tomorrow at 5 with Ana"
//! does = ["held Haircut with Ana at 2026-03-03T17:00"]
//! says = ["Tuesday", "5:00", "Ana", "25"]
//!
//! [[turn]]
//! wait = "11m"
//! in = "yes please"
//! does = []
//!
//! [[turn]]
//! desk = "cancel Haircut with Ana at 2026-03-03T17:00"
//! tells = ["customer: cancel your appointment"]
//! ```
//!
//! After every line, whoever reacts to events has reacted.

use anyhow::{Context as _, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use pipeline::Understanding;
use platform::Db;
use serde::Deserialize;

use crate::{Stage, shop::SHOPS};

/// A conversation to be held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// When it begins.
    now: Timestamp,
    /// Where: `salon`, `clinic` or `restaurant`.
    #[serde(default = "a_salon")]
    shop: String,
    /// What is said, in order.
    turn: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// How long the customer waits before typing.
    #[serde(default)]
    wait: Option<SignedDuration>,
    /// Who types; one customer unless said otherwise.
    #[serde(default = "the_customer")]
    from: String,
    /// What they type.
    #[serde(default, rename = "in")]
    text: Option<String>,
    /// What happens at the desk instead; see [`Stage::desk`].
    #[serde(default)]
    desk: Option<String>,
    /// Who is told what without having asked: `<who>: <words>`, one for each message, and no more;
    /// by name.
    #[serde(default)]
    tells: Vec<String>,
    /// What happens to the appointments: `<state> <service> with <staff> at <local time>`, one
    /// for each that is new or has changed. Nothing is checked without this line.
    #[serde(default)]
    does: Option<Vec<String>>,
    /// What the reply must contain.
    #[serde(default)]
    says: Vec<String>,
    /// What the reply must not contain.
    #[serde(default)]
    never_says: Vec<String>,
    /// No reply at all.
    #[serde(default)]
    silent: bool,
}

fn a_salon() -> String {
    "salon".to_owned()
}

fn the_customer() -> String {
    "customer".to_owned()
}

impl Transcript {
    /// Reads a transcript file.
    ///
    /// # Errors
    ///
    /// Names the line that is not of the form above.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// Holds the conversation in a salon of its own and checks every line. Returns it as text, for
    /// reading.
    ///
    /// # Errors
    ///
    /// The first line that did not go as written, with everything said so far.
    pub async fn run(
        &self,
        db: Db,
        understanding: Understanding,
        seed: u64,
    ) -> anyhow::Result<String> {
        let shop = SHOPS.iter().find(|shop| shop.vertical == self.shop);
        let shop = shop.with_context(|| format!("no shop is a `{}`", self.shop))?;
        let stage = Stage::open(shop, db, understanding, self.now, seed).await?;
        let mut log = String::new();
        for line in &self.turn {
            stage.clock.advance(line.wait.unwrap_or(SignedDuration::from_secs(5)));
            let before = stage.book().await?;
            let done = line.text.as_deref().or(line.desk.as_deref()).unwrap_or_default();
            let reply = line.play(&stage).await.with_context(|| format!("{log}> {done}"))?;
            let told = stage.react().await?;
            let after = stage.book().await?;
            let does: Vec<String> = after
                .iter()
                .filter(|(reference, line)| before.get(*reference) != Some(line))
                .map(|(_, line)| line.clone())
                .collect();
            log.push_str(&match &line.desk {
                Some(desk) => format!("# {desk}\n"),
                None => format!("> {done}\n"),
            });
            for effect in &does {
                log.push_str(&format!("  [{effect}]\n"));
            }
            if line.desk.is_none() {
                log.push_str(&format!("{}\n", reply.as_deref().unwrap_or("(silence)")));
            }
            for notice in &told {
                log.push_str(&format!("  -> {notice}\n"));
            }
            line.check(reply.as_deref(), does, &told).with_context(|| log.clone())?;
        }
        Ok(log)
    }
}

impl Line {
    /// Says or does it; returns the reply.
    async fn play(&self, stage: &Stage) -> anyhow::Result<Option<String>> {
        match (&self.text, &self.desk) {
            (Some(text), None) => stage.say(&self.from, text).await,
            (None, Some(desk)) => stage.desk(desk).await.map(|()| None),
            _ => bail!("a turn is either said or done at the desk"),
        }
    }

    fn check(
        &self,
        reply: Option<&str>,
        mut does: Vec<String>,
        told: &[String],
    ) -> anyhow::Result<()> {
        ensure!(told.len() == self.tells.len(), "expected {:?}, told {told:?}", self.tells);
        for (expected, told) in self.tells.iter().zip(told) {
            let (who, words) = expected.split_once(": ").unwrap_or((expected, ""));
            let is_told = told.starts_with(&format!("{who}: ")) && told.contains(words);
            ensure!(is_told, "expected `{expected}`, told `{told}`");
        }
        if let Some(expected) = &self.does {
            let mut expected = expected.clone();
            expected.sort();
            does.sort();
            ensure!(*expected == does, "expected effects {expected:?}, got {does:?}");
        }
        if self.desk.is_some() {
            return Ok(());
        }
        if self.silent {
            ensure!(reply.is_none(), "expected silence");
            return Ok(());
        }
        let reply = reply.context("expected a reply, got silence")?;
        for needle in &self.says {
            ensure!(reply.contains(needle), "the reply does not say `{needle}`");
        }
        for needle in &self.never_says {
            ensure!(!reply.contains(needle), "the reply says `{needle}`");
        }
        Ok(())
    }
}
