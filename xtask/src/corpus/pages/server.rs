//! The server of lists on a real socket: lists in, answers to whoever asks for their pages out. What an answer is, is decided in
//! `reading`.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use generator::lists::List;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, LINK};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use super::reading::{Page, Reading};
use super::request::Asked;

/// A server that lives as long as this does.
pub struct Server {
    url: String,
    readings: Arc<Mutex<Vec<Reading>>>,
    /// Where it runs.
    runtime: Runtime,
}

impl Server {
    /// Listens on a free port of this machine.
    pub fn start(lists: &[List]) -> Result<Self> {
        let readings = Arc::new(Mutex::new(lists.iter().cloned().map(Reading::new).collect()));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_io().build();
        let runtime = runtime.context("cannot start a server")?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).context("there is no free port")?;
        let url = format!("http://{}", listener.local_addr().context("cannot tell the port")?);
        runtime.spawn(listen(listener, Arc::clone(&readings)));
        Ok(Self { url, readings, runtime })
    }

    /// Its URL without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was wrong with the requests, list by list.
    pub fn finish(self) -> Vec<Option<String>> {
        self.runtime.shutdown_background();
        let readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        readings.iter().map(|reading| reading.complaint().map(str::to_owned)).collect()
    }
}

async fn listen(listener: TcpListener, readings: Arc<Mutex<Vec<Reading>>>) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let readings = Arc::clone(&readings);
        let service = service_fn(move |request| serve(request, Arc::clone(&readings)));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn serve(
    request: Request<Incoming>,
    readings: Arc<Mutex<Vec<Reading>>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let answer = match body.collect().await {
        Ok(body) => answer(&Asked::new(head, body.to_bytes()), &readings),
        Err(error) => Err(error.to_string()),
    };
    Ok(answer.and_then(|page| written(&page)).unwrap_or_else(|complaint| {
        let mut response = Response::new(Full::from(complaint));
        *response.status_mut() = hyper::StatusCode::BAD_REQUEST;
        response
    }))
}

fn answer(asked: &Asked, readings: &Mutex<Vec<Reading>>) -> Result<Page, String> {
    let mut readings = readings.lock().unwrap_or_else(PoisonError::into_inner);
    let reading = asked.list().and_then(|list| readings.get_mut(list));
    reading.ok_or("it is not said which list is meant")?.answer(asked)
}

fn written(page: &Page) -> Result<Response<Full<Bytes>>, String> {
    let mut response = Response::builder().status(page.status).header(CONTENT_TYPE, &page.media_type);
    if let Some(link) = &page.link {
        response = response.header(LINK, link);
    }
    response.body(Full::from(page.body.to_string())).map_err(|error| format!("the page cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use generator::lists::{Next, Property, Without};

    use super::*;

    fn list() -> List {
        List {
            id: String::new(),
            next: Next::LinkHeader,
            ends: Vec::new(),
            items: Property { names: Vec::new(), without: Without::Never },
            page: Some(serde_json::json!([7])),
            marks: Vec::new(),
            status: 203,
            media_type: "application/x+json".to_owned(),
        }
    }

    #[test]
    fn pages_go_over_the_wire_and_complaints_are_kept() {
        let server = Server::start(&[list(), list()]).unwrap();
        let address = server.url().trim_start_matches("http://").to_owned();
        let say = |target: &str, list: &str| {
            let mut stream = TcpStream::connect(&address).unwrap();
            write!(stream, "GET {target} HTTP/1.1\r\nhost: h\r\nx-list: {list}\r\nconnection: close\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let first = say("/a", "1");
        let link = "link: </>; rel=\"first\", <http://h/a?behind-page=1>; rel=\"next\"\r\n";
        for expected in ["HTTP/1.1 203", "content-type: application/x+json\r\n", link, "\r\n\r\n[7,7,7]"] {
            assert!(first.contains(expected), "{first}");
        }
        let second = say("/a", "1");
        assert!(second.starts_with("HTTP/1.1 400") && second.contains("`/a` is asked for and not"), "{second}");
        assert!(say("/a", "2").starts_with("HTTP/1.1 400"));
        let complaints = server.finish();
        assert_eq!(complaints[0], None);
        assert_eq!(complaints[1].as_deref(), Some("`/a` is asked for and not `/a?behind-page=1`"));
    }
}
