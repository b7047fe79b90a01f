//! How sure a rule is. A leaf.

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A shape that much else has too.
    Low,
    /// A shape with context.
    Medium,
    /// A shape with a check digit or a vendor's prefix, or a field of that name.
    High,
}

impl Confidence {
    /// `low`, `medium` or `high`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
