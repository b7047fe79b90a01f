//! x
pub(crate) fn run(_: lexopt::Parser) -> crate::Outcome { Ok(()) }
