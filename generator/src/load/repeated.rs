//! A text that has a property twice somewhere in, a warning for each of them out.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Positions, Text};

/// Tells of each property that an object has more than once.
pub fn warn(name: &str, content: &str, text: &Text, diagnostics: &mut Diagnostics) {
    for (pointer, before) in Positions::new(name, content).repeated() {
        let line = content[..before.start].matches('\n').count() + 1;
        let key = pointer.tokens().last().unwrap_or_default();
        let message = format!("`{key}` is here a second time, after line {line}; the last one counts");
        let help = "keep one of them, or give them different names";
        diagnostics.push(Diagnostic::at(Place::NodeOf(text.clone(), pointer), Code::DuplicateKey, message, help));
    }
}
