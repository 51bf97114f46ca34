//! [`Pages`]: in goes a prepared call of an operation that pages, out comes one page after the other.
//!
//! What is particular to an operation is emitted code, a [`Paged`]. How the next page is asked for is in
//! `paging/turn.rs`, links are in `paging/link.rs`, single items in `paging/items.rs`. Each page is a call like any
//! other: options, credentials and retries are the client's.

mod items;
mod link;
mod mark;
mod turn;

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;

pub use self::items::Items;
pub(crate) use self::link::{target, without};
pub use self::mark::Mark;
use self::turn::Step;
pub use self::turn::{NextPage, Turn};
use crate::error::{Error, RequestError};
use crate::exchange::History;
use crate::response::Response;

/// So many pages in a row may be empty although the server names another one behind them.
const EMPTY_PAGES: u32 = 1000;

/// A prepared call of an operation that pages: where a page has its items, and how the next page is asked for.
pub trait Paged:
    Clone
    + IntoFuture<
        Output = Result<Response<<Self as Paged>::Page>, Error<<Self as Paged>::ErrorBody>>,
        IntoFuture: Send + Unpin,
    >
{
    /// What a call yields.
    type Page;

    /// What a page has many of.
    type Item: Clone + PartialEq;

    /// The body of a documented error.
    type ErrorBody;

    /// The items of a page; `None` if it has no list of them.
    fn items(page: &mut Self::Page) -> Option<&mut Vec<Self::Item>>;

    /// Makes this call the one for the page behind `page`.
    fn turn(&mut self, page: &Response<Self::Page>, turn: Turn) -> NextPage;
}

/// The pages of a list, each asked for when it is waited for.
///
/// ```no_run
/// # async fn show<P: client_runtime::Paged>(mut pages: client_runtime::Pages<P>) -> Result<(), client_runtime::Error<P::ErrorBody>> {
/// while let Some(page) = pages.next().await {
///     println!("{}", page?.status());
/// }
/// # Ok(())
/// # }
/// ```
///
/// The first page is given out even if it is empty. An error is given out, and then comes the end. It is an error too
/// if the server names a page that it has named before, gives the same items twice in a row, or leads to another
/// server: see [`Error::is_paging`]. The items before it are all there are up to that place.
#[must_use = "a page is asked for when it is waited for"]
pub struct Pages<P: Paged> {
    operation: &'static str,
    /// The call of the page that is next, or under way; `None` after the end.
    call: Option<P>,
    under_way: Option<P::IntoFuture>,
    /// What is wrong with the way to the page behind the one that was given out.
    fault: Option<&'static str>,
    pages: u64,
    items: u64,
    /// The items of the last page, if nothing but them shows that the server goes on.
    last: Vec<P::Item>,
    trail: Trail,
}

/// A page, or why there is none.
type PageResult<P> = Result<Response<<P as Paged>::Page>, Error<<P as Paged>::ErrorBody>>;

/// The names of the pages so far.
#[derive(Default)]
struct Trail {
    hasher: RandomState,
    names: HashSet<u64>,
    empty: u32,
}

