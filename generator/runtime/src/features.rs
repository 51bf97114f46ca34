//! Features: the [`needed_by!`](crate::needed_by) macro leaves items out of builds that do not need them.
//!
//! In go names of the client's features and items, out come the same items. What needs what was found out when the client
//! was generated.

/// Keeps items in builds with at least one of some features.
///
/// ```
/// use client_runtime::needed_by;
///
/// needed_by! {
///     ["orders", "shipments"];
///     mod order {}
///     pub use self::order as parcel;
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! needed_by {
    (@item [$($feature:tt),+ $(,)?] $item:item) => {
        #[cfg(any($(feature = $feature),+))]
        $item
    };
    ($features:tt; $($item:item)*) => {
        $($crate::needed_by! { @item $features $item })*
    };
}
