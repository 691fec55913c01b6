//! The only place that prints. Data goes to stdout, talk to stderr; a reader that went away is no
//! reason to panic.

use std::{
    fmt::{self, Display},
    io::{self, IsTerminal as _},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints a line of data.
pub(crate) fn line(text: impl Display) {
    print(io::stdout().lock(), format_args!("{text}\n"));
}

/// Prints data without ending the line.
pub(crate) fn part(text: impl Display) {
    print(io::stdout().lock(), format_args!("{text}"));
}

/// Prints a line of talk: progress, hints, complaints.
pub(crate) fn note(text: impl Display) {
    print(io::stderr().lock(), format_args!("{text}\n"));
}

/// Whether somebody types: stdin is a terminal.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// Whether stdout is a terminal.
pub(crate) fn is_screen() -> bool {
    io::stdout().is_terminal()
}

/// Text from elsewhere without the control characters that could steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

/// A progress bar on stderr; invisible where stderr is not a terminal.
pub(crate) fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length).with_message(what);
    match ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn print(mut to: impl io::Write, text: fmt::Arguments<'_>) {
    let printed = to.write_fmt(text).and_then(|()| to.flush());
    if let Err(error) = printed {
        tracing::debug!(error = &error as &dyn std::error::Error, "nobody reads what we print");
    }
}

/// How text is made to stand out; not at all where nobody could see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    colour: bool,
}

impl Style {
    /// Stands out on a screen, unless the reader wants no colour (`NO_COLOR`).
    pub(crate) fn new(no_color: bool) -> Self {
        Self { colour: is_screen() && !no_color }
    }

    /// Who speaks.
    pub(crate) fn name(self, text: &str) -> String {
        self.paint("1;32", text)
    }

    /// Something beside the point.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// A chat message: what stands between asterisks becomes bold.
    pub(crate) fn message(self, text: &str) -> String {
        let text = harmless(text);
        if !self.colour {
            return text;
        }
        text.split_inclusive('\n').map(|line| self.bold_spans(line)).collect()
    }

    /// Only pairs of asterisks that hug their words count, as in the chat itself.
    fn bold_spans(self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(open) = rest.find('*') {
            let (before, after) = (&rest[..open], &rest[open + 1..]);
            out.push_str(before);
            let inner = after.find('*').map(|close| &after[..close]);
            let hugs = |inner: &&str| !inner.is_empty() && inner.trim() == *inner;
            match inner.filter(hugs).filter(|_| !before.ends_with(char::is_alphanumeric)) {
                Some(inner) => {
                    out.push_str(&self.paint("1", inner));
                    rest = &after[inner.len() + 1..];
                }
                None => {
                    out.push('*');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pairs_around_words_are_bold() {
        let style = Style { colour: true };
        let bold = style.message("*Haircut* at *15:00*");
        assert_eq!(bold, "\x1b[1mHaircut\x1b[0m at \x1b[1m15:00\x1b[0m");
        assert_eq!(style.message("2 * 3 * 4 *"), "2 * 3 * 4 *");
        assert_eq!(style.message("2*3*4"), "2*3*4");
        assert_eq!(style.message("*a\nb*"), "*a\nb*");
    }

    #[test]
    fn messages_cannot_steer_the_terminal() {
        assert_eq!(Style { colour: false }.message("a\x1b[2Jb\r\n*c*"), "a[2Jb\n*c*");
    }
}
