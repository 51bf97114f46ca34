//! [`Turn`]: in go a parameter of the call and what the page says, out comes a [`NextPage`], with the parameter set for the
//! page behind it.

use http::HeaderMap;

use super::link::{next_link, resolve};
use super::mark::Mark;
use crate::options::CallOptions;

/// The turn from a page to the one behind it.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// The items of this page.
    pub(super) count: u64,
    /// The items of this page and of those before it.
    pub(super) items: u64,
    /// This page and those before it.
    pub(super) pages: u64,
}

/// How it goes on behind a page.
pub struct NextPage {
    pub(super) step: Step,
}

pub(super) enum Step {
    /// There is no other page.
    End,
    /// The page has items, and no name of another.
    Nameless,
    /// The page is found by counting: before it there are so many items, and so many pages, if that is known.
    Counted { items: Option<u64>, pages: Option<u64> },
    /// The server has named the page; `from` is the name of this one.
    Named { from: Option<String>, to: String },
    /// The page cannot be asked for.
    Fault(&'static str),
}

const NOT_COUNTABLE: &str = "has a number that its parameter cannot hold";

impl Turn {
    /// The next number; `first` is the one that goes without saying.
    pub fn page<M: Mark>(self, parameter: &mut M, first: i64) -> NextPage {
        let Some(number) = count_up(parameter, first, 1) else { return Step::Fault(NOT_COUNTABLE).into() };
        let pages = u64::try_from(number.saturating_sub(first)).ok();
        // How many items are on pages that were not asked for is not known.
        let items = (pages == Some(self.pages)).then_some(self.items);
        Step::Counted { items, pages }.into()
    }

    /// The number of the item behind this page; `first` is the one that goes without saying.
    pub fn offset<M: Mark>(self, parameter: &mut M, first: i64) -> NextPage {
        let Ok(count) = i64::try_from(self.count) else { return Step::Fault(NOT_COUNTABLE).into() };
        let Some(offset) = count_up(parameter, first, count) else { return Step::Fault(NOT_COUNTABLE).into() };
        Step::Counted { items: u64::try_from(offset.saturating_sub(first)).ok(), pages: None }.into()
    }

    /// A name of the next page that this one gives. Without one, or with an empty one, this page is the last.
    pub fn cursor<M: Mark, F: Mark>(self, parameter: &mut M, found: Option<&F>) -> NextPage {
        let Some(to) = found.and_then(Mark::text).filter(|to| !to.is_empty()) else {
            return if self.count > 0 { Step::Nameless.into() } else { Step::End.into() };
        };
        let from = parameter.text();
        match M::of(&to) {
            Some(cursor) => {
                *parameter = cursor;
                Step::Named { from, to }.into()
            }
            None => Step::Fault("has a cursor that its parameter cannot hold").into(),
        }
    }

    /// The header `Link` of this page (RFC 8288): its link with the relation `next`.
    pub fn link(self, options: &mut CallOptions, headers: &HeaderMap) -> NextPage {
        self.follow(options, next_link(headers))
    }

    /// A URL of the next page that this one gives.
    pub fn url<F: Mark>(self, options: &mut CallOptions, found: Option<&F>) -> NextPage {
        self.follow(options, found.and_then(Mark::text))
    }

    fn follow(self, options: &mut CallOptions, link: Option<String>) -> NextPage {
        let Some(link) = link.filter(|link| !link.trim().is_empty()) else { return Step::End.into() };
        let from = options.link().map(str::to_owned);
        // A relative link starts from the page that it is on.
        let to = from.as_deref().map_or_else(|| link.trim().to_owned(), |from| resolve(from, link.trim()));
        options.follow(to.clone());
        Step::Named { from, to }.into()
    }
}

impl NextPage {
    /// The page says whether there is another.
    #[must_use]
    pub fn more(self, more: Option<&bool>) -> Self {
        self.said(more.copied())
    }

    /// The page says whether it is the last.
    #[must_use]
    pub fn done(self, done: Option<&bool>) -> Self {
        self.said(done.map(|done| !done))
    }

    /// The page has a link to another, or none if it is the last.
    #[must_use]
    pub fn linked<F: Mark>(self, link: Option<&F>) -> Self {
        self.unless(link.and_then(Mark::text).is_none_or(|link| link.is_empty()))
    }

    /// The page says how many items there are.
    #[must_use]
    pub fn of_items<M: Mark>(self, total: Option<&M>) -> Self {
        let is_end = match (&self.step, total.and_then(number)) {
            (Step::Counted { items: Some(before), .. }, Some(total)) => reaches(*before, total),
            _ => false,
        };
        self.unless(is_end)
    }

    /// The page says how many pages there are.
    #[must_use]
    pub fn of_pages<M: Mark>(self, total: Option<&M>) -> Self {
        let is_end = match (&self.step, total.and_then(number)) {
            (Step::Counted { pages: Some(before), .. }, Some(total)) => reaches(*before, total),
            _ => false,
        };
        self.unless(is_end)
    }

    fn said(self, more: Option<bool>) -> Self {
        match (more, &self.step) {
            // The rest of the list must not get lost unnoticed.
            (Some(true), Step::Nameless) => Step::Fault("is said to be there, but not what it is called").into(),
            _ => self.unless(more == Some(false)),
        }
    }

    fn unless(self, is_end: bool) -> Self {
        if is_end { Step::End.into() } else { self }
    }
}

impl From<Step> for NextPage {
    fn from(step: Step) -> Self {
        Self { step }
    }
}

/// Adds to a number and says what it is now.
fn count_up<M: Mark>(parameter: &mut M, first: i64, count: i64) -> Option<i64> {
    let number = match parameter.text() {
        Some(text) => text.parse::<i64>().ok()?,
        None => first,
    };
    let number = number.checked_add(count)?;
    *parameter = M::of(&number.to_string())?;
    Some(number)
}

fn number<M: Mark>(mark: &M) -> Option<i64> {
    mark.text()?.parse().ok()
}

/// Whether so many come up to a total; one below zero tells nothing.
fn reaches(before: u64, total: i64) -> bool {
    u64::try_from(total).is_ok_and(|total| before >= total)
}
