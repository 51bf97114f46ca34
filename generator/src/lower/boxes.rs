//! The passes that box parts of values: the part that closes a circle of types that contain themselves, and parts that
//! take too much room where they stand.

use crate::ir::{Alias, Sizes, Type, TypeId, TypeKind, Types};

/// Boxes one part of every circle of values, and makes a newtype of one alias in every circle of aliases.
pub fn break_cycles(types: &mut Types) {
    let mut aliases = Aliases { state: vec![State::New; types.len()], path: Vec::new() };
    (0..types.len()).for_each(|index| aliases.visit(types, TypeId(index)));
    let mut state = vec![State::New; types.len()];
    for index in 0..types.len() {
        visit(types, TypeId(index), &mut state);
    }
}

/// What takes more bytes than this is boxed where a property or a variant holds it. Values that hold others that hold others
/// would come to megabytes, which no stack has room for.
const MAX_HELD: usize = 1024;

/// Boxes what is too large to stand within another value.
pub fn limit_sizes(types: &mut Types) {
    let mut seen = vec![false; types.len()];
    let mut sizes = Sizes::new(types);
    (0..types.len()).for_each(|index| limit_size(types, TypeId(index), &mut seen, &mut sizes));
}

/// Boxes the large parts of a type, once it is settled how large its parts are.
fn limit_size(types: &mut Types, id: TypeId, seen: &mut [bool], sizes: &mut Sizes) {
    if std::mem::replace(&mut seen[id.0], true) {
        return;
    }
    let parts: Vec<TypeId> = parts(&mut types.0[id.0].kind).into_iter().filter_map(|ty| target(ty)).collect();
    parts.iter().for_each(|part| limit_size(types, *part, seen, sizes));
    let is_large = |part: &TypeId| sizes.of(types, &Type::Named(*part)) > MAX_HELD;
    for part in parts.into_iter().filter(is_large).collect::<Vec<_>>() {
        let held = match &mut types.0[id.0].kind {
            TypeKind::Struct(object) => object.fields.iter_mut().map(|field| &mut field.ty).collect(),
            TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            // These are as large as what they stand for, and boxed where they are held themselves.
            _ => Vec::new(),
        };
        box_those(held, part);
    }
}

/// A walk from alias to alias.
struct Aliases {
    state: Vec<State>,
    /// The aliases that led here.
    path: Vec<TypeId>,
}

impl Aliases {
    /// Follows an alias to its end, and makes a newtype of the first alias of every circle.
    fn visit(&mut self, types: &mut Types, id: TypeId) {
        let TypeKind::Alias(alias) = &types[id].kind else { return };
        match self.state[id.0] {
            State::Closed => {}
            State::Open => {
                let circle = self.path.iter().rposition(|passed| *passed == id).unwrap_or_default();
                let first = self.path[circle..].iter().min().copied().unwrap_or(id);
                make_newtype(&mut types.0[first.0].kind);
            }
            State::New => {
                self.state[id.0] = State::Open;
                self.path.push(id);
                alias.ty.named().into_iter().for_each(|next| self.visit(types, next));
                self.path.pop();
                self.state[id.0] = State::Closed;
            }
        }
    }
}

fn make_newtype(kind: &mut TypeKind) {
    if let TypeKind::Alias(alias) = kind {
        *kind = TypeKind::Newtype(Alias { ty: alias.ty.clone(), limits: alias.limits.clone() });
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Closed,
}

fn visit(types: &mut Types, id: TypeId, state: &mut [State]) {
    if state[id.0] != State::New {
        return;
    }
    state[id.0] = State::Open;
    let parts = parts(&mut types.0[id.0].kind).into_iter().filter_map(|ty| target(ty)).collect::<Vec<_>>();
    for part in parts {
        match state[part.0] {
            State::New => visit(types, part, state),
            State::Open => box_parts(types, id, part),
            State::Closed => {}
        }
    }
    state[id.0] = State::Closed;
}

fn box_parts(types: &mut Types, id: TypeId, part: TypeId) {
    box_those(held(&mut types.0[id.0].kind), part);
}

fn box_those(held: Vec<&mut Type>, part: TypeId) {
    for ty in held.into_iter().flat_map(items).filter(|ty| target(ty) == Some(part)) {
        box_named(ty);
    }
}

/// What a type holds by value.
fn parts(kind: &mut TypeKind) -> Vec<&mut Type> {
    held(kind).into_iter().flat_map(items).collect()
}

/// The items of a tuple, or the type itself.
fn items(ty: &mut Type) -> Vec<&mut Type> {
    match ty {
        Type::Tuple(inner) => inner.iter_mut().flat_map(items).collect(),
        other => vec![other],
    }
}

fn held(kind: &mut TypeKind) -> Vec<&mut Type> {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            fields.chain(object.flatten.iter_mut().map(|flatten| &mut flatten.ty)).collect()
        }
        TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => vec![&mut alias.ty],
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// The type that is held by value; what stands behind a list or a map is not.
fn target(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => target(inner),
        _ => None,
    }
}

fn box_named(ty: &mut Type) {
    match ty {
        Type::Nullable(inner) => box_named(inner),
        _ => *ty = Type::Boxed(Box::new(std::mem::replace(ty, Type::Json))),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Root, Source, generate};

    /// The files of types of a document with these schemas, and with `Large` and `Small`.
    fn types(schemas: &str) -> String {
        let large: String = (0..60).map(|number| format!("p{number}: {{ type: string }}, ")).collect();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             Large: {{ type: object, properties: {{ {large} }} }}\n    \
             Small: {{ type: object, properties: {{ p: {{ type: string }} }} }}\n{schemas}"
        );
        let root = Root::Crate { crate_name: "c".to_owned() };
        let output = generate(&Source::new("t.yaml", text), &root).expect("a document without errors");
        output.files.into_values().collect()
    }

    #[test]
    fn large_part_is_boxed_where_it_is_held() {
        let text = types(
            "    Holder:
      type: object
      required: [must]
      properties:
        must: { $ref: '#/components/schemas/Large' }
        may: { $ref: '#/components/schemas/Large' }
        small: { $ref: '#/components/schemas/Small' }
        many: { type: array, items: { $ref: '#/components/schemas/Large' } }
    Holders:
      type: object
      properties:
        holder: { $ref: '#/components/schemas/Holder' }
    Either:
      oneOf: [{ $ref: '#/components/schemas/Large' }, { type: string }]
",
        );
        for expected in [
            "pub must: Box<Large>",
            "pub may: Option<Box<Large>>",
            "pub small: Option<Small>",
            "pub many: Option<Vec<Large>>",
            "Large(Box<Large>)",
            // What it holds that is large is in boxes already.
            "pub holder: Option<Holder>",
        ] {
            assert!(text.contains(expected), "no `{expected}` in {text}");
        }
    }
}
