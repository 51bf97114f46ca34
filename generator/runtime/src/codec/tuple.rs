//! The codec of tuples: lists of a fixed length, every item of which has a type of its own.

use super::shape::{Kinds, Shape};
use super::{Decode, DecodeError, Encode, Kind, Limit, Reader, Writer};

/// A place for one item.
struct Item<T>(Option<T>);

/// Reads what comes next into a place.
trait Fill {
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError>;
}

impl<T: Decode> Fill for Item<T> {
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(input)?);
        Ok(())
    }
}

/// Reads a list into places, of which none may be left over; items beyond them are passed over.
fn fill(input: &mut Reader<'_>, places: &mut [&mut dyn Fill]) -> Result<(), DecodeError> {
    let mut filled = 0;
    input.array(|input| {
        match places.get_mut(filled) {
            Some(place) => place.fill(input)?,
            None => drop(input.raw()?),
        }
        filled += 1;
        Ok(())
    })?;
    if filled < places.len() { Err(input.error(format!("expected {} items", places.len()))) } else { Ok(()) }
}

/// Checks the limits of items by their position.
fn check(items: &[&dyn Encode], limits: &'static [Limit], out: &mut Writer) {
    for limit in limits {
        if let Limit::Item(index, limits) = limit
            && let Some(item) = items.get(*index)
        {
            out.check_item(*index, *item, limits);
        }
    }
}

macro_rules! tuple {
    ($($ty:ident $name:ident)*) => {
        impl<$($ty: Encode),*> Encode for ($($ty,)*) {
            fn encode(&self, out: &mut Writer) {
                let ($($name,)*) = self;
                out.array([$($name as &dyn Encode),*].into_iter());
            }

            fn check(&self, limits: &'static [Limit], out: &mut Writer) {
                let ($($name,)*) = self;
                check(&[$($name as &dyn Encode),*], limits, out);
            }
        }

        impl<$($ty: Decode),*> Decode for ($($ty,)*) {
            fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
                $(let mut $name = Item::<$ty>(None);)*
                fill(input, &mut [$(&mut $name),*])?;
                let missing = || input.error("expected another item");
                Ok(($($name.0.ok_or_else(missing)?,)*))
            }

            const KINDS: Kinds = Kinds::of(Kind::Array);

            fn shape() -> Shape {
                Shape::Tuple(vec![$($ty::shape),*])
            }
        }
    };
}

tuple! { A a }
tuple! { A a B b }
tuple! { A a B b C c }
tuple! { A a B b C c D d }
tuple! { A a B b C c D d E e }
tuple! { A a B b C c D d E e F f }
tuple! { A a B b C c D d E e F f G g }
tuple! { A a B b C c D d E e F f G g H h }

#[cfg(test)]
mod tests {
    use crate::codec::{decode_slice, encode_checked};

    #[test]
    fn tuples_are_lists() {
        let tuple = (7_i64, "x".to_owned(), Some(true));
        let json = encode_checked(&tuple, &[]).unwrap();
        assert_eq!(json, br#"[7,"x",true]"#);
        assert_eq!(decode_slice::<(i64, String, Option<bool>)>(&json), Ok(tuple));
    }

    #[test]
    fn items_that_are_missing_are_told_and_others_passed_over() {
        let error = decode_slice::<(i64, i64)>(b"[1]").unwrap_err();
        assert!(error.to_string().contains("expected 2 items"), "{error}");
        assert_eq!(decode_slice::<(i64, i64)>(b"[1,2,{}]"), Ok((1, 2)));
    }
}
