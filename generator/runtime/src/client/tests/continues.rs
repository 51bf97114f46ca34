//! A server that sends interim responses, and never the final one.

use std::time::{Duration, Instant};

use super::*;

#[tokio::test]
async fn interim_responses_do_not_prolong_an_attempt() -> TestResult {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = tokio::spawn(async move {
        let Ok((mut socket, _)) = listener.accept().await else { return };
        let _ = socket.read(&mut [0; 1024]).await;
        while socket.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let core = CoreBuilder::new(Server::new("/", &[])).base_url(url).build::<String>()?;
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(100)).no_retries();
    let call = core.send(Request::get("wait", "/"), options).read::<(), String>(|_, _| Ok(Outcome::Undocumented));
    let started = Instant::now();
    let error = call.await.err().ok_or("an answer")?;
    assert_eq!(error.to_string(), "`wait` failed: the server did not answer in time");
    assert!(started.elapsed() < Duration::from_secs(20));
    // Giving up closes the connection.
    server.await?;
    Ok(())
}
