//! The crate is called with the double of the library in place of the library.

use from_build_script::answer;
use from_build_script::library::{double, types};

#[tokio::test(flavor = "current_thread")]
async fn readers_are_told_what_the_library_knows() -> Result<(), Box<dyn std::error::Error>> {
    let server = double::server();
    let mut book = types::Book::new("Emma");
    book.lent = Some(true);
    server.on::<double::GetBook>().answer(book);
    let client = double::builder(&server).build()?;

    assert_eq!(answer(&client, 7).await?, "Emma is lent");
    assert_eq!(server.requests::<double::GetBook>()?[0].id, 7);
    Ok(())
}
