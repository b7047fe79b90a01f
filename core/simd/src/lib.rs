//! Byte-mask primitives: where bytes of a class stand in a haystack, 64 at a time.
//!
//! This crate is the only home of SIMD. It must not know what a rule, a document or an entity is.
