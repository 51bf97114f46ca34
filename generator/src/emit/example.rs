//! Example calls: as expressions for programs, as text for the docs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, imports, literal, runtime};
use crate::ir::{Expr, Operation, Rest, Success};
use crate::pretty;

/// The call of an operation with example data, up to but without `.await`; none if there can be no such data.
pub fn call(cx: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let example = operation.example.as_ref()?;
    let mut resources = cx.api.resources.iter();
    let resource = resources.find(|resource| resource.operations.iter().any(|known| std::ptr::eq(known, operation)));
    let accessor = literal::ident(resource.map_or("", |resource| &resource.accessor));
    let method = literal::ident(&operation.method_name);
    let arguments = example.arguments.iter().map(|argument| cx.expr(argument));
    let setters = example.setters.iter().map(|(name, value)| {
        let (name, value) = (literal::ident(name), cx.expr(value));
        quote!(.#name(#value))
    });
    let call = quote!(client.#accessor().#method(#(#arguments),*) #(#setters)*);
    Some(imports::spell_out(call, &quote!(runtime)))
}

/// The example as the docs show it: a program of which only the interesting lines are visible.
pub fn text(cx: &Context<'_>, operation: &Operation) -> Option<String> {
    let call = call(cx, operation)?;
    let path = cx.root.path().to_string().replace(' ', "");
    let used = call.to_string();
    let imports: Vec<&str> =
        ["runtime", "types"].into_iter().filter(|name| used.contains(&format!("{name} ::"))).collect();
    let imports = match imports.as_slice() {
        [] => String::new(),
        [one] => format!("use {path}::{one};\n\n"),
        many => format!("use {path}::{{{}}};\n\n", many.join(", ")),
    };
    let statement = match operation.responses.success {
        Success::Nothing => quote!(#call.await?;),
        Success::Events(..) => quote!(let mut events = #call.await?.into_body();),
        _ => quote!(let response = #call.await?;),
    };
    let mut text =
        format!("# async fn example(client: &{path}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n");
    text.push_str(&imports);
    text.push_str(&pretty::statements(statement));
    match operation.responses.success {
        Success::Nothing => {}
        Success::Events(..) => {
            text.push_str("\nwhile let Some(event) = events.next().await {\n    println!(\"{:?}\", event?);\n}");
        }
        _ => text.push_str("\nprintln!(\"{}: {:?}\", response.status(), response.body());"),
    }
    text.push_str("\n# Ok(())\n# }");
    Some(text)
}

impl Context<'_> {
    /// A value as code writes it.
    fn expr(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Boolean(value) => quote!(#value),
            Expr::Integer(digits) => number(digits),
            Expr::IntoInteger(value) => {
                let value = number(&value.to_string());
                quote!(#value.into())
            }
            Expr::Float(value) => {
                let value = literal::float(*value);
                quote!(#value)
            }
            Expr::Text(text) => quote!(#text),
            Expr::IntoText(text) => quote!(#text.into()),
            Expr::Parsed(text) => quote!(#text.parse()?),
            Expr::Json(text) => json(text),
            Expr::List(items) => {
                let items = items.iter().map(|item| self.expr(item));
                quote!(vec![#(#items),*])
            }
            Expr::Tuple(items) => {
                let items = items.iter().map(|item| self.expr(item));
                quote!((#(#items),*))
            }
            Expr::Map(entries) if entries.is_empty() => quote!(Default::default()),
            Expr::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.expr(value);
                    quote!((#key.to_owned(), #value))
                });
                quote!([#(#entries),*].into_iter().collect())
            }
            Expr::Some(value) => {
                let value = self.expr(value);
                quote!(Some(#value))
            }
            Expr::None => quote!(None),
            Expr::Absent => {
                let nullable = runtime::nullable();
                quote!(#nullable::Absent)
            }
            Expr::Null => {
                let nullable = runtime::nullable();
                quote!(#nullable::Null)
            }
            Expr::Value(value) => {
                let (nullable, value) = (runtime::nullable(), self.expr(value));
                quote!(#nullable::Value(#value))
            }
            Expr::Boxed(value) => {
                let value = self.expr(value);
                quote!(Box::new(#value))
            }
            Expr::EnumValue(id, variant) => {
                let (name, variant) = (literal::ident(&self.api.types[*id].name), literal::ident(variant));
                quote!(types::#name::#variant)
            }
            Expr::Variant(id, variant, value) => {
                let (name, variant) = (literal::ident(&self.api.types[*id].name), literal::ident(variant));
                let value = self.expr(value);
                quote!(types::#name::#variant(#value))
            }
            Expr::Newtype(id, value) => {
                let (name, value) = (literal::ident(&self.api.types[*id].name), self.expr(value));
                quote!(types::#name(#value))
            }
            Expr::Struct(id, fields, rest) => {
                let name = literal::ident(&self.api.types[*id].name);
                let fields = fields.iter().map(|(field, value)| {
                    let (field, value) = (literal::ident(field), self.expr(value));
                    quote!(#field: #value,)
                });
                let rest = (*rest == Rest::Default).then(|| quote!(..Default::default()));
                quote!(types::#name { #(#fields)* #rest })
            }
        }
    }
}

fn number(digits: &str) -> TokenStream {
    match digits.strip_prefix('-') {
        Some(digits) => {
            let number = number(digits);
            quote!(-#number)
        }
        None => {
            let number = digits.parse().map_or_else(|_| Literal::u64_unsuffixed(0), Literal::u128_unsuffixed);
            quote!(#number)
        }
    }
}

/// Free-form JSON: simple values convert, others are parsed.
fn json(text: &str) -> TokenStream {
    match serde_json::from_str(text) {
        Ok(serde_json::Value::String(text)) => quote!(#text.into()),
        Ok(serde_json::Value::Bool(value)) => quote!(#value.into()),
        _ => quote!(#text.parse()?),
    }
}
