//! Calls of operations that page: the methods that give all pages and all items, and what of it is the operation's own.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::code;
use super::ty::From;
use super::{Context, docs, literal, runtime};
use crate::ir::{End, Mark, MarkPlace, NextPage, Operation, Paging, PathStep, Presence, PropertyPath};

impl Context<'_> {
    /// The methods of a prepared call.
    pub fn emit_pages(&self, operation: &Operation, paging: &Paging) -> TokenStream {
        let (pages, items, id) = (runtime::pages(), runtime::items(), &operation.id);
        let what = "Reads page by page, beginning with the one that this call asks for.";
        let pages_docs = docs::outer(&docs::paragraphs(&[what.to_owned(), way(paging)]));
        let items_docs = docs::outer("Reads the items of all [`pages`](Self::pages), one by one.");
        quote! {
            #pages_docs
            pub fn pages(self) -> #pages<Self> {
                #pages::new(#id, self)
            }

            #items_docs
            pub fn items(self) -> #items<Self> {
                self.pages().into_items()
            }
        }
    }

    /// What the runtime needs to know of the operation.
    pub fn emit_paged(&self, operation: &Operation, paging: &Paging) -> TokenStream {
        let ty = literal::ident(&operation.type_name);
        let (paged, turn_type, next_page) = (runtime::paged(), runtime::turn(), runtime::next_page());
        let response = runtime::response();
        let success = self.emit_success_type(&operation.responses.success);
        let item = self.ty(&paging.item, From::Elsewhere);
        let items = list(&paging.items);
        let turn = turn(paging);
        // Some do not look at the page, since they count.
        let page = if uses_page(paging) { quote!(page) } else { quote!(_) };
        let goes_by_deprecated = paging.paths().iter().flat_map(|path| &path.0).any(|step| match step {
            PathStep::Body => false,
            PathStep::Property { deprecated, .. } => *deprecated,
        });
        let allow = goes_by_deprecated
            .then(|| quote!(#[allow(deprecated, reason = "the document pages by what it calls deprecated")]));
        quote! {
            #allow
            impl #paged for #ty<'_> {
                type Page = #success;
                type Item = #item;
                type ErrorBody = ErrorBody;

                #[inline]
                fn items(page: &mut Self::Page) -> Option<&mut Vec<Self::Item>> {
                    #items
                }

                #[inline]
                fn turn(&mut self, #page: &#response<Self::Page>, turn: #turn_type) -> #next_page {
                    #turn
                }
            }
        }
    }
}