/// What comes of a page.
enum Verdict {
    /// It is given out, and another one follows.
    Go,
    /// It is given out as the last one.
    Last,
    /// It is given out, and then comes an error.
    LastThen(&'static str),
    /// It only says that there are no more.
    Nothing,
    /// It is an error.
    Fault(&'static str),
}

impl<P: Paged> Pages<P> {
    /// The pages from the one on that `call` asks for.
    pub fn new(operation: &'static str, call: P) -> Self {
        Self {
            operation,
            call: Some(call),
            under_way: None,
            fault: None,
            pages: 0,
            items: 0,
            last: Vec::new(),
            trail: Trail::default(),
        }
    }

    /// Waits for the next page; `None` is the end.
    pub async fn next(&mut self) -> Option<Result<Response<P::Page>, Error<P::ErrorBody>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// The items of these pages, one after the other.
    pub fn into_items(self) -> Items<P> {
        Items::new(self)
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<PageResult<P>>> {
        if let Some(rule) = self.fault.take() {
            return Poll::Ready(Some(Err(self.stray(rule))));
        }
        let Some(call) = &self.call else { return Poll::Ready(None) };
        let under_way = self.under_way.get_or_insert_with(|| call.clone().into_future());
        let outcome = ready!(Pin::new(under_way).poll(cx));
        self.under_way = None;
        Poll::Ready(match outcome {
            Ok(page) => self.take(page),
            Err(error) => {
                self.end();
                // Many servers say so that there is nothing behind the last page, and few documents say that they do.
                let is_end = error.is_undocumented() && error.status() == Some(StatusCode::NO_CONTENT);
                (!is_end).then_some(Err(error))
            }
        })
    }

    fn take(&mut self, mut page: Response<P::Page>) -> Option<PageResult<P>> {
        match self.judge(&mut page) {
            Verdict::Go => {}
            Verdict::Last => self.end(),
            Verdict::LastThen(rule) => {
                self.end();
                self.fault = Some(rule);
            }
            Verdict::Nothing => {
                self.end();
                return None;
            }
            Verdict::Fault(rule) => return Some(Err(self.stray(rule))),
        }
        Some(Ok(page))
    }

    /// Looks at a page, and turns the call to the one behind it.
    fn judge(&mut self, page: &mut Response<P::Page>) -> Verdict {
        let count = P::items(page).map_or(0, |items| items.len());
        self.pages += 1;
        self.items += count as u64;
        let turn = Turn { count: count as u64, items: self.items, pages: self.pages };
        let Some(call) = &mut self.call else { return Verdict::Nothing };
        let is_nothing = count == 0 && self.pages > 1;
        match call.turn(page, turn).step {
            Step::End | Step::Counted { .. } if is_nothing => Verdict::Nothing,
            Step::End | Step::Nameless => Verdict::Last,
            Step::Counted { .. } if count == 0 => Verdict::Last,
            Step::Counted { .. } => self.compare(page),
            Step::Named { from, to } => self.trail.follow(from.as_deref(), &to, count),
            Step::Fault(rule) => Verdict::LastThen(rule),
        }
    }

    /// A server that does not look at the number of the page gives the same one for ever.
    fn compare(&mut self, page: &mut Response<P::Page>) -> Verdict {
        let items = P::items(page).cloned().unwrap_or_default();
        if self.pages > 1 && items == self.last {
            return Verdict::Fault("has the same items as the one before it, so that there would be no end");
        }
        self.last = items;
        Verdict::Go
    }

    fn stray(&mut self, rule: &'static str) -> Error<P::ErrorBody> {
        self.end();
        Error::from_fault(self.operation, History::default(), RequestError::NextPage { rule }.into())
    }

    fn end(&mut self) {
        self.call = None;
        self.under_way = None;
        self.last = Vec::new();
        self.trail = Trail::default();
    }
}

impl Trail {
    /// The server names a page behind one that has so many items.
    fn follow(&mut self, from: Option<&str>, to: &str, count: usize) -> Verdict {
        if let Some(from) = from {
            self.names.insert(self.hasher.hash_one(from));
        }
        let is_new = self.names.insert(self.hasher.hash_one(to));
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        match (is_new, count) {
            (true, _) if self.empty < EMPTY_PAGES => Verdict::Go,
            (true, _) => Verdict::LastThen("would be another empty one, so that there might be no end"),
            // Nothing has come since the server named this place: it is where the list ends for now.
            (false, 0) => Verdict::Last,
            (false, _) => Verdict::LastThen("is one that the server has named before, so that there would be no end"),
        }
    }
}

/// Nothing in here is pinned: the future of a call can be moved.
impl<P: Paged> Unpin for Pages<P> {}

impl<P: Paged> Stream for Pages<P> {
    type Item = Result<Response<P::Page>, Error<P::ErrorBody>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<P: Paged> fmt::Debug for Pages<P> {
    /// Shows where it stands and nothing that was sent or came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation)
            .field("pages", &self.pages)
            .field("items", &self.items)
            .field("is_done", &(self.call.is_none() && self.fault.is_none()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
