//! The contract with the runtime: every name of it that emitted code uses is written here and nowhere else.
//!
//! Each function gives a marker that [`imports`](super::imports) turns into the name and a `use` line.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What marks a name of the runtime.
pub const RUNTIME: &str = "__runtime_";
/// What marks another type of the document.
pub const TYPE: &str = "__type_";
/// What marks `BTreeMap`.
pub const STD: &str = "__std_";

macro_rules! contract {
    ($($(#[doc = $doc:literal])* $function:ident = $name:literal;)*) => {$(
        $(#[doc = $doc])*
        pub fn $function() -> Ident {
            Ident::new(concat!("__runtime_", $name), Span::call_site())
        }
    )*};
}

contract! {
    /// The future of a call.
    call = "Call";
    call_options = "CallOptions";
    bytes = "Bytes";
    core = "Core";
    core_builder = "CoreBuilder";
    credential = "Credential";
    limit = "Limit";
    location = "Location";
    event_format = "EventFormat";
    events = "Events";
    file = "File";
    headers_macro = "headers";
    settings_macro = "settings";
    items = "Items";
    next_page = "NextPage";
    outcome = "Outcome";
    paged = "Paged";
    pages = "Pages";
    turn = "Turn";
    parameter = "Parameter";
    part_encoding = "PartEncoding";
    request = "Request";
    response = "Response";
    security_scheme = "SecurityScheme";
    server = "Server";
    server_variable = "ServerVariable";
    style = "Style";
    secret = "Secret";
    nullable = "Nullable";
    token = "Token";
    decimal = "Decimal";
    decimal_number = "DecimalNumber";
    rfc2822 = "Rfc2822";
    date_time = "DateTime";
    date = "Date";
    json_value = "JsonValue";
    json_object = "JsonObject";
    unknown_text = "UnknownText";
    unknown_integer = "UnknownInteger";
    /// Leaves items out of builds without certain features.
    needed_by_macro = "needed_by";
    newtype_macro = "newtype";
    object_macro = "object";
    union_macro = "union";
    string_enum_macro = "string_enum";
    integer_enum_macro = "integer_enum";
}

/// The names of the double, which are written behind the name of its module.
macro_rules! contract_of_double {
    ($($function:ident = $name:literal;)*) => {$(
        pub fn $function() -> TokenStream {
            let (module, name) = (Ident::new("__runtime_double", Span::call_site()), Ident::new($name, Span::call_site()));
            quote!(#module::#name)
        }
    )*};
}

contract_of_double! {
    double_about = "About";
    double_answer = "Answer";
    double_content = "Content";
    double_error_body = "ErrorBody";
    double_failure = "Failure";
    double_operation = "Operation";
    double_request = "Request";
    double_unreadable = "Unreadable";
}

/// What whoever writes tests names of the double.
pub const DOUBLE_EXPORTS: &[&str] = &["Answer", "Fault", "Received", "Server", "from_json"];

/// Another type of the document, from a file of types.
pub fn sibling(name: &str) -> Ident {
    Ident::new(&format!("{TYPE}{name}"), Span::call_site())
}

/// `BTreeMap`.
pub fn b_tree_map() -> Ident {
    Ident::new(&format!("{STD}BTreeMap"), Span::call_site())
}
