//! x
pub mod bigcommerce;
pub mod shipstation;
