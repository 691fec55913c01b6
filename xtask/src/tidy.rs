//! House rules of text that neither rustfmt nor clippy keeps.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::report;

/// Think about splitting here.
const LINES_TO_THINK_AT: usize = 400;
/// Split before this.
const MAX_LINES: usize = 800;

/// Crates whose tables migrations may be named after.
const OWNERS: &[&str] = &["platform", "tenancy", "booking", "channels", "dialog", "pipeline"];

/// What must not appear in code, and what to do instead. Spelled in halves, or this file would
/// trip over itself.
const BANNED: &[(&str, &str, &str)] = &[
    ("#[", "allow(", "say #[expect(.., reason = \"..\")]"),
    ("#![", "allow(", "say #![expect(.., reason = \"..\")]"),
    ("to", "do!(", "finish it"),
    ("unimpl", "emented!(", "finish it"),
    ("#[", "ignore", "a test runs or goes"),
];

/// Crates that are programs, and may print.
const PROGRAMS: &[&str] = &["server", "eval", "xtask", "fakes"];

/// Checks the repository. Returns whether all is well.
pub(crate) fn check(root: &Path) -> anyhow::Result<bool> {
    let mut problems = Vec::new();
    let mut lines_by_crate: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_files = 0;
    for path in files(root, "rs")? {
        let name = report::relative(root, &path);
        let text = fs::read_to_string(&path).with_context(|| format!("read {name}"))?;
        let n_lines = text.lines().count();
        if (LINES_TO_THINK_AT..=MAX_LINES).contains(&n_lines) {
            report::line(&format!("tidy: {name} has {n_lines} lines; think about splitting it"));
        }
        problems.extend(source_problems(&name, &text));
        *lines_by_crate.entry(crate_of(&name)).or_default() += n_lines;
        n_files += 1;
    }
    let mut migrations = files(&root.join("migrations"), "sql")?;
    migrations.sort();
    for path in &migrations {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        problems.extend(migration_problems(&name, &fs::read_to_string(path)?));
    }
    let n_lines: usize = lines_by_crate.values().sum();
    let crates: Vec<_> = lines_by_crate.iter().map(|(name, n)| format!("{name} {n}")).collect();
    report::line(&format!("tidy: {n_lines} lines of Rust: {}", crates.join(", ")));
    let well = format!("{n_files} source files and {} migrations in order", migrations.len());
    Ok(report::outcome("tidy", &problems, &well))
}

fn source_problems(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if !text.starts_with("//!") {
        problems.push(format!("{name}: begin with //! and what the file is"));
    }
    let n_lines = text.lines().count();
    if n_lines > MAX_LINES {
        problems.push(format!("{name}: {n_lines} lines; split it (at most {MAX_LINES})"));
    }
    let is_library = !PROGRAMS.contains(&crate_of(name).as_str())
        && !name.contains("/tests/")
        && !name.contains("/benches/")
        && !name.contains("/examples/");
    for (n, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        for (left, right, instead) in BANNED {
            if code.contains(&format!("{left}{right}")) {
                problems.push(format!("{name}:{}: no `{left}{right}`: {instead}", n + 1));
            }
        }
        if is_library && (code.contains("println!(") || code.contains("eprintln!(")) {
            problems.push(format!("{name}:{}: libraries log, they do not print", n + 1));
        }
    }
    problems
}

/// `<14 digits>_<owner>_<verb>_<object>.sql`, and a first comment that says why.
fn migration_problems(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let words: Vec<_> = name.trim_end_matches(".sql").splitn(4, '_').collect();
    let is_well_named = matches!(words[..], [stamp, owner, verb, object]
        if stamp.len() == 14
            && stamp.bytes().all(|byte| byte.is_ascii_digit())
            && OWNERS.contains(&owner)
            && !verb.is_empty()
            && !object.is_empty());
    if !is_well_named {
        problems.push(format!(
            "migrations/{name}: name it <14 digits>_<owner>_<verb>_<object>.sql, where the owner \
             is one of {}",
            OWNERS.join(", ")
        ));
    }
    if !text.starts_with("-- ") {
        problems.push(format!("migrations/{name}: begin with a comment that says why"));
    }
    problems
}

/// The folder a file is in, two deep for the adapters beside `models`.
fn crate_of(name: &str) -> String {
    let adapters = ["models/candle/", "models/remote/"];
    let depth = if adapters.iter().any(|adapter| name.starts_with(adapter)) { 2 } else { 1 };
    name.split('/').take(depth).collect::<Vec<_>>().join("/")
}

/// All files under `dir` that end in `extension`, but for what builds leave behind.
pub(crate) fn files(dir: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("read {}", dir.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                found.extend(files(&path, extension)?);
            }
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        assert_eq!(source_problems("booking/src/lib.rs", "//! Fine.\nfn f() {}\n"), [""; 0]);
        let bad = format!("fn f() {{\n    {}{}) }}\n    println!(\"x\");\n", "to", "do!(");
        let problems = source_problems("booking/src/lib.rs", &bad);
        assert_eq!(problems.len(), 3, "{problems:?}");
        // A program may print, and a comment may mention anything.
        let printing = "//! Fine.\n// println!(\nfn f() { println!(\"x\") }\n";
        assert_eq!(source_problems("server/src/main.rs", printing), [""; 0]);
        let long = format!("//! Long.\n{}", "\n".repeat(MAX_LINES));
        assert_eq!(source_problems("booking/src/lib.rs", &long).len(), 1);
    }

    #[test]
    fn migrations() {
        let good = "20261122090100_tenancy_create_tenants.sql";
        assert_eq!(migration_problems(good, "-- Why.\n"), [""; 0]);
        for bad in
            ["2026_tenancy_create_tenants.sql", "20261122090100_nobody_create_x.sql", "x.sql"]
        {
            assert_eq!(migration_problems(bad, "-- Why.\n").len(), 1, "{bad}");
        }
        assert_eq!(migration_problems(good, "CREATE TABLE x ();\n").len(), 1);
    }
}
