//! How a prepared call is sent: the request that it becomes and what each status means.

use proc_macro2::TokenStream;
use quote::quote;

use super::structs::emit_limits;
use super::ty::From;
use super::{Context, literal, runtime};
use crate::ir::{
    Arity, BodyContent, BodyFormat, Case, CaseOutcome, EventFormat, Location, Operation, Parameter, PartEncoding,
    ReadFormat, Repeat, RequestBody, Serialization, StatusPattern, Style, Success,
};

impl Context<'_> {
    /// The `IntoFuture` of a prepared call.
    pub fn emit_future(&self, operation: &Operation) -> TokenStream {
        let ty = literal::ident(&operation.type_name);
        let (call, response) = (runtime::call(), runtime::response());
        let success = self.emit_success_type(&operation.responses.success);
        let request = self.emit_request(operation);
        let arms = self.emit_arms(operation);
        let (read, format) = match operation.responses.success {
            Success::Events(_, format) => {
                let (ty, format) = (runtime::event_format(), literal::ident(event_format_name(format)));
                (literal::ident("events"), quote!(#ty::#format,))
            }
            _ => (literal::ident("read"), TokenStream::new()),
        };
        // Without a body to read, the closure does not look at it.
        let reads = operation.responses.cases.iter().any(reads_body);
        let body = if reads { quote!(body) } else { quote!(_) };
        quote! {
            impl<'a> IntoFuture for #ty<'a> {
                type Output = Result<#response<#success>, Error>;
                type IntoFuture = #call<'a, #success, ErrorBody>;

                fn into_future(self) -> Self::IntoFuture {
                    let request = #request;

                    let call = self.client.core.send(request, self.call_options);
                    call.#read(#format |status, #body| match status {
                        #(#arms)*
                    })
                }
            }
        }
    }

    /// What a call yields.
    pub fn emit_success_type(&self, success: &Success) -> TokenStream {
        match success {
            Success::Nothing => quote!(()),
            Success::Always(ty) | Success::List(ty) => self.ty(ty, From::Elsewhere),
            Success::Maybe(ty) => {
                let ty = self.ty(ty, From::Elsewhere);
                quote!(Option<#ty>)
            }
            Success::Events(ty, _) => {
                let (events, ty) = (runtime::events(), self.ty(ty, From::Elsewhere));
                quote!(#events<#ty, ErrorBody>)
            }
            Success::OneOf { type_name, .. } => {
                let name = literal::ident(type_name);
                quote!(#name)
            }
        }
    }

    fn emit_request(&self, operation: &Operation) -> TokenStream {
        let request = runtime::request();
        let (id, path) = (&operation.id, &operation.path);
        let method = literal::ident(&operation.method.as_str().to_lowercase());
        let server = operation.server.map(|index| {
            let constant = literal::ident(&self.api.servers[index].constant);
            quote!(.server(&#constant))
        });
        let security = self.emit_security(operation);
        let parameters = operation.parameters.iter().map(emit_parameter);
        let repeat = emit_repeat(&operation.repeat);
        let accept = operation.responses.accept.as_ref().map(|accept| quote!(.accept(#accept)));
        let body = operation.body.as_ref().map(emit_body);
        quote!(#request::#method(#id, #path) #server #security #repeat #(#parameters)* #accept #body)
    }

    fn emit_security(&self, operation: &Operation) -> TokenStream {
        if operation.security.is_empty() {
            return TokenStream::new();
        }
        let alternatives = operation.security.iter().map(|set| {
            let schemes = set.iter().map(|index| literal::ident(&self.api.security_schemes[*index].constant));
            quote!(&[#(#schemes),*])
        });
        quote!(.security(&[#(#alternatives),*]))
    }

    /// The arms of the match on the status; statuses that mean the same share one.
    fn emit_arms(&self, operation: &Operation) -> Vec<TokenStream> {
        let responses = &operation.responses;
        let outcome = runtime::outcome();
        let mut arms: Vec<(Vec<TokenStream>, TokenStream)> = Vec::new();
        let mut ranges = Vec::new();
        let mut fallback = quote!(Ok(#outcome::Undocumented));
        for case in &responses.cases {
            let value = self.emit_outcome(case, &responses.success);
            match case.status {
                StatusPattern::Code(code) => {
                    let code = literal::count(code.into());
                    push_pattern(&mut arms, quote!(#code), value);
                }
                StatusPattern::Range(range) => {
                    // clippy has no patience with a range that begins with a code of another arm.
                    let hundred = range * 100;
                    let is_taken = responses.cases.iter().any(|case| case.status == StatusPattern::Code(hundred));
                    let (first, last) = (usize::from(hundred) + usize::from(is_taken), usize::from(hundred) + 99);
                    let (first, last) = (literal::count(first), literal::count(last));
                    push_pattern(&mut ranges, quote!(#first..=#last), value);
                }
                StatusPattern::Default => fallback = value,
            }
        }
        // Codes go before ranges, and may join one only if no other range could take them first.
        if let [(range, value)] = ranges.as_mut_slice()
            && let Some(same) = arms.iter().position(|(_, known)| known.to_string() == value.to_string())
        {
            let (codes, _) = arms.remove(same);
            range.splice(0..0, codes);
        }
        let arms = arms.into_iter().chain(ranges).map(|(patterns, value)| quote!(#(#patterns)|* => #value,));
        arms.chain([quote!(_ => #fallback,)]).collect()
    }

    fn emit_outcome(&self, case: &Case, success: &Success) -> TokenStream {
        let outcome = runtime::outcome();
        match &case.outcome {
            CaseOutcome::BareFailure => quote!(Ok(#outcome::Documented)),
            CaseOutcome::Failure(index, format) => {
                let variant = literal::ident(&self.api.error_bodies[*index].variant);
                read(*format, &quote!(#outcome::Failure), Some(&quote!(ErrorBody::#variant)))
            }
            CaseOutcome::Success { body, variant } => self.emit_success_value(success, *body, *variant),
        }
    }

    fn emit_success_value(&self, success: &Success, body: Option<ReadFormat>, variant: Option<usize>) -> TokenStream {
        let outcome = runtime::outcome();
        match (success, body) {
            (Success::OneOf { type_name, variants }, body) => {
                let name = literal::ident(type_name);
                let variant = literal::ident(&variants[variant.unwrap_or_default()].rust);
                match body {
                    Some(format) => read(format, &quote!(#outcome::Success), Some(&quote!(#name::#variant))),
                    None => quote!(Ok(#outcome::Success(#name::#variant))),
                }
            }
            (Success::Maybe(_), Some(format)) => read(format, &quote!(#outcome::Success), Some(&quote!(Some))),
            (Success::Maybe(_), None) => quote!(Ok(#outcome::Success(None))),
            (Success::List(_), None) => quote!(Ok(#outcome::Success(Vec::new()))),
            (_, Some(format)) => read(format, &quote!(#outcome::Success), None),
            (_, None) => quote!(Ok(#outcome::Success(()))),
        }
    }
}

/// What differs from what the method says.
fn emit_repeat(repeat: &Repeat) -> TokenStream {
    match repeat {
        Repeat::ByMethod => TokenStream::new(),
        Repeat::Documented(repeatable) => quote!(.repeatable(#repeatable)),
        Repeat::ByKey(header) => quote!(.idempotency_key(#header)),
    }
}

fn emit_body(body: &RequestBody) -> TokenStream {
    let media_type = &body.media_type;
    let is_optional = matches!(body.content, BodyContent::Whole { arity: Arity::Optional, .. });
    match (&body.format, is_optional) {
        (BodyFormat::Json, false) => quote!(.json(#media_type, &self.body)),
        (BodyFormat::Json, true) => quote!(.optional_json(#media_type, &self.body)),
        (BodyFormat::Form(parts), false) if parts.is_empty() => quote!(.form(&self.body)),
        (BodyFormat::Form(parts), true) if parts.is_empty() => quote!(.optional_form(&self.body)),
        (BodyFormat::Form(parts), is_optional) => {
            let name = literal::ident(if is_optional { "optional_encoded_form" } else { "encoded_form" });
            let parts = parts.iter().map(emit_part);
            quote!(.#name(&self.body, const { &[#(#parts),*] }))
        }
        (BodyFormat::Text, false) => quote!(.bytes(#media_type, self.body)),
        (BodyFormat::Text, true) => quote!(.optional_bytes(#media_type, self.body)),
        (BodyFormat::TextInCharset, false) => quote!(.text(#media_type, self.body)),
        (BodyFormat::TextInCharset, true) => quote!(.optional_text(#media_type, self.body)),
        (BodyFormat::File, false) => quote!(.file(#media_type, &self.body)),
        (BodyFormat::File, true) => quote!(.optional_file(#media_type, &self.body)),
        (BodyFormat::Multipart(parts), is_optional) => {
            let name = literal::ident(if is_optional { "optional_multipart" } else { "multipart" });
            let list = parts.iter().map(emit_part);
            // Calls of functions live as long as the program only where they are constant.
            let parts = if parts.is_empty() { quote!(&[]) } else { quote!(const { &[#(#list),*] }) };
            quote!(.#name(#media_type, &self.body, #parts))
        }
    }
}

/// What the document says of a part.
pub fn emit_part(part: &PartEncoding) -> TokenStream {
    let (ty, name) = (runtime::part_encoding(), &part.name);
    let media_type = part.media_type.as_ref().map(|media_type| quote!(.media_type(#media_type)));
    let (style, explode, allow_reserved) = (part.style, part.explode, part.allow_reserved);
    let serialization = emit_serialization(Serialization::Style { style, explode, allow_reserved });
    let headers = part.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let headers = (!part.headers.is_empty()).then(|| quote!(.headers(&[#(#headers),*])));
    let required = &part.required_headers;
    let required = (!required.is_empty()).then(|| quote!(.requires(&[#(#required),*])));
    quote!(#ty::new(#name) #media_type #serialization #headers #required)
}

/// Reads a body into `outer(inner(body))`.
fn read(format: ReadFormat, outer: &TokenStream, inner: Option<&TokenStream>) -> TokenStream {
    let wrap = |value: TokenStream| match inner {
        Some(inner) => quote!(#outer(#inner(#value))),
        None => quote!(#outer(#value)),
    };
    let method = literal::ident(match format {
        ReadFormat::Json => "json",
        ReadFormat::Any => "any",
        ReadFormat::Text => "text",
        ReadFormat::Bytes => {
            let wrapped = wrap(quote!(body.to_bytes()));
            return quote!(Ok(#wrapped));
        }
        // The items are read by whoever asks for them.
        ReadFormat::Events(_) => return quote!(Ok(#outer(()))),
    });
    if inner.is_none() {
        return quote!(body.#method().map(#outer));
    }
    let wrapped = wrap(quote!(body));
    quote!(body.#method().map(|body| #wrapped))
}

/// Whether the body of a case is looked at when the status is.
fn reads_body(case: &Case) -> bool {
    match case.outcome {
        CaseOutcome::Success { body, .. } => !matches!(body, None | Some(ReadFormat::Events(_))),
        CaseOutcome::Failure(..) => true,
        CaseOutcome::BareFailure => false,
    }
}

fn push_pattern(arms: &mut Vec<(Vec<TokenStream>, TokenStream)>, pattern: TokenStream, value: TokenStream) {
    match arms.iter_mut().find(|(_, known)| known.to_string() == value.to_string()) {
        Some((patterns, _)) => patterns.push(pattern),
        None => arms.push((vec![pattern], value)),
    }
}

fn emit_parameter(parameter: &Parameter) -> TokenStream {
    let kind = parameter_kind(parameter);
    let limits = emit_limits(&parameter.limits);
    let limits = (!limits.is_empty()).then(|| quote!(.limits(&[#(#limits),*])));
    let name = literal::ident(&parameter.rust);
    let add = literal::ident(match parameter.arity {
        Arity::Required => "parameter",
        Arity::Optional => "optional",
    });
    quote!(.#add(#kind #limits, &self.#name))
}

/// What the document says of a parameter, but for its limits.
pub fn parameter_kind(parameter: &Parameter) -> TokenStream {
    let ty = runtime::parameter();
    let wire = &parameter.wire;
    let serialization = emit_serialization(parameter.serialization);
    let location = literal::ident(match &parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Part { property, each } => {
            let each = each.then(|| quote!(.each()));
            return quote!(#ty::part(#property, #wire) #each #serialization);
        }
    });
    quote!(#ty::#location(#wire) #serialization)
}

/// What differs from the style that goes without saying.
fn emit_serialization(serialization: Serialization) -> TokenStream {
    let Serialization::Style { style, explode, allow_reserved } = serialization else { return quote!(.json()) };
    let style = style.map(|style| {
        let (ty, style) = (runtime::style(), literal::ident(style_name(style)));
        quote!(.style(#ty::#style))
    });
    let explode = explode.map(|explode| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#style #explode #reserved)
}

/// The name of a format in the runtime.
pub fn event_format_name(format: EventFormat) -> &'static str {
    match format {
        EventFormat::ServerSent => "Sse",
        EventFormat::JsonLines => "JsonLines",
        EventFormat::JsonSequence => "JsonSequence",
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::Form => "Form",
        Style::DeepObject => "DeepObject",
    }
}
