//! A crate with the client of `library.yaml`, which its build script generates: see `build.rs`. Nothing generated is committed.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// What a reader who asks for a book is told.
///
/// # Errors
/// Whatever keeps the library from answering; that there is no such book is an answer.
pub async fn answer(client: &library::Client, id: i64) -> Result<String, library::Error> {
    match client.books().get(id).await {
        Ok(book) if book.lent == Some(true) => Ok(format!("{} is lent", book.title)),
        Ok(book) => Ok(format!("{} is there", book.title)),
        Err(error) if error.status().is_some_and(|status| status == 404) => Ok("there is no such book".to_owned()),
        Err(error) => Err(error),
    }
}
