//! `Tamis\Input`.

use ext_php_rs::args::Arg;
use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::convert::FromZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::ffi::zend_wrong_parameters_count_error;
use ext_php_rs::flags::MethodFlags;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendClassObject, ZendObject, Zval};
use ext_php_rs::zend::{ClassEntry, ExecuteData, ce, run_handler};
use ext_php_rs::zend_fastcall;

use crate::bytes::{Held, PhpStr};
use crate::engine::SEALED;

/// One body with what is known of it. It holds the caller's strings and shows none of them.
#[php_class]
#[php(name = "Tamis\\Input", flags = SEALED)]
#[derive(Default)]
pub struct Input {
    pub(crate) body: Held,
    pub(crate) content_type: Held,
    pub(crate) charset: Held,
    pub(crate) scope: Held,
    pub(crate) destination_class: Held,
}

/// Name and default of each parameter as PHP source; the body has none.
const PARAMETERS: [(&str, Option<&str>); 5] = [
    ("body", None),
    ("contentType", Some("''")),
    ("charset", Some("''")),
    ("scope", Some("''")),
    ("destinationClass", Some("'ai'")),
];

impl Input {
    /// The constructor's place in the class. The macro's own builds a list of named arguments on every
    /// call, 0.4 µs for these five: more than all of `redact()` may cost.
    pub(crate) fn constructor() -> (FunctionBuilder<'static>, MethodFlags) {
        let function = PARAMETERS.iter().fold(
            FunctionBuilder::new("__construct", construct),
            |function, (name, default)| {
                let argument = Arg::of::<PhpStr<'_>>(*name);
                function.arg(match default {
                    Some(literal) => argument.default(*literal),
                    None => argument,
                })
            },
        );
        (function.required_args(1), MethodFlags::Public)
    }

    /// PHP's `create_object`: an empty body until the constructor runs.
    pub(crate) unsafe extern "C" fn create(_class: *mut ClassEntry) -> *mut ZendObject {
        let object = ZendClassObject::new(Self::default()).into_raw();
        // SAFETY: `into_raw` gives a live object that is ours alone; the engine takes it over.
        unsafe { &raw mut (*object).std }
    }
}

zend_fastcall! {
    extern fn construct(ex: &mut ExecuteData, _retval: &mut Zval) {
        run_handler(std::panic::AssertUnwindSafe(|| {
            if let Some(input) = parse(ex)
                && let Some(this) = ex.get_object::<Input>()
            {
                **this = input;
            }
        }));
    }
}

/// The arguments as an input; `None` when an exception was thrown.
fn parse(ex: &ExecuteData) -> Option<Input> {
    // SAFETY: every field of the union is a `u32`, and a call frame's one holds its argument count.
    let given = unsafe { ex.This.u2.num_args } as usize;
    if given == 0 || given > PARAMETERS.len() {
        // SAFETY: throws ArgumentCountError for the function that runs now, which is ours.
        unsafe { zend_wrong_parameters_count_error(1, 5) };
        return None;
    }
    let string = |n: usize| -> Option<Held> {
        if n >= given {
            return Some(Held::default());
        }
        // SAFETY: the frame holds `given` initialised arguments and `n` is below that; the reference
        // ends before the frame does. A named call that skips a parameter leaves an undefined zval
        // only when the function has no default for it.
        let zval = unsafe { ex.zend_call_arg(n) }?;
        if let Some(text) = PhpStr::from_zval(zval.dereference()) {
            return Some(text.hold());
        }
        let message = format!("Invalid value given for argument `{}`.", PARAMETERS[n].0);
        PhpException::new(message, 0, ce::type_error()).throw();
        None
    };
    let mut input = Input {
        body: string(0)?,
        content_type: string(1)?,
        charset: string(2)?,
        scope: string(3)?,
        destination_class: string(4)?,
    };
    if given < PARAMETERS.len() {
        input.destination_class = Held::Literal("ai");
    }
    Some(input)
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("bytes", &self.body.bytes().len()).finish_non_exhaustive()
    }
}
