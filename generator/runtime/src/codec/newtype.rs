//! Newtypes: the [`newtype!`](crate::newtype) macro gives a tuple struct the codec of what it holds.

/// Gives a struct of one unnamed field the codec of that field.
///
/// ```
/// use client_runtime::{codec::decode_slice, newtype};
///
/// struct Tree(Vec<Tree>);
/// newtype! { Tree }
///
/// let tree: Tree = decode_slice(b"[[],[[]]]")?;
/// assert_eq!(tree.0.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! newtype {
    ($ty:ident) => {
        $crate::__text! { $ty }

        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                $crate::codec::Encode::encode(&self.0, out);
            }

            #[inline]
            fn members(&self, out: &mut $crate::codec::Writer) {
                $crate::codec::Encode::members(&self.0, out);
            }

            #[inline]
            fn check(&self, limits: &'static [$crate::Limit], out: &mut $crate::codec::Writer) {
                $crate::codec::Encode::check(&self.0, limits, out);
            }
        }

        impl $crate::codec::Decode for $ty {
            #[inline]
            fn decode(
                input: &mut $crate::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                $crate::codec::Decode::decode(input).map(Self)
            }

            fn shape() -> $crate::codec::Shape {
                $crate::codec::held_shape(Self)()
            }
        }
    };
}
