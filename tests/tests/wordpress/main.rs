//! End to end: what an AI provider receives from a real WordPress shop, and what the shop gets back.
//!
//! Every case asserts on the bytes that were on the wire, then on Tamis' own record of the call, then that
//! no secret of the case was written anywhere in the shop. Nothing here knows how Tamis finds or replaces
//! anything. A case brings the careless or hostile code that it needs as PHP, which runs in the page that
//! makes the call (`tests/fixtures/mu-plugins/send.php`).
//!
//! Cases share shops, since booting one takes seconds: see [`shop`]. Each has a provider, a row of the
//! catalogue and secrets of its own, so they may run at the same time: see [`case`].

mod admin;
mod bodies;
mod case;
mod failing;
mod hostile;
mod pages;
mod places;
mod redirects;
mod replies;
mod shop;
mod untouched;
mod watching;
