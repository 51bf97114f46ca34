//! [`ir::Api`] in, tokens per file out. Nothing is decided here, and nothing here can fail.
//!
//! Which item goes into which file: `client`, `error`, a file per resource in `operations`, a file per component
//! schema in `types`. Names of the runtime, of other types and of std are written as markers, from which
//! [`imports`] makes the `use` lines of a file.

mod call;
mod client;
mod conformance;
mod debug;
mod docs;
mod double;
mod enums;
mod error;
mod example;
mod features;
mod imports;
mod lists;
mod literal;
mod markdown;
mod operations;
mod paging;
mod program;
mod round_trip;
mod runtime;
mod setters;
mod sizes;
mod structs;
mod ty;
mod types;
mod unions;
mod values;

use proc_macro2::TokenStream;
use quote::quote;

pub use self::conformance::conformance;
pub use self::lists::pages;
pub use self::round_trip::round_trip;
pub use self::values::values;
use crate::{Root, ir};

/// A file of Rust.
pub struct Module {
    /// Its path from the root of the emitted code.
    pub path: String,
    /// Its content.
    pub tokens: TokenStream,
}

/// What the emitters share.
struct Context<'a> {
    api: &'a ir::Api,
    root: &'a Root,
    secrecy: ir::Secrecy,
}

impl<'a> Context<'a> {
    fn new(api: &'a ir::Api, root: &'a Root) -> Self {
        Self { api, root, secrecy: ir::Secrecy::new(&api.types) }
    }
}

impl Root {
    /// The file that the emitted code begins with.
    fn file(&self) -> &'static str {
        match self {
            Self::Module { .. } | Self::Included { .. } => "mod.rs",
            Self::Crate { .. } => "lib.rs",
        }
    }

    /// The path of the emitted code as another crate writes it.
    fn path(&self) -> TokenStream {
        match self {
            Self::Module { crate_name, module } | Self::Included { crate_name, module } => {
                let (crate_name, module) = (literal::ident(crate_name), literal::ident(module));
                quote!(#crate_name::#module)
            }
            Self::Crate { crate_name } => {
                let crate_name = literal::ident(crate_name);
                quote!(#crate_name)
            }
        }
    }

    /// The path of the emitted code as it writes it itself.
    fn own_path(&self) -> TokenStream {
        match self {
            Self::Module { module, .. } | Self::Included { module, .. } => {
                let module = literal::ident(module);
                quote!(crate::#module)
            }
            Self::Crate { .. } => quote!(crate),
        }
    }
}

/// Emits all files; a document without operations has types alone.
pub fn emit(api: &ir::Api, root: &Root) -> Vec<Module> {
    let cx = Context::new(api, root);
    let mut modules = vec![root_module(&cx)];
    if !api.resources.is_empty() {
        modules.extend([client::emit_client(&cx), error::emit_error(&cx)]);
        modules.extend(operations::emit_operations(&cx));
        modules.extend(double::emit_double(&cx));
    }
    modules.extend(types::emit_types(&cx));
    modules
}

fn root_module(cx: &Context<'_>) -> Module {
    let docs = docs::inner(&docs::root(cx));
    let has_client = !cx.api.resources.is_empty();
    let modules = has_client.then(|| {
        quote! {
            mod client;
            #[cfg(feature = "test-util")]
            pub mod double;
            mod error;
            pub mod operations;
        }
    });
    let exports = has_client.then(|| {
        quote! {
            pub use self::client::{Client, ClientBuilder};
            pub use self::error::{Error, ErrorBody};
        }
    });
    // A module cannot decide for the crate that it is a part of.
    let lints = matches!(cx.root, Root::Crate { .. }).then(|| quote!(#![forbid(unsafe_code)]));
    let tokens = quote! {
        #docs
        #lints

        #modules
        pub mod types;

        pub use client_runtime as runtime;

        #exports
    };
    Module { path: cx.root.file().to_owned(), tokens }
}
