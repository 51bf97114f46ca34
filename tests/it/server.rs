//! A server on a real socket: scripted answers in, the requests that came recorded out. It checks nothing.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that gives its answers in order, one per connection, the last one again and again.
pub struct Server {
    /// Its URL without a slash at the end.
    pub url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Recorded {
    head: String,
    /// The body.
    pub body: String,
}

impl Server {
    /// Starts a server; an answer is everything that goes over the wire.
    pub async fn start(answers: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            for count in 0.. {
                let Ok((stream, _)) = listener.accept().await else { break };
                let answer = answers.get(count).or(answers.last()).cloned().unwrap_or_default();
                serve(stream, &answer, &recorded).await;
            }
        });
        Self { url, requests }
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().expect("no test panics while it holds the lock").clone()
    }

    /// The only request.
    #[track_caller]
    pub fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

async fn serve(mut stream: TcpStream, answer: &[u8], recorded: &Mutex<Vec<Recorded>>) {
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
    recorded.lock().expect("no test panics while it holds the lock").push(request);
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
}

/// The request, once its body is there.
fn complete(bytes: &[u8]) -> Option<Recorded> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let recorded = Recorded { head: head.to_owned(), body: body.to_owned() };
    let length = recorded.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    (body.len() >= length).then_some(recorded)
}

impl Recorded {
    /// Method and target, as in `GET /pets?page=2`.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1")
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Method and target, the named headers that are there, and the body: what a test compares with.
    pub fn text(&self, headers: &[&str]) -> String {
        let mut text = self.line().to_owned();
        for name in headers {
            if let Some(value) = self.header(name) {
                text.push_str(&format!("\n{name}: {value}"));
            }
        }
        if !self.body.is_empty() {
            text.push_str(&format!("\n\n{}", self.body));
        }
        text
    }
}

/// A whole answer.
pub fn answer(status: u16, media_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Status\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nx-request: 7\r\n\r\n{body}")
        .into_bytes()
}

/// A whole answer with a JSON body.
pub fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "application/json", body)
}

/// A whole answer without a body.
pub fn empty(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} Status\r\ncontent-length: 0\r\n\r\n").into_bytes()
}
