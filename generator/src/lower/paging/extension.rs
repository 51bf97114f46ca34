//! `x-pagination`: in goes what a document says of an operation's pages, out comes how it pages, or a warning that names
//! the key that does not fit.

use serde_json::{Map, Value};

use super::EXTENSION;
use super::infer::first_page;
use super::marks::{Settable, body_properties, is_mark, is_number, parameters};
use super::properties::{body, child, items, resolved, structure};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Arity, End, NextPage, Operation, Paging, PropertyPath, Type, Types};

/// What a property of the body begins with where a parameter is asked for.
const BODY: &str = "body.";

/// What is wrong with a key, and how to mend it.
struct Mistake {
    key: Option<String>,
    message: String,
    help: String,
}

impl Mistake {
    fn at(key: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { key: Some(key.to_owned()), message: message.into(), help: help.into() }
    }
}

/// How an operation pages by its extension.
pub fn lower_extension(
    operation: &Operation,
    types: &Types,
    value: &Value,
    diagnostics: &mut Diagnostics,
) -> Option<Paging> {
    let read = || {
        let message = format!("`{EXTENSION}` is neither an object nor a boolean");
        let help = "write `false` if the operation does not page, or an object with `by` and what it needs";
        let object = value.as_object().ok_or(Mistake { key: None, message, help: help.to_owned() })?;
        let (path, ty) = body(&operation.responses.success, types).ok_or(Mistake {
            key: None,
            message: "what the operation yields has no properties, so that there is no list of items".to_owned(),
            help: format!("describe one successful response with a list in it, or remove `{EXTENSION}`"),
        })?;
        Reader { operation, types, object, path, ty }.read()
    };
    match read() {
        Ok(paging) => Some(paging),
        Err(Mistake { key, message, help }) => {
            let place = operation.pointer.child(EXTENSION);
            let place = key.map_or(place.clone(), |key| place.child(key));
            let message = format!("{message}; the operation does not page");
            let extension = operation.pointer.child(EXTENSION);
            diagnostics.push(Diagnostic::warning(Code::InvalidExtension, &place, message, help).remove(&extension));
            None
        }
    }
}

/// The extension, and what it speaks of.
struct Reader<'t> {
    operation: &'t Operation,
    types: &'t Types,
    object: &'t Map<String, Value>,
    path: PropertyPath,
    ty: &'t Type,
}

impl<'t> Reader<'t> {
    fn read(&self) -> Result<Paging, Mistake> {
        let (items, item) = self.items()?;
        let (next, own): (_, &[&str]) = match self.text("by")? {
            Some("page") => (self.number()?, &["parameter", "first", "more", "done", "total", "pages"]),
            Some("offset") => (self.offset()?, &["parameter", "first", "more", "done", "total"]),
            Some("cursor") => (self.cursor()?, &["parameter", "next", "more", "done"]),
            Some("last-item") => (self.last_item(item)?, &["parameter", "property", "more", "done"]),
            Some("link") => (self.link()?, &["next"]),
            _ => {
                let message = "it is not said by what the operation pages";
                return Err(Mistake::at("by", message, "write `page`, `offset`, `cursor`, `last-item` or `link`"));
            }
        };
        let is_known = |key: &&String| ["by", "items"].contains(&key.as_str()) || own.contains(&key.as_str());
        if let Some(key) = self.object.keys().find(|key| !is_known(key)) {
            let help = format!("remove it; what may stand here is `items`, `{}`", own.join("`, `"));
            return Err(Mistake::at(key, format!("`{key}` says nothing where an operation pages so"), help));
        }
        Ok(Paging { items, item: item.clone(), next, ends: self.ends()?, page: None })
    }