/// Sets the call to the next page.
fn turn(paging: &Paging) -> TokenStream {
    let next = match &paging.next {
        NextPage::Number { mark, first } => {
            let (place, first) = (place(mark), proc_macro2::Literal::i64_unsuffixed(*first));
            quote!(turn.page(&mut #place, #first))
        }
        NextPage::Offset { mark, first } => {
            let (place, first) = (place(mark), proc_macro2::Literal::i64_unsuffixed(*first));
            quote!(turn.offset(&mut #place, #first))
        }
        NextPage::Cursor { mark, found } => {
            let (place, found) = (place(mark), shared(&quote!(page), found));
            quote!(turn.cursor(&mut #place, #found))
        }
        NextPage::LastItem { mark, property } => {
            let (place, items) = (place(mark), shared(&quote!(page), &paging.items));
            let last = match &items {
                Reached::Always(items) => quote!(#items.last()),
                Reached::Maybe(items) => quote!(#items.and_then(|items| items.last())),
            };
            let found = steps(Reached::Maybe(last), &property.0, "item", Access::Shared);
            quote!(turn.cursor(&mut #place, #found))
        }
        NextPage::LinkHeader => quote!(turn.link(&mut self.call_options, page.headers())),
        NextPage::Url(found) => {
            let found = shared(&quote!(page), found);
            quote!(turn.url(&mut self.call_options, #found))
        }
    };
    let ends = paging.ends.iter().map(|end| {
        let method = match end {
            End::More(_) => "more",
            End::Done(_) => "done",
            End::Link(_) => "linked",
            End::Items(_) => "of_items",
            End::Pages(_) => "of_pages",
        };
        let (method, found) = (literal::ident(method), shared(&quote!(page), end.path()));
        quote!(.#method(#found))
    });
    quote!(#next #(#ends)*)
}

fn uses_page(paging: &Paging) -> bool {
    !paging.ends.is_empty() || !matches!(paging.next, NextPage::Number { .. } | NextPage::Offset { .. })
}

fn place(mark: &Mark) -> TokenStream {
    match &mark.place {
        MarkPlace::Parameter(rust) => {
            let name = literal::ident(rust);
            quote!(self.#name)
        }
        MarkPlace::Property(rust) => {
            let name = literal::ident(rust);
            quote!(self.body.#name)
        }
    }
}

/// An expression for a property, or for an `Option` of a reference to it.
enum Reached {
    Always(TokenStream),
    Maybe(TokenStream),
}

/// How a property is borrowed.
#[derive(Clone, Copy)]
enum Access {
    Shared,
    Mutable,
}

impl quote::ToTokens for Reached {
    /// As an `Option` of a shared reference.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Always(expression) => quote!(Some(&#expression)),
            Self::Maybe(expression) => expression.clone(),
        });
    }
}

fn shared(from: &TokenStream, path: &PropertyPath) -> Reached {
    steps(Reached::Always(from.clone()), &path.0, "page", Access::Shared)
}

/// The list of a page, to be changed.
fn list(path: &PropertyPath) -> TokenStream {
    match steps(Reached::Always(quote!(page)), &path.0, "page", Access::Mutable) {
        Reached::Always(_) if path.0.is_empty() => quote!(Some(page)),
        Reached::Always(expression) => quote!(Some(&mut #expression)),
        Reached::Maybe(expression) => expression,
    }
}

/// Goes along a path; `holder` is the name of what it starts from.
fn steps(from: Reached, path: &[PathStep], holder: &str, access: Access) -> Reached {
    let mut holder = literal::ident(holder);
    let mut reached = from;
    for step in path {
        let (field, presence) = match step {
            PathStep::Body => (None, Presence::Optional),
            PathStep::Property { rust, presence, .. } => (Some(literal::ident(rust)), *presence),
        };
        let select = field.as_ref().map(|field| quote!(.#field));
        let borrow = literal::ident(match (access, presence) {
            (Access::Shared, Presence::OptionalNullable) => "value",
            (Access::Mutable, Presence::OptionalNullable) => "value_mut",
            (Access::Shared, _) => "as_ref",
            (Access::Mutable, _) => "as_mut",
        });
        let reference = match access {
            Access::Shared => quote!(&),
            Access::Mutable => quote!(&mut),
        };
        reached = match (reached, presence) {
            (Reached::Always(from), Presence::Required) => Reached::Always(quote!(#from #select)),
            (Reached::Always(from), _) => Reached::Maybe(quote!(#from #select.#borrow())),
            (Reached::Maybe(from), Presence::Required) => {
                Reached::Maybe(quote!(#from.map(|#holder| #reference #holder #select)))
            }
            (Reached::Maybe(from), _) => Reached::Maybe(quote!(#from.and_then(|#holder| #holder #select.#borrow()))),
        };
        holder = field.unwrap_or(holder);
    }
    reached
}

/// How it goes from page to page, in words.
fn way(paging: &Paging) -> String {
    let empty = "until a page has no items";
    let mut way = match &paging.next {
        NextPage::Number { mark, .. } => format!("{} is counted up {empty}", code(&mark.wire)),
        NextPage::Offset { mark, .. } => format!("{} goes up by the number of items {empty}", code(&mark.wire)),
        NextPage::Cursor { mark, found } => {
            let (mark, found) = (code(&mark.wire), code(&found.wire()));
            format!("{mark} is what the page before has in {found}, until it has nothing there")
        }
        NextPage::LastItem { mark, property } => {
            let (mark, property) = (code(&mark.wire), code(&property.wire()));
            format!("{mark} is the {property} of the last item of the page before {empty}")
        }
        NextPage::LinkHeader => "The header `Link` leads from page to page until it has no `next`".to_owned(),
        NextPage::Url(found) => format!("{} leads from page to page until there is none", code(&found.wire())),
    };
    for end in &paging.ends {
        way.push_str(&match end {
            End::More(path) => format!(", or {} is false", code(&path.wire())),
            End::Done(path) => format!(", or {} is true", code(&path.wire())),
            End::Link(path) => format!(", or there is no {}", code(&path.wire())),
            End::Items(path) | End::Pages(path) => format!(", or there were as many as {} says", code(&path.wire())),
        });
    }
    format!("{way}.")
}
