//! contact rules.

use super::Rule;

pub(crate) const RULES: &[Rule] = &[];
