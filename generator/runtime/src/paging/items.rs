//! [`Items`]: in go pages, out come their items one by one.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::{Paged, Pages};
use crate::error::Error;

/// The items of a list, whatever pages they come in; a page is asked for when the items before it are used up.
///
/// ```no_run
/// # async fn show<P: client_runtime::Paged<Item: std::fmt::Debug>>(mut items: client_runtime::Items<P>) -> Result<(), client_runtime::Error<P::ErrorBody>> {
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// It ends and fails as [`Pages`] do.
#[must_use = "a page is asked for when it is waited for"]
pub struct Items<P: Paged> {
    pages: Pages<P>,
    page: IntoIter<P::Item>,
}

/// An item, or why there is none.
type ItemResult<P> = Result<<P as Paged>::Item, Error<<P as Paged>::ErrorBody>>;

impl<P: Paged> Items<P> {
    pub(super) fn new(pages: Pages<P>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// Waits for the next item; `None` is the end.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error<P::ErrorBody>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<ItemResult<P>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(mut page)) => {
                    self.page = P::items(&mut page).map(std::mem::take).unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in here is pinned.
impl<P: Paged> Unpin for Items<P> {}

impl<P: Paged> Stream for Items<P> {
    type Item = Result<P::Item, Error<P::ErrorBody>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<P: Paged> fmt::Debug for Items<P> {
    /// Shows where it stands and nothing that was sent or came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("at_hand", &self.page.len()).finish()
    }
}
