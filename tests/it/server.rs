//! A server on a real socket: scripted answers in, the requests that came recorded out. It checks nothing.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that gives its answers in order, one per connection, the last one again and again.
pub struct Server {
    /// Its URL without a slash at the end.
    pub url: String,
    address: String,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    connections: usize,
    requests: Vec<Recorded>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Recorded {
    head: String,
    /// The body as text.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Server {
    /// Starts a server; an answer is everything that goes over the wire.
    pub async fn start(answers: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let log = Arc::new(Mutex::new(Log::default()));
        tokio::spawn(listen(listener, answers, Arc::clone(&log)));
        Self { url: format!("http://{address}"), address, log }
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.log).requests.clone()
    }

    /// The only request.
    #[track_caller]
    pub fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// How often anybody connected, be it without a word.
    pub async fn connections(&self) -> usize {
        // Connections are taken in their order, so once this one has ended all others have been counted.
        let mut last = TcpStream::connect(&self.address).await.expect("the server listens");
        last.shutdown().await.expect("nothing was written");
        last.read_to_end(&mut Vec::new()).await.expect("the server hangs up");
        lock(&self.log).connections - 1
    }
}

/// Lets a client make one call that is answered so; gives the request and what came of the call.
pub async fn exchange<C, R>(
    answer: Vec<u8>,
    client: impl FnOnce(&str) -> C,
    call: impl AsyncFnOnce(&C) -> R,
) -> (Recorded, R) {
    let server = Server::start(vec![answer]).await;
    let result = call(&client(&server.url)).await;
    (server.request(), result)
}

fn lock(log: &Mutex<Log>) -> std::sync::MutexGuard<'_, Log> {
    log.lock().expect("nothing panics while it holds the lock")
}

async fn listen(listener: TcpListener, answers: Vec<Vec<u8>>, log: Arc<Mutex<Log>>) {
    for count in 0.. {
        let Ok((stream, _)) = listener.accept().await else { break };
        lock(&log).connections += 1;
        let answer = answers.get(count).or(answers.last()).cloned().unwrap_or_default();
        serve(stream, &answer, &log).await;
    }
}

async fn serve(mut stream: TcpStream, answer: &[u8], log: &Mutex<Log>) {
    let mut bytes = Vec::new();
    let request = loop {
        let mut buffer = [0; 8192];
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        bytes.extend_from_slice(&buffer[..count]);
        if let Some(request) = complete(&bytes) {
            break request;
        }
        if count == 0 {
            return;
        }
    };
    lock(log).requests.push(request);
    // The caller may have hung up, which is its right.
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
}

/// The request, once its body is there.
fn complete(bytes: &[u8]) -> Option<Recorded> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, body) = (&bytes[..end], &bytes[end + 4..]);
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let recorded = Recorded { head: text(head), body: text(body), bytes: body.to_vec() };
    let length = recorded.header("content-length").next().and_then(|length| length.parse().ok()).unwrap_or(0);
    (body.len() >= length).then_some(recorded)
}

impl Recorded {
    /// Method and target, as in `GET /pets?page=2`.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1")
    }

    /// The values of a header, one for each time that it is there.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.lines().skip(1).filter_map(move |line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Method and target, the named headers that are there, and the body: what a test compares with.
    pub fn text(&self, headers: &[&str]) -> String {
        let mut text = self.line().to_owned();
        for name in headers {
            for value in self.header(name) {
                text.push_str(&format!("\n{name}: {value}"));
            }
        }
        if !self.body.is_empty() {
            text.push_str(&format!("\n\n{}", self.body));
        }
        text
    }
}

/// A whole answer, with headers of its own.
pub fn answer_with(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    // Without this a client may send its next request into a connection that is about to end.
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    // RFC 9110, section 8.6: a 204 has no length.
    if status != 204 {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    format!("{text}\r\n{body}").into_bytes()
}

/// A whole answer with a body that is no text.
pub fn answer_bytes(status: u16, media_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len().to_string();
    let headers = [("content-type", media_type), ("content-length", length.as_str())];
    let head = answer_with(204, &headers, "").strip_prefix(b"HTTP/1.1 204").map(<[u8]>::to_vec);
    [format!("HTTP/1.1 {status}").as_bytes(), &head.expect("a status line"), body].concat()
}

/// A whole answer.
pub fn answer(status: u16, media_type: &str, body: &str) -> Vec<u8> {
    answer_with(status, &[("content-type", media_type), ("x-request", "7")], body)
}

/// A whole answer with a JSON body.
pub fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "application/json", body)
}

/// A whole answer without a body.
pub fn empty(status: u16) -> Vec<u8> {
    answer_with(status, &[], "")
}
