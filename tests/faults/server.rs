//! A server on a real socket that misbehaves as it is told. In goes what to do about a request, out come the requests
//! that came, in their order.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One thing that the server does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one by one, with so much time between them.
    Drip(Vec<u8>, Duration),
    /// Sends bytes again and again for as long as anybody takes them.
    Flood(Vec<u8>),
    /// Does nothing for a while.
    Wait(Duration),
    /// Ends the connection without a goodbye.
    Reset,
    /// Ends the connection.
    Close,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Line and headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The method.
    pub fn method(&self) -> &str {
        self.head.split(' ').next().unwrap_or_default()
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn length(&self) -> usize {
        self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default()
    }
}

type Play = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

/// The server. It ends when the test does.
pub struct Server {
    /// Its URL without a slash at the end.
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Does one thing after the other, and the last again and again.
    pub async fn script(scenes: Vec<Vec<Step>>) -> Self {
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let seen = Arc::clone(&requests);
        let mut server = Self::forgetful(move |request| {
            let mut seen = lock(&seen);
            seen.push(request.clone());
            scenes.get(seen.len() - 1).or(scenes.last()).cloned().unwrap_or_default()
        })
        .await;
        server.requests = requests;
        server
    }

    /// Does what `play` says about each request, and remembers none.
    pub async fn forgetful(play: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(listen(listener, Arc::new(play)));
        Self { url, requests: Arc::default() }
    }

    /// What came so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }

    /// How much came so far.
    pub fn count(&self) -> usize {
        lock(&self.requests).len()
    }
}

/// Nothing panics while it holds one of these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds the lock")
}

async fn listen(listener: TcpListener, play: Arc<Play>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&play)));
    }
}

async fn serve(mut stream: TcpStream, play: Arc<Play>) {
    let mut unread = Vec::new();
    while let Some(request) = read(&mut stream, &mut unread).await {
        for step in play(&request) {
            if act(&mut stream, step).await.is_none() {
                return;
            }
        }
    }
}

/// Does one thing; `None` is the end of the connection.
async fn act(stream: &mut TcpStream, step: Step) -> Option<()> {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).await.ok(),
        Step::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte]).await.ok()?;
                tokio::time::sleep(pause).await;
            }
            Some(())
        }
        Step::Flood(bytes) => {
            while stream.write_all(&bytes).await.is_ok() {}
            None
        }
        Step::Wait(time) => {
            tokio::time::sleep(time).await;
            Some(())
        }
        Step::Reset => {
            // Without time to linger, closing sends RST.
            let _ = stream.set_zero_linger();
            None
        }
        Step::Close => {
            let _ = stream.shutdown().await;
            None
        }
    }
}

/// The next request of a connection.
async fn read(stream: &mut TcpStream, unread: &mut Vec<u8>) -> Option<Request> {
    loop {
        if let Some(end) = unread.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&unread[..end]).into_owned();
            let mut request = Request { head, body: Vec::new() };
            let all = end + 4 + request.length();
            if unread.len() >= all {
                request.body = unread[end + 4..all].to_vec();
                unread.drain(..all);
                return Some(request);
            }
        }
        let mut buffer = [0; 8192];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => unread.extend_from_slice(&buffer[..count]),
        }
    }
}

/// A whole answer, in one piece.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Status\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    format!("{text}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The same with JSON.
pub fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, &[("content-type", "application/json")], body)
}
