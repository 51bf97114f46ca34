//! [`Wait`]: calls for programs without async. In goes a prepared call, out comes what awaiting it gives.
//!
//! What drives connections and timers is a thread of this crate's own, which the first wait starts.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;

/// Waits for a call, or for one item of a stream after the other, in the thread that asks.
///
/// The clients, calls and types are those of async programs: only `.await` becomes `.wait()`.
///
/// ```no_run
/// use client_runtime::{Call, Wait};
///
/// # fn show(call: Call<'_, u64, String>) -> Result<(), Box<dyn std::error::Error>> {
/// let response = call.wait()?;
/// # Ok(())
/// # }
/// ```
///
/// Do not wait within async code: it holds up the thread that others need to go on.
pub trait Wait: Sized {
    /// Sends the call and waits for what comes of it.
    ///
    /// # Panics
    /// The operating system has no thread left for the connections.
    fn wait(self) -> Self::Output
    where
        Self: IntoFuture,
    {
        block_on(self.into_future())
    }

    /// Waits for one item after the other: pages, items of all pages, events.
    fn wait_each(self) -> WaitEach<Self>
    where
        Self: Stream + Unpin,
    {
        WaitEach(self)
    }
}

impl<T> Wait for T {}

/// The items of a stream, for programs without async. See [`Wait::wait_each`].
#[derive(Debug)]
pub struct WaitEach<S>(S);

impl<S: Stream + Unpin> Iterator for WaitEach<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        block_on(poll_fn(|cx| Pin::new(&mut self.0).poll_next(cx)))
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    #[cfg(feature = "reqwest")]
    let _context = driver::enter();
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(outcome) => return outcome,
            Poll::Pending => thread::park(),
        }
    }
}

/// The thread that drives connections and timers.
#[cfg(feature = "reqwest")]
mod driver {
    use std::sync::OnceLock;
    use std::thread;

    use tokio::runtime::{Builder, EnterGuard, Handle};

    /// Lets the current thread use it.
    pub(super) fn enter() -> EnterGuard<'static> {
        static DRIVER: OnceLock<Handle> = OnceLock::new();
        DRIVER.get_or_init(start).enter()
    }

    fn start() -> Handle {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("the operating system watches sockets for this process");
        let handle = runtime.handle().clone();
        let drive = move || runtime.block_on(std::future::pending::<()>());
        let thread = thread::Builder::new().name("client-runtime".to_owned()).spawn(drive);
        thread.expect("the operating system has a thread left for the connections");
        handle
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;
    use crate::{CallOptions, CoreBuilder, Outcome, Request, Retry, Server};

    /// Breaks the first connection, and answers on the second.
    fn serve() -> std::io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        thread::spawn(move || {
            drop(listener.accept());
            if let Ok((mut socket, _)) = listener.accept() {
                let _ = socket.read(&mut [0; 1024]);
                let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
            }
        });
        Ok(url)
    }

    #[test]
    fn call_is_made_without_async() -> Result<(), Box<dyn std::error::Error>> {
        let retry = Retry::standard().backoff(std::time::Duration::from_millis(1), std::time::Duration::from_millis(1));
        let core = CoreBuilder::new(Server::new("/", &[])).base_url(serve()?).retry(retry).build::<String>()?;
        let call = core.send(Request::get("getIt", "/"), CallOptions::new());
        let response = call.read::<i64, String>(|_, body| body.json().map(Outcome::Success)).wait()?;
        assert_eq!(*response, 7);
        Ok(())
    }

    struct Countdown(u8);

    impl Stream for Countdown {
        type Item = u8;

        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u8>> {
            self.0 -= 1;
            match self.0 {
                0 => Poll::Ready(None),
                odd if odd % 2 == 1 => {
                    let waker = cx.waker().clone();
                    thread::spawn(move || waker.wake());
                    Poll::Pending
                }
                even => Poll::Ready(Some(even)),
            }
        }
    }

    #[test]
    fn streams_become_iterators() {
        assert_eq!(Countdown(9).wait_each().collect::<Vec<_>>(), [8, 6, 4, 2]);
    }
}
