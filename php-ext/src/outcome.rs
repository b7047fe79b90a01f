//! `Tamis\Outcome`.

#![allow(non_snake_case, reason = "a parameter's Rust name is its PHP name, which callers may write out")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use ext_php_rs::boxed::ZBox;
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpResult;

use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;
use tamis::{Finding, Report, Session, Verdict};

use crate::bytes::{Held, PhpStr};
use crate::engine::SEALED;
use crate::error;
use crate::guard::guard;

/// The tokens that all outcomes of one exchange have handed out.
pub(crate) type Exchange = Rc<RefCell<Session>>;

/// What happened to one body.
#[php_class]
#[php(name = "Tamis\\Outcome", flags = SEALED)]
pub struct Outcome {
    core: Arc<tamis::Redactor>,
    pub(crate) exchange: Exchange,
    /// What to send; empty when the body is blocked.
    body: Held,
    report: Report,
    restored: Cell<u32>,
    unresolved: Cell<u32>,
}

impl Outcome {
    /// Takes the core's outcome over. A clean body is one more reference to the input.
    pub(crate) fn new(
        core: Arc<tamis::Redactor>,
        exchange: Exchange,
        input: &Held,
        outcome: tamis::Outcome,
    ) -> PhpResult<Self> {
        // Without findings the copy allocates nothing; with them it lets the core's buffer go at once.
        let report = outcome.report().clone();
        let body = match report.verdict() {
            Verdict::Clean => input.share(),
            Verdict::Redacted => Held::of(&outcome.into_body().unwrap_or_default()),
            Verdict::Blocked(why) if error::is_fault(why) => return Err(error::blocked(why)),
            Verdict::Blocked(_) => Held::of(b""),
        };
        Ok(Self { core, exchange, body, report, restored: Cell::new(0), unresolved: Cell::new(0) })
    }
}

#[php_impl]
impl Outcome {
    #[php(vis = "private")]
    fn __construct() -> PhpResult<Self> {
        Err("Tamis\\Outcome is made by Redactor::redact()".into())
    }

    fn verdict(&self) -> &'static str {
        self.report.verdict().name()
    }

    fn body(&self) -> PhpResult<Held> {
        match self.report.verdict() {
            Verdict::Clean | Verdict::Redacted => Ok(self.body.share()),
            Verdict::Blocked(why) => Err(error::blocked(why)),
        }
    }

    fn code(&self) -> i64 {
        match self.report.verdict() {
            Verdict::Clean | Verdict::Redacted => 0,
            Verdict::Blocked(why) => i64::from(why.code()),
        }
    }

    fn findings(&self) -> PhpResult<ZBox<ZendHashTable>> {
        let mut list = ZendHashTable::new();
        for finding in self.report.findings() {
            list.push(array_of(finding)?)?;
        }
        Ok(list)
    }

    fn counts(&self) -> PhpResult<ZBox<ZendHashTable>> {
        let mut map = ZendHashTable::new();
        for (entity, count) in self.report.counts() {
            map.insert(entity, i64::from(count))?;
        }
        Ok(map)
    }

    fn restore(&self, reply: PhpStr<'_>, contentType: PhpStr<'_>) -> PhpResult<Held> {
        let content_type = contentType.text();
        let restored = guard(|| {
            #[cfg(feature = "panic-test")]
            crate::guard::panic_when_asked(reply.bytes());
            self.core.restore(reply.bytes(), &content_type, &self.exchange.borrow())
        })?;
        self.restored.set(restored.restored);
        self.unresolved.set(restored.unresolved);
        Ok(restored.body.map_or_else(|| reply.hold(), |body| Held::of(&body)))
    }

    fn restored(&self) -> i64 {
        i64::from(self.restored.get())
    }

    fn unresolved(&self) -> i64 {
        i64::from(self.unresolved.get())
    }
}

fn array_of(finding: &Finding) -> Result<ZBox<ZendHashTable>> {
    let mut ranges = ZendHashTable::new();
    for span in finding.ranges() {
        ranges.push(vec![i64::from(span.start), i64::from(span.end)])?;
    }
    let mut map = ZendHashTable::new();
    map.insert("rule", finding.rule())?;
    map.insert("entity", finding.entity_name())?;
    map.insert("operator", finding.operator().name())?;
    map.insert("confidence", finding.confidence().name())?;
    map.insert("ranges", ranges)?;
    Ok(map)
}

impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outcome").field("verdict", &self.report.verdict().name()).finish_non_exhaustive()
    }
}
