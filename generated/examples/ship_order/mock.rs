//! A store of one order on a local port: requests in, the answers that the documentation of the API shows out.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SHIPMENT: &str = r#"{
    "id": 11, "order_id": 228, "customer_id": 11, "order_address_id": 131,
    "date_created": "Wed, 13 Mar 2019 16:35:37 +0000", "tracking_number": "EJ958083578US",
    "merchant_shipping_cost": "4.5000", "shipping_method": "", "shipping_provider": "usps", "tracking_carrier": "",
    "tracking_link": "", "comments": "", "items": [{"order_product_id": 194, "product_id": 0, "quantity": 1}],
    "generated_tracking_link": "http://trkcnfrm1.smi.usps.com/PTSInternetWeb/InterLabelInquiry.do?strOrigTrackNum=EJ958083578US"
}"#;

/// Starts the mock and gives its URL.
pub async fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    Ok(url)
}

/// Answers one request and hangs up.
async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let request = read(&mut stream).await?;
    let (status, body) = respond(request.lines().next().unwrap_or_default());
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}

/// Reads a request up to the end of its body.
async fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Ok(text);
            }
        }
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer).await? {
            0 => return Ok(text),
            count => request.extend_from_slice(&buffer[..count]),
        }
    }
}

/// The status and body for a request line.
fn respond(line: &str) -> (&'static str, String) {
    match line.split(' ').next().unwrap_or_default() {
        "POST" => ("201 Created", SHIPMENT.to_owned()),
        "PUT" => ("200 OK", SHIPMENT.to_owned()),
        "GET" if line.contains("/shipments?") => ("200 OK", format!("[{SHIPMENT}]")),
        _ => ("404 Not Found", r#"[{"status": 404, "message": "The requested resource was not found."}]"#.to_owned()),
    }
}
