//! How diagnostics look: in go a bag and the texts it speaks of, out comes what a maintainer or a program reads.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use serde_json::Value;

use super::edit::Action;
use super::located::{Located, Spot};
use super::{Code, Diagnostics, Severity, machine};
use crate::load::to_yaml;
use crate::{Source, visible};

/// Who is to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// People: excerpts, carets, help.
    Human(Detail, Palette),
    /// Programs: a JSON object on a line of its own for each.
    Json,
    /// The checks of GitHub: a workflow command for each.
    GitHub,
}

/// How much people want to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Of those that say the same of different places, the first one and how many there are.
    Grouped,
    /// Each one.
    Each,
}

/// Whether there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// None.
    Plain,
    /// Those of rustc, by ANSI escape codes.
    Coloured,
}

impl Format {
    /// For people, each one, without colours.
    pub const PLAIN: Self = Self::Human(Detail::Each, Palette::Plain);
}

/// A line longer than this, in bytes, is shown in part.
const LONGEST_LINE: usize = 4_000;

/// So many characters of a longer line are shown on both sides of what is meant.
const AROUND: usize = 60;

/// How many places of a group are named.
const SHOWN_PLACES: usize = 3;

impl Diagnostics {
    /// The text, each diagnostic with its place, its excerpt and its help.
    pub fn render(&self, source: &Source, format: Format) -> String {
        let located = self.locate(source);
        let lines = |line: fn(&Located<'_>) -> String| located.iter().map(|one| line(one) + "\n").collect::<String>();
        match format {
            Format::Human(detail, palette) => render_groups(&grouped(&located, detail), source, palette),
            Format::Json => lines(machine::json),
            Format::GitHub => lines(machine::github),
        }
    }
}

/// Those that say the same of different places together, in the order of the first ones.
fn grouped<'l, 'd>(located: &'l [Located<'d>], detail: Detail) -> Vec<Vec<&'l Located<'d>>> {
    let mut groups: Vec<Vec<&Located<'_>>> = Vec::new();
    let mut known: BTreeMap<(Code, Severity, String), usize> = BTreeMap::new();
    for one in located {
        let kind = (one.diagnostic.code, one.diagnostic.severity, one.diagnostic.pattern());
        match known.get(&kind).filter(|_| detail == Detail::Grouped) {
            Some(group) => groups[*group].push(one),
            None => {
                known.insert(kind, groups.len());
                groups.push(vec![one]);
            }
        }
    }
    groups
}

fn render_groups(groups: &[Vec<&Located<'_>>], source: &Source, palette: Palette) -> String {
    let renderer = match palette {
        Palette::Plain => Renderer::plain(),
        Palette::Coloured => Renderer::styled(),
    };
    let texts = groups.iter().filter_map(|group| {
        let (first, others) = group.split_first()?;
        Some(renderer.render(&[render(first, others, source)]))
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

fn render(located: &Located<'_>, others: &[&Located<'_>], source: &Source) -> Group<'static> {
    let diagnostic = located.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible::line(&diagnostic.message)).id(diagnostic.code.name());
    let label = located.spot.pointer.as_ref().map_or("", |pointer| pointer.as_str());
    let mut group = excerpt(Group::with_title(title), &located.spot, AnnotationKind::Primary, label, source);
    for (note, spot) in diagnostic.notes.iter().zip(&located.notes) {
        group = excerpt(group, spot, AnnotationKind::Context, &note.message, source);
    }
    if !others.is_empty() {
        group = group.element(Level::NOTE.message(more(others)));
    }
    let help = [visible::line(&diagnostic.help)].into_iter().chain(by_overlay(&located.actions));
    group.element(Level::HELP.message(help.collect::<Vec<_>>().join("\n")))
}

/// Adds the lines around a place.
fn excerpt(group: Group<'static>, spot: &Spot, kind: AnnotationKind, label: &str, source: &Source) -> Group<'static> {
    let (text, _) = source.text_of(&spot.text);
    let (file, label) = (visible::line(&spot.file), visible::line(label));
    if spot.lines.len() > LONGEST_LINE {
        let origin = Origin::path(file).line(spot.start.0).char_column(spot.start.1);
        let part = format!("{label}: {}", visible::line(&part(text, spot)));
        return group.element(origin).element(Level::NOTE.message(part));
    }
    let before = visible::text(&text[spot.lines.start..spot.bytes.start]);
    let marked = visible::text(&text[spot.bytes.clone()]);
    // The lines do not have their end, of which the first half may be there.
    let after = text[spot.bytes.end..spot.lines.end].trim_end_matches('\r');
    let span = before.len()..before.len() + marked.len();
    let snippet = Snippet::source(before + &marked + &visible::text(after)).path(file).line_start(spot.start.0);
    group.element(snippet.annotation(kind.span(span).label(label)))
}

/// A part of a long line, as documents for machines have them.
fn part(text: &str, spot: &Spot) -> String {
    let before = &text[spot.lines.start..spot.bytes.start];
    let after = &text[spot.bytes.end..spot.lines.end];
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    format!("…{}{}{}…", &before[start..], &text[spot.bytes.clone()], &after[..end])
}

/// How many others there are, and where.
fn more(others: &[&Located<'_>]) -> String {
    let place = |one: &&Located<'_>| match &one.spot.pointer {
        Some(pointer) => visible::line(&format!("{}:{} {pointer}", one.spot.file, one.spot.start.0)),
        None => visible::line(&format!("{}:{}", one.spot.file, one.spot.start.0)),
    };
    let shown: Vec<_> = others.iter().take(SHOWN_PLACES).map(place).collect();
    let hidden = match others.len().saturating_sub(shown.len()) {
        0 => String::new(),
        hidden => format!("\nand {hidden} more"),
    };
    format!(
        "the same is true of {}:\n{}{hidden}",
        if others.len() == 1 { "another place".to_owned() } else { format!("{} other places", others.len()) },
        shown.join("\n")
    )
}

/// The actions as they stand in a file.
fn by_overlay(actions: &[Action]) -> Option<String> {
    let actions: Vec<_> = actions.iter().map(Action::to_json).collect();
    if actions.is_empty() {
        return None;
    }
    let yaml = to_yaml(&Value::Array(actions)).ok()?;
    Some(format!("in an overlay:\n{}", visible::text(yaml.trim_end())))
}
