//! How to live with a server that is far away: errors, retries, time limits, quotas, pages, logs, tests.
//!
//! What is said here of BigCommerce holds for every client of this crate.

/// Errors: what happened, and what to do about it.
#[doc = include_str!("guide/errors.md")]
pub mod errors {}

/// Deviations: responses that differ from the document.
#[doc = include_str!("guide/deviations.md")]
pub mod deviations {}

/// Retries: what is sent again, and what never is.
#[doc = include_str!("guide/retries.md")]
pub mod retries {}

/// Time limits and quotas.
#[doc = include_str!("guide/limits.md")]
pub mod limits {}

/// Lists that come in pages.
#[doc = include_str!("guide/pages.md")]
pub mod pages {}

/// Logs, metrics, and other ways to send.
#[doc = include_str!("guide/observing.md")]
#[cfg_attr(feature = "tracing", doc = include_str!("guide/tracing.md"))]
pub mod observing {}

/// Tests without a server, with the feature `test-util`.
#[cfg(feature = "test-util")]
#[doc = include_str!("guide/testing.md")]
pub mod testing {}

/// Calls without async, with the feature `blocking`.
#[cfg(feature = "blocking")]
#[doc = include_str!("guide/blocking.md")]
pub mod blocking {}
