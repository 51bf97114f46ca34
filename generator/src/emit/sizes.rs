//! Enums whose variants differ much in size, of which clippy wants to be told.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Sizes, Type, Types};

/// Bytes between the largest variant and the next from which clippy may object; less than its own number, since what is
/// computed here is no more than an estimate.
const UNEVEN: usize = 180;

/// The attribute for an enum whose variants hold these types, if it needs one.
pub fn allow_uneven<'t>(types: &Types, variants: impl Iterator<Item = &'t Type>) -> TokenStream {
    let mut known = Sizes::new(types);
    let mut sizes: Vec<usize> = variants.map(|ty| known.of(types, ty)).collect();
    sizes.sort_unstable();
    match sizes.as_slice() {
        [.., second, first] if first - second >= UNEVEN => {
            quote!(#[allow(clippy::large_enum_variant, reason = "boxes would be in the way of whoever matches on it")])
        }
        _ => TokenStream::new(),
    }
}
