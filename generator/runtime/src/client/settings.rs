//! [`settings!`](crate::settings): the setters that the builder of every generated client has, told once.

/// Gives a generated builder the settings that all clients have. It is a struct with a field `builder` that holds a
/// [`CoreBuilder`](crate::CoreBuilder).
#[macro_export]
macro_rules! settings {
    ($builder:ident) => {
        impl $builder {
            /// Tells the server who calls, in the header `User-Agent`.
            #[must_use]
            pub fn user_agent(self, user_agent: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self { builder: self.builder.user_agent(user_agent) }
            }

            /// How long a connection, an attempt, and a whole call may take. See
            /// [`Timeouts::standard`]($crate::Timeouts::standard) for what holds otherwise.
            #[must_use]
            pub fn timeouts(self, timeouts: $crate::Timeouts) -> Self {
                Self { builder: self.builder.timeouts(timeouts) }
            }

            /// When a call is sent again, and how often. See [`Retry`]($crate::Retry) for what is never sent twice;
            /// [`Retry::off`]($crate::Retry::off) sends everything once.
            #[must_use]
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self { builder: self.builder.retry(retry) }
            }

            /// Makes calls wait before they use up the server's quota. Without it they do not wait, and a `429` is
            /// left to the rules for sending again.
            #[must_use]
            pub fn rate_limiter(self, limiter: $crate::RateLimiter) -> Self {
                Self { builder: self.builder.rate_limiter(limiter) }
            }

            /// Says what a header of the server's tells of its quota. It goes before those that are known already, which
            /// [`RateLimit`]($crate::RateLimit) names.
            #[must_use]
            pub fn rate_limit_header(self, name: $crate::HeaderName, header: $crate::RateLimitHeader) -> Self {
                Self { builder: self.builder.rate_limit_header(name, header) }
            }

            /// The longest body of a successful response, in bytes, 64 MiB otherwise. A longer one is an error before
            /// memory runs out. It is counted after decompression.
            #[must_use]
            pub fn response_limit(self, bytes: usize) -> Self {
                Self { builder: self.builder.response_limit(bytes) }
            }

            /// Returns an error for every response that differs from the document, also where the client would accept the
            /// difference, which is otherwise in [`Response::deviations`]($crate::Response::deviations).
            #[must_use]
            pub fn strict(self) -> Self {
                Self { builder: self.builder.strict() }
            }

            /// Allows a server whose URL begins with `http:`. Without it only servers on this machine may have one,
            /// since everybody on the way could read the credentials.
            #[must_use]
            pub fn allow_http(self) -> Self {
                Self { builder: self.builder.allow_http() }
            }

            /// Lets `middleware` see every attempt of every call. The first that is given is the outermost.
            #[must_use]
            pub fn middleware(self, middleware: impl $crate::Middleware) -> Self {
                Self { builder: self.builder.middleware(middleware) }
            }

            /// Sends with `transport` in place of reqwest: a test double, a proxy, another HTTP client.
            #[must_use]
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self { builder: self.builder.transport(transport) }
            }

            /// Takes the time from `clock` in place of the operating system's, for tests that wait for nothing.
            #[must_use]
            pub fn clock(self, clock: impl $crate::Clock) -> Self {
                Self { builder: self.builder.clock(clock) }
            }
        }

        $crate::__http_client! { $builder }
    };
}

/// The setting that is there with the feature `reqwest` of this crate.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    ($builder:ident) => {
        impl $builder {
            /// Sends with this client of reqwest, for proxies and certificates of your own. Set
            /// `redirect::Policy::none()` on it: reqwest takes an API key in a header along to another host. Its total
            /// timeout does not count, see [`timeouts`](Self::timeouts); its connect timeout does.
            #[must_use]
            pub fn http_client(self, client: $crate::reqwest::Client) -> Self {
                Self { builder: self.builder.http_client(client) }
            }
        }
    };
}

/// Nothing to set without it.
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    ($builder:ident) => {};
}