    fn text(&self, key: &str) -> Result<Option<&'t str>, Mistake> {
        match self.object.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Mistake::at(key, format!("`{key}` is not a text"), "put it between quotes")),
        }
    }

    fn items(&self) -> Result<(PropertyPath, &'t Type), Mistake> {
        if self.object.contains_key("items") {
            let (path, ty) = self.property("items", &self.path, self.ty)?;
            return match ty {
                Type::List(item) => Ok((path, item)),
                _ => Err(Mistake::at("items", "what `items` names is not a list", "name the list of a page's items")),
            };
        }
        items(self.types, &self.path, self.ty, &self.operation.path).ok_or_else(|| {
            let help = "add the property that has them, as in `items: data`";
            Mistake::at("items", "it cannot be told which list of the response has the items", help)
        })
    }

    /// The property of the response that a key names.
    fn property(&self, key: &str, from: &PropertyPath, ty: &'t Type) -> Result<(PropertyPath, &'t Type), Mistake> {
        let names = match self.object.get(key) {
            Some(Value::String(path)) => path.split('.').collect(),
            // A name may have a dot in it.
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if names.is_empty() {
            let help = "write the names of the properties with dots between them, as in `meta.next`";
            return Err(Mistake::at(key, format!("`{key}` names no property"), help));
        }
        let (mut path, mut ty) = (from.clone(), ty);
        for name in names {
            let object = structure(self.types, ty);
            let field = object.and_then(|object| object.fields.iter().find(|field| field.name.wire == name));
            let Some(field) = field else {
                let message = format!("the response has no property `{name}` where `{key}` looks for one");
                return Err(Mistake::at(key, message, "correct the path, or describe the property in the response"));
            };
            (path, ty) = child(self.types, &path, field);
        }
        Ok((path, ty))
    }

    /// The property that a key names, if it is there and of a type that fits.
    fn typed(&self, key: &str, fits: fn(&Type) -> bool, what: &str) -> Result<PropertyPath, Mistake> {
        let (path, ty) = self.property(key, &self.path, self.ty)?;
        if fits(ty) {
            return Ok(path);
        }
        Err(Mistake::at(key, format!("what `{key}` names is not {what}"), format!("name a property that is {what}")))
    }

    fn optional(&self, key: &str, fits: fn(&Type) -> bool, what: &str) -> Result<Option<PropertyPath>, Mistake> {
        self.object.contains_key(key).then(|| self.typed(key, fits, what)).transpose()
    }

    fn ends(&self) -> Result<Vec<End>, Mistake> {
        let is_boolean: fn(&Type) -> bool = |ty| *ty == Type::Boolean;
        let ends = [
            self.optional("more", is_boolean, "a boolean")?.map(End::More),
            self.optional("done", is_boolean, "a boolean")?.map(End::Done),
            self.optional("total", is_number, "a number")?.map(End::Items),
            self.optional("pages", is_number, "a number")?.map(End::Pages),
        ];
        Ok(ends.into_iter().flatten().collect())
    }

    /// What the call sets for the next page.
    fn parameter(&self) -> Result<Settable<'t>, Mistake> {
        let name = self.text("parameter")?.unwrap_or_default();
        let (settable, wire) = match name.strip_prefix(BODY) {
            Some(name) => (body_properties(self.operation, self.types), name),
            None => (parameters(self.operation, self.types), name),
        };
        settable.into_iter().find(|settable| settable.mark.wire == wire).ok_or_else(|| {
            let message = format!("the operation has no parameter `{name}` that takes a number or a text");
            let help = "name a parameter of the operation, or a property of its JSON body as in `body.cursor`";
            Mistake::at("parameter", message, help)
        })
    }

    fn first(&self) -> Result<Option<i64>, Mistake> {
        let Some(first) = self.object.get("first") else { return Ok(None) };
        let mistake = || Mistake::at("first", "`first` is not an integer", "write the number that a list begins with");
        first.as_i64().map(Some).ok_or_else(mistake)
    }

    fn number(&self) -> Result<NextPage, Mistake> {
        let parameter = self.parameter()?;
        let Some(first) = self.first()?.or_else(|| first_page(&parameter)) else {
            let message = "it cannot be told whether pages are counted from 0 or from 1";
            return Err(Mistake::at("first", message, "add `first: 0` or `first: 1`"));
        };
        Ok(NextPage::Number { mark: parameter.mark, first })
    }

    fn offset(&self) -> Result<NextPage, Mistake> {
        let parameter = self.parameter()?;
        let first = self.first()?.or_else(|| parameter.default()).unwrap_or_default();
        Ok(NextPage::Offset { mark: parameter.mark, first })
    }

    /// A parameter that a caller can leave out, since the first page has no name.
    fn free(&self) -> Result<Settable<'t>, Mistake> {
        let parameter = self.parameter()?;
        if parameter.arity == Arity::Optional {
            return Ok(parameter);
        }
        let message = "the parameter must always be given, so that nothing can be left out for the first page";
        Err(Mistake::at("parameter", message, "take `required` away from it, or name another"))
    }

    fn cursor(&self) -> Result<NextPage, Mistake> {
        let mark = self.free()?.mark;
        Ok(NextPage::Cursor { mark, found: self.typed("next", is_mark, "a number or a text")? })
    }

    fn last_item(&self, item: &'t Type) -> Result<NextPage, Mistake> {
        let mark = self.free()?.mark;
        let (property, ty) = self.property("property", &PropertyPath::default(), resolved(self.types, item))?;
        if is_mark(ty) {
            return Ok(NextPage::LastItem { mark, property });
        }
        let help = "name a property of an item that is one";
        Err(Mistake::at("property", "what `property` names is not a number or a text", help))
    }

    fn link(&self) -> Result<NextPage, Mistake> {
        if !self.object.contains_key("next") {
            return Ok(NextPage::LinkHeader);
        }
        self.typed("next", |ty| *ty == Type::String, "a text").map(NextPage::Url)
    }
}
