//! Identifiers and literals as Rust writes them by hand: no suffixes, raw identifiers where need be.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// An identifier that lowering has checked; `r#` is understood.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A count.
pub fn count(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

/// A floating point number.
pub fn float(number: f64) -> Literal {
    Literal::f64_unsuffixed(number)
}

/// A whole number.
pub fn integer(number: i128) -> TokenStream {
    let digits = Literal::u128_unsuffixed(number.unsigned_abs());
    if number < 0 { quote!(-#digits) } else { quote!(#digits) }
}

/// `name: value` in a struct expression, or just `name` where both are the same.
pub fn shorthand(name: &Ident, value: TokenStream) -> TokenStream {
    if *name == value.to_string() { value } else { quote!(#name: #value) }
}
