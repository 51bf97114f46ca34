//! Identifiers and literals as Rust writes them by hand: no suffixes, raw identifiers where need be.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::ir;

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

/// A value of the document as a literal: a string, an integer or a boolean.
pub fn json(value: &ir::Literal) -> TokenStream {
    match value {
        ir::Literal::String(text) => quote!(#text),
        ir::Literal::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        ir::Literal::Boolean(boolean) => quote!(#boolean),
    }
}

/// A value of the document as an expression of the type of its property, which may be an enumeration.
pub fn preset(value: &ir::Literal, ty: &ir::Type) -> TokenStream {
    let literal = json(value);
    match ty {
        ir::Type::Named(_) => quote!(#literal.into()),
        ir::Type::String => quote!(#literal.to_owned()),
        _ => literal,
    }
}
