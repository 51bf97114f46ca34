//! How the body of a call is sent. What callers give for it is compared in `call`.

use super::Comparison;
use super::Places;
use super::change::{Turn, What};
use super::limits::limits;
use super::operations::Pair;
use crate::ir::{BodyContent, BodyFormat};

impl Comparison<'_> {
    /// Compares the bodies of two calls.
    pub fn compare_bodies(&mut self, pair: &Pair<'_>) {
        let (Some(old), Some(new)) = (&pair.old.body, &pair.new.body) else { return };
        let places = Places::both(&old.pointer, &new.pointer);
        if old.media_type != new.media_type {
            self.tell(&pair.item, What::MediaType(Turn::new(&old.media_type, &new.media_type)), places);
        } else if let (BodyFormat::Multipart(_), BodyFormat::Multipart(_)) | (BodyFormat::Form(_), BodyFormat::Form(_)) =
            (&old.format, &new.format)
            && old.format != new.format
        {
            self.tell(&pair.item, What::Encoding, places);
        }
        if let (
            BodyContent::Whole { ty: one, limits: of_old, .. },
            BodyContent::Whole { ty: other, limits: of_new, .. },
        ) = (&old.content, &new.content)
            && self.is_same(one, other)
        {
            self.tell_if(&pair.argument("body"), limits(of_old, of_new), places);
        }
    }
}
