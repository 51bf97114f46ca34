//! What of a Markdown text would run, be live, or reach beyond its place, and what to write in its stead.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::{TEXT, fence_around, options};

/// What to write in place of a part of the text.
pub type Correction = (Range<usize>, String);

/// Writes corrections into a text; one that overlaps another is left to the next pass.
pub fn apply(text: &str, mut corrections: Vec<Correction>) -> String {
    corrections.sort_by_key(|(range, _)| (range.start, range.end));
    let mut corrected = String::with_capacity(text.len() + corrections.len());
    let mut end = 0;
    for (range, replacement) in corrections {
        if range.start < end {
            continue;
        }
        corrected.push_str(&text[end..range.start]);
        corrected.push_str(&replacement);
        end = range.end;
    }
    corrected.push_str(&text[end..]);
    corrected
}

/// What to correct in a text.
pub fn corrections(text: &str) -> Vec<Correction> {
    // What stands between brackets could be a link to an item of the client, so it counts as one.
    let any_link = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let mut events = Parser::new_with_broken_link_callback(text, options(), Some(any_link)).into_offset_iter();
    let mut found = Corrector { text, corrections: Vec::new(), containers: 0, links: 0, prose: 0..0 };
    for (event, range) in events.by_ref() {
        found.event(event, range);
    }
    found.end_prose();
    let definitions = events.reference_definitions().iter().map(|(_, definition)| definition.span.start);
    definitions.for_each(|start| found.escape(start));
    found.corrections
}

struct Corrector<'t> {
    text: &'t str,
    corrections: Vec<Correction>,
    /// How many lists and quotes are open.
    containers: usize,
    /// How many links and code blocks are open, in which URLs stay as they are.
    links: usize,
    /// Prose that is not looked at yet.
    prose: Range<usize>,
}

impl Corrector<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::Text(_) = event {
            if self.prose.end == range.start {
                self.prose.end = range.end;
            } else {
                self.end_prose();
                self.prose = range;
            }
            return;
        }
        self.end_prose();
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                let bracket = self.text[range.clone()].find('<');
                self.corrections.extend(bracket.map(|at| (range.start + at..range.start + at, "\\".to_owned())));
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.image(range, &dest_url),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.links += 1;
                let stays = matches!(link_type, LinkType::Inline | LinkType::Autolink) && is_web(&dest_url);
                if !stays && link_type != LinkType::Email {
                    self.escape(range.start);
                }
            }
            Event::End(TagEnd::Link) => self.links -= 1,
            Event::Start(Tag::CodeBlock(kind)) => {
                self.links += 1;
                match kind {
                    CodeBlockKind::Fenced(_) => self.fenced(range),
                    CodeBlockKind::Indented if self.containers == 0 => self.indented(range),
                    CodeBlockKind::Indented => self.outdent(range),
                }
            }
            Event::End(TagEnd::CodeBlock) => self.links -= 1,
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => self.containers += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => self.containers -= 1,
            _ => {}
        }
    }

    fn escape(&mut self, at: usize) {
        self.corrections.push((at..at, "\\".to_owned()));
    }

    /// Loading an image tells its server who reads, so the reader decides.
    fn image(&mut self, range: Range<usize>, url: &str) {
        if is_web(url) {
            self.corrections.push((range.start..range.start + 1, String::new()));
        } else {
            self.escape(range.start + 1);
        }
    }

    /// rustdoc runs what has no language, and what has Rust's.
    fn fenced(&mut self, range: Range<usize>) {
        let block = &self.text[range.clone()];
        let indent = block.len() - block.trim_start_matches(' ').len();
        let Some(mark) = block[indent..].chars().next() else { return };
        let opening = block.lines().next().unwrap_or_default();
        let length = opening[indent..].chars().take_while(|letter| *letter == mark).count();
        let info = range.start + indent + length..range.start + opening.len();
        if &self.text[info.clone()] != TEXT {
            self.corrections.push((info, TEXT.to_owned()));
        }
        let is_closing = |line: &str| {
            let line = line.trim_matches([' ', '>']);
            line.len() >= length && line.chars().all(|letter| letter == mark)
        };
        let is_closed = block.lines().skip(1).last().is_some_and(is_closing);
        if !is_closed && self.containers == 0 {
            let fence = mark.to_string().repeat(length);
            let line_break = if block.ends_with('\n') { "" } else { "\n" };
            self.corrections.push((range.end..range.end, format!("{line_break}{fence}")));
        }
    }

    /// Puts fences around code that is only indented.
    fn indented(&mut self, range: Range<usize>) {
        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let block = &self.text[start..range.end];
        let lines: Vec<&str> =
            block.lines().map(|line| line.strip_prefix("    ").unwrap_or(line.trim_start())).collect();
        let code = lines.join("\n");
        let fence = fence_around(&code);
        let line_break = if block.ends_with('\n') { "\n" } else { "" };
        self.corrections.push((start..range.end, format!("{fence}{TEXT}\n{}\n{fence}{line_break}", code.trim_end())));
    }

    /// Makes a paragraph of code that is indented within a list or a quote.
    fn outdent(&mut self, range: Range<usize>) {
        let mut start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        for line in self.text[start..range.end].split_inclusive('\n') {
            let prefix = line.len() - line.trim_start_matches([' ', '>']).len();
            let spaces = line[..prefix].len() - line[..prefix].trim_end_matches(' ').len();
            let from = start + prefix - spaces;
            if spaces > 2 {
                let marker = if spaces == prefix { "  " } else { " " };
                self.corrections.push((from..start + prefix, marker.to_owned()));
            }
            start += line.len();
        }
    }

    /// Makes links of the URLs in prose, as rustdoc wants them.
    fn end_prose(&mut self) {
        let prose = std::mem::replace(&mut self.prose, 0..0);
        if self.links > 0 {
            return;
        }
        let mut at = prose.start;
        while let Some(found) = self.text[at..prose.end].find("http") {
            let start = at + found;
            let length = url_length(&self.text[start..prose.end]).unwrap_or_default();
            if length > 0 {
                let url = &self.text[start..start + length];
                self.corrections.push((start..start + length, format!("<{url}>")));
            }
            at = start + length.max("http".len());
        }
    }
}

fn is_web(url: &str) -> bool {
    let lower = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:")
}

/// The length of the URL that `text` begins with.
fn url_length(text: &str) -> Option<usize> {
    if !(text.starts_with("http://") || text.starts_with("https://")) {
        return None;
    }
    let end =
        text.find(|letter: char| letter.is_whitespace() || "<>()[]\"'`{}|\\".contains(letter)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    Some(url.len()).filter(|&length| length > "https://".len())
}
