//! The program that calls every operation once with the example of its docs, and says how that went.

use quote::quote;

use super::{Context, Module, example, literal, program};
use crate::Root;
use crate::ir::{Api, Operation, Success};

/// The program.
pub fn conformance(api: &Api, root: &Root) -> Module {
    let cx = Context::new(api, root);
    let path = root.path();
    let calls = api.operations().map(|operation| emit_call(&cx, operation));
    let names: Vec<_> =
        (0..api.operations().count()).map(|index| literal::ident(&format!("operation_{index}"))).collect();
    let rows = api.operations().zip(&names).enumerate().map(|(index, (operation, name))| {
        let index = literal::count(index);
        let (method, path) = (operation.method.as_str(), &operation.path);
        let (id, variant) = (&operation.id, operation.variant.unwrap_or_default());
        quote! {
            if wanted(#index) {
                report([#id, #variant, #method, #path], #name(&client).await);
            }
        }
    });
    let examples: Vec<_> = api.operations().filter_map(|operation| example::call(&cx, operation)).collect();
    let (client, imports, chain) = (program::client(&cx), program::imports(&cx, &examples), program::chain());
    if api.resources.is_empty() {
        return Module {
            path: "main.rs".to_owned(),
            tokens: quote!(
                fn main() {}
            ),
        };
    }
    let tokens = quote! {
        //! Calls every operation once with example data, or those whose numbers are given.
        #![allow(deprecated, reason = "what is deprecated can still be called")]
        use #path::Client;
        #imports

        type Outcome = Result<u16, Box<dyn std::error::Error>>;

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let base_url = std::env::args().nth(1).ok_or("usage: conformance BASE_URL [NUMBER ...]")?;
            let numbers: Vec<usize> = std::env::args().skip(2).map(|number| number.parse()).collect::<Result<_, _>>()?;
            let wanted = |number| numbers.is_empty() || numbers.contains(&number);
            let client = #client;
            #(#rows)*
            Ok(())
        }

        fn report(call: [&str; 4], outcome: Outcome) {
            let said = match outcome {
                Ok(status) => format!("ok\t{status}"),
                Err(error) => match documented_status(error.as_ref()) {
                    Some(status) => format!("ok\t{status}"),
                    None => format!("failed\t{}", chain(error.as_ref())),
                },
            };
            println!("{}\t{said}", call.join("\t"));
        }

        /// The status of an error that the document describes, which is an answer like any other.
        fn documented_status(error: &(dyn std::error::Error + 'static)) -> Option<u16> {
            let error = error.downcast_ref::<#path::Error>().filter(|error| error.is_documented())?;
            error.status().map(|status| status.as_u16())
        }

        #chain

        #(#calls)*
    };
    Module { path: "main.rs".to_owned(), tokens }
}

fn emit_call(cx: &Context<'_>, operation: &Operation) -> proc_macro2::TokenStream {
    let index = cx.api.operations().position(|known| std::ptr::eq(known, operation)).unwrap_or_default();
    let name = literal::ident(&format!("operation_{index}"));
    let Some(call) = example::call(cx, operation) else {
        return quote! {
            async fn #name(_client: &Client) -> Outcome {
                Err("no value can be made up of what must be sent".into())
            }
        };
    };
    let result = if matches!(operation.responses.success, Success::Events(..)) {
        quote! {
            let (status, _, mut events) = response.into_parts();
            while let Some(event) = events.next().await {
                event?;
            }
            Ok(status.as_u16())
        }
    } else {
        quote!(Ok(response.status().as_u16()))
    };
    quote! {
        async fn #name(client: &Client) -> Outcome {
            let response = #call.await?;
            #result
        }
    }
}
