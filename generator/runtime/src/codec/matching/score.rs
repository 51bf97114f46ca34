//! [`Score`]: how well a value matches a shape, and which of several shapes is chosen by it.

/// How well a value matches a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Something is neither as documented nor accepted.
    pub(super) is_mismatch: bool,
    /// Something is accepted, but only after a conversion.
    pub(super) is_converted: bool,
    /// A constant has another value, or is missing.
    pub(super) is_contradiction: bool,
    /// Something is not as documented, and is preserved as received.
    pub(super) is_preserved: bool,
    /// The shape accepts anything of its kind.
    pub(super) is_catch_all: bool,
    /// How many properties and items are not written again.
    pub(super) lost: u32,
    /// How many values are written in another form.
    pub(super) imprecise: u32,
    /// How much the shape says about the value.
    pub(super) named: u32,
}

impl Score {
    /// A value that a type cannot be.
    pub(super) const MISMATCH: Self = Self {
        is_mismatch: true,
        is_converted: false,
        is_contradiction: false,
        is_preserved: false,
        is_catch_all: false,
        lost: 0,
        imprecise: 0,
        named: 0,
    };

    /// Whether the value is exactly what the document says.
    pub(crate) fn is_match(self) -> bool {
        !(self.is_mismatch || self.is_converted || self.is_contradiction || self.is_preserved)
    }

    /// Whether tolerant decoding accepts the value.
    pub(crate) fn is_accepted(self) -> bool {
        !self.is_mismatch
    }

    /// Whether exact decoding accepts the value.
    pub(crate) fn is_exact(self) -> bool {
        !self.is_mismatch && !self.is_converted
    }

    /// The score of a value and one of its parts.
    pub(super) fn and(self, part: Self) -> Self {
        Self {
            is_mismatch: self.is_mismatch | part.is_mismatch,
            is_converted: self.is_converted | part.is_converted,
            is_contradiction: self.is_contradiction | part.is_contradiction,
            is_preserved: self.is_preserved | part.is_preserved,
            is_catch_all: self.is_catch_all,
            lost: self.lost.saturating_add(part.lost),
            imprecise: self.imprecise.saturating_add(part.imprecise),
            named: self.named.saturating_add(part.named),
        }
    }

    /// Whether a matching value is better read as this than as an alternative before it.
    fn beats(self, other: Self) -> bool {
        match (self.is_catch_all, other.is_catch_all) {
            // Free-form JSON loses nothing, but a type that names a part of the value says more.
            (false, true) if self.named > 0 => true,
            (true, false) if other.named > 0 => false,
            _ => {
                let key = |score: Self| (score.lost, score.imprecise, u32::MAX - score.named);
                key(self) < key(other)
            }
        }
    }
}

/// The choice among alternatives.
#[derive(Debug, Default)]
pub(super) struct Choice {
    best: Option<(usize, Score)>,
    /// The other alternatives that match and do not accept just anything.
    rivals: Vec<usize>,
    accepted: Vec<usize>,
    contradicted: Vec<usize>,
    /// Whether an alternative that does not match has a name for everything in the value.
    keeps_all: bool,
}

/// What is chosen.
#[derive(Debug)]
pub(super) enum Chosen {
    /// This alternative, which matches.
    Match {
        index: usize,
        /// The other alternatives that match; none if this one loses nothing.
        rivals: Vec<usize>,
    },
    /// This alternative, which does not match but is accepted.
    Accepted(usize),
    /// None, although one matches: an alternative that does not match has names for what the match would lose.
    Preserved,
    /// None, as the value is of no alternative.
    Unknown,
}

impl Choice {
    /// Considers an alternative.
    pub(super) fn offer(&mut self, index: usize, score: Score) {
        if score.is_match() {
            let second = match self.best {
                Some(best) if !score.beats(best.1) => Some((index, score)),
                best => {
                    self.best = Some((index, score));
                    best
                }
            };
            self.rivals.extend(second.filter(|(_, score)| !score.is_catch_all).map(|(index, _)| index));
            return;
        }
        self.keeps_all |= !score.is_contradiction && !score.is_catch_all && score.named > 0 && score.lost == 0;
        if score.is_contradiction && score.is_accepted() {
            self.contradicted.push(index);
        } else if score.is_accepted() {
            self.accepted.push(index);
        }
    }

    /// What is chosen.
    pub(super) fn chosen(self) -> Chosen {
        match (self.best, self.accepted.as_slice(), self.contradicted.as_slice()) {
            (Some((index, Score { lost: 0, .. })), _, _) => Chosen::Match { index, rivals: Vec::new() },
            (Some(_), _, _) if self.keeps_all => Chosen::Preserved,
            (Some((index, _)), _, _) => Chosen::Match { index, rivals: self.rivals },
            (None, [only], _) | (None, [], [only]) => Chosen::Accepted(*only),
            _ => Chosen::Unknown,
        }
    }
}
