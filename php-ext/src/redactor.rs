//! `Tamis\Redactor`.

#![allow(non_snake_case, reason = "a parameter's Rust name is its PHP name, which callers may write out")]

use std::sync::Arc;

use ext_php_rs::exception::PhpResult;

use ext_php_rs::prelude::*;
use tamis::{Policy, Session, Verdict};

use crate::bytes::{Held, PhpStr};
use crate::engine::SEALED;
use crate::guard::{guard, with_scratch};
use crate::input::Input;
use crate::key::Key;
use crate::outcome::{Exchange, Outcome};
use crate::{cache, engine, error};

/// Compiled rules and a key.
#[php_class]
#[php(name = "Tamis\\Redactor", flags = SEALED)]
pub struct Redactor {
    core: Arc<tamis::Redactor>,
}

#[php_impl]
impl Redactor {
    #[php(vis = "private")]
    fn __construct() -> PhpResult<Self> {
        Err("Tamis\\Redactor is made by fromPolicy()".into())
    }

    fn from_policy(json: PhpStr<'_>, key: &Key) -> PhpResult<Self> {
        if !engine::enabled() {
            return Err(error::disabled());
        }
        let json = json.bytes();
        if let Some(core) = cache::get(json, key.all_ids()) {
            return Ok(Self { core });
        }
        // A refused policy leaves the cache and every earlier redactor as they are.
        let core = guard(|| {
            let policy = Policy::from_json(json)?;
            tamis::Redactor::new(&policy, key.keyring())
        })?
        .map_err(|e| error::policy(&e))?;
        let core = Arc::new(core);
        cache::put(json, key.all_ids(), &core);
        Ok(Self { core })
    }

    fn scrub(&self, body: PhpStr<'_>, contentType: PhpStr<'_>) -> PhpResult<Held> {
        let content_type = contentType.text();
        let input = tamis::Input::new(body.bytes()).content_type(&content_type);
        // What is decided inside need not be carried out of the guard: the outcome itself is large.
        let changed = with_scratch(|scratch| {
            #[cfg(feature = "panic-test")]
            crate::guard::panic_when_asked(body.bytes());
            let outcome = self.core.redact(input, scratch, &mut Session::new());
            match outcome.verdict() {
                Verdict::Clean => Ok(None),
                Verdict::Redacted => Ok(Some(outcome.into_body().unwrap_or_default())),
                Verdict::Blocked(why) => Err(why),
            }
        })?;
        match changed {
            Ok(None) => Ok(body.hold()),
            Ok(Some(bytes)) => Ok(Held::of(&bytes)),
            Err(why) => Err(error::blocked(why)),
        }
    }

    fn redact(&self, input: &Input, exchange: Option<&Outcome>) -> PhpResult<Outcome> {
        let exchange = exchange.map_or_else(Exchange::default, |earlier| Exchange::clone(&earlier.exchange));
        let content_type = input.content_type.text();
        let charset = input.charset.text();
        let class = input.destination_class.text();
        let core_input = tamis::Input::new(input.body.bytes())
            .content_type(&content_type)
            .charset(&charset)
            .scope(input.scope.bytes())
            .destination_class(&class);
        let outcome = with_scratch(|scratch| {
            #[cfg(feature = "panic-test")]
            crate::guard::panic_when_asked(input.body.bytes());
            self.core.redact(core_input, scratch, &mut exchange.borrow_mut())
        })?;
        Outcome::new(Arc::clone(&self.core), exchange, &input.body, outcome)
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}
