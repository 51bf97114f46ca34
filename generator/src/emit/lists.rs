//! The program that reads every list that comes in pages to its end, and says how many pages and items there were.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Module, example, literal, program};
use crate::Root;
use crate::ir::{Api, NextPage, Operation, Paging};

/// Longer lists are not read to their end.
const MAX_PAGES: usize = 10;

/// The program; none for a client without such lists. It prints a line for each: id, variant, method and path of the
/// operation, what it pages by, then `ok` with the numbers of pages and items, or `failed` with the reason. Its requests
/// have the number of the list in the header `x-list`.
pub fn pages(api: &Api, root: &Root) -> Option<Module> {
    let cx = Context::new(api, root);
    let lists = api
        .operations()
        .filter_map(|operation| Some(((operation, operation.paging.as_ref()?), example::call(&cx, operation)?)));
    let (lists, calls): (Vec<(&Operation, &Paging)>, Vec<TokenStream>) = lists.unzip();
    if lists.is_empty() {
        return None;
    }
    let (client, imports, chain) = (program::client(&cx), program::imports(&cx, &calls), program::chain());
    let names: Vec<_> = (0..lists.len()).map(|index| literal::ident(&format!("list_{index}"))).collect();
    let rows = lists.iter().zip(&names).map(|((operation, paging), name)| {
        let (method, path, by) = (operation.method.as_str(), &operation.path, by(&paging.next));
        let (id, variant) = (&operation.id, operation.variant.unwrap_or_default());
        quote!(report([#id, #variant, #method, #path, #by], #name(&client).await);)
    });
    let functions = names.iter().zip(&calls).enumerate().map(|(index, (name, call))| {
        let index = literal::count(index);
        quote! {
            async fn #name(client: &Client) -> Outcome {
                read(#call.with(numbered(#index)).pages()).await
            }
        }
    });
    let (path, most) = (root.path(), literal::count(MAX_PAGES));
    let too_many = format!("the list goes on after {MAX_PAGES} pages");
    let tokens = quote! {
        //! Reads every list that comes in pages to its end.
        #![allow(deprecated, reason = "what is deprecated can still be called")]
        use #path::runtime::{CallOptions, HeaderName, HeaderValue, Paged, Pages};
        use #path::{Client, ErrorBody};
        #imports

        /// How many pages and items there were.
        type Outcome = Result<(usize, usize), Box<dyn std::error::Error>>;

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let base_url = std::env::args().nth(1).ok_or("usage: lists BASE_URL")?;
            let client = #client;
            #(#rows)*
            Ok(())
        }

        /// Tells the server which list is meant, on every page.
        fn numbered(list: usize) -> CallOptions {
            CallOptions::new().header(HeaderName::from_static("x-list"), HeaderValue::from(list))
        }

        async fn read<P: Paged<ErrorBody = ErrorBody>>(mut pages: Pages<P>) -> Outcome {
            let (mut number, mut items) = (0, 0);
            while let Some(page) = pages.next().await {
                number += 1;
                items += P::items(&mut *page?).map_or(0, |items| items.len());
                if number > #most {
                    return Err(#too_many.into());
                }
            }
            Ok((number, items))
        }

        fn report(list: [&str; 5], outcome: Outcome) {
            let said = match outcome {
                Ok((pages, items)) => format!("ok\t{pages}\t{items}"),
                Err(error) => format!("failed\t{}", chain(error.as_ref())),
            };
            println!("{}\t{said}", list.join("\t"));
        }

        #chain

        #(#functions)*
    };
    Some(Module { path: "main.rs".to_owned(), tokens })
}

/// What it pages by, in a word.
fn by(next: &NextPage) -> &'static str {
    match next {
        NextPage::Number { .. } => "page",
        NextPage::Offset { .. } => "offset",
        NextPage::Cursor { .. } => "cursor",
        NextPage::LastItem { .. } => "last-item",
        NextPage::LinkHeader => "link-header",
        NextPage::Url(_) => "url",
    }
}
