//! Tamis in a sandbox.
