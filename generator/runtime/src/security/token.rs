//! [`Token`]: a bearer token, or who gives one for every request. In go texts and functions, out come secrets.
//!
//! No token is kept here beyond the request that it was asked for.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use crate::secret::Secret;

/// What a [`TokenProvider`] gives.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Gives the token of a request, for tokens that run out.
///
/// It is asked once for every request that needs the token, so it has to keep the token until it runs out. It is asked
/// before the request is sent, and no time limit of the client holds for it. Functions and closures that give a future
/// of a `Result<Secret, _>` are providers.
pub trait TokenProvider: Send + Sync + 'static {
    /// The token, without the word `Bearer`.
    fn token(&self) -> TokenFuture<'_>;
}

impl<F, R, E> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Secret, E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn token(&self) -> TokenFuture<'_> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// A bearer token, or a provider of one. `Debug` never shows it.
///
/// ```
/// use client_runtime::{Secret, Token};
///
/// let fixed = Token::from("abc");
/// let renewed = Token::provider(|| async { std::env::var("TOKEN").map(Secret::from) });
/// # let _ = (fixed, renewed);
/// ```
#[derive(Clone)]
pub struct Token(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Fixed(Secret),
    Provider(Arc<dyn TokenProvider>),
}

impl Token {
    /// The token that `provider` gives for each request.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }
}

impl<T: Into<Secret>> From<T> for Token {
    fn from(token: T) -> Self {
        Self(Source::Fixed(token.into()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Why a [`TokenProvider`] gave no token: its own error, which is what [`get_ref`](Self::get_ref) gives.
///
/// `Debug` leaves it out, since it may tell more than is good for a log. Only clones of one are the same.
#[derive(Clone)]
pub struct ProviderError(Arc<dyn StdError + Send + Sync>);

impl ProviderError {
    pub(super) fn new(error: Box<dyn StdError + Send + Sync>) -> Self {
        Self(error.into())
    }

    /// The provider's error.
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.0
    }
}

impl fmt::Debug for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProviderError")
    }
}

impl PartialEq for ProviderError {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ProviderError {}
