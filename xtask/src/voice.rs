//! [`Voice`]: who reads what a command says. In go diagnostics and reports, out they come in the form and on the stream that
//! this reader wants.

use std::io::IsTerminal as _;

use generator::{Detail, Diagnostics, Format, Palette, Severity, Source};

use crate::console::{count, say, say_rendered, warn, warn_rendered};

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    format: Format,
}

impl Voice {
    /// For people, who see colours if they look at a terminal that has them.
    pub fn human(detail: Detail) -> Self {
        let has_colours =
            std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
        let palette = if has_colours { Palette::Coloured } else { Palette::Plain };
        Self { format: Format::Human(detail, palette) }
    }

    /// For programs.
    pub fn machine(format: Format) -> Self {
        Self { format }
    }

    /// Tells what the generator said of a document.
    pub fn tell(self, report: &Diagnostics, source: &Source) {
        if report.is_empty() {
            return;
        }
        let text = report.render(source, self.format);
        match self.format {
            Format::Human(detail, _) => {
                warn_rendered(&format!("{}\n\n{}\n", text.trim_end(), tally(report, detail)));
            }
            Format::Json | Format::GitHub => say_rendered(&text),
        }
    }

    /// What follows takes the place of what was said before, where people look at a terminal.
    pub fn begin_anew(self) {
        if matches!(self.format, Format::Human(..)) && std::io::stdout().is_terminal() {
            say_rendered("\x1b[2J\x1b[3J\x1b[H");
        }
    }

    /// Tells what a command did. Where a program reads, standard output belongs to the diagnostics.
    pub fn report(self, text: &str) {
        match self.format {
            Format::Human(..) => say(text),
            Format::Json | Format::GitHub => warn(text),
        }
    }
}

impl Default for Voice {
    fn default() -> Self {
        Self::human(Detail::Grouped)
    }
}

/// How much was said, and how to see more.
fn tally(report: &Diagnostics, detail: Detail) -> String {
    let severities = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = severities.map(|(severity, noun)| (report.count(severity), noun));
    let counts: Vec<_> =
        counts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    let codes: std::collections::BTreeSet<_> = report.iter().map(|one| one.code).collect();
    let mut text = counts.join(" and ");
    if detail == Detail::Grouped && report.kinds() < report.len() {
        text += &format!(" of {}; `-v` shows each", count(report.kinds(), "kind"));
    }
    let example = codes.first().map_or("CODE", |code| code.name());
    text + &format!("; `cargo xtask explain {example}` tells more of a code")
}
