//! The functions of `wasm/ABI.md` as the module exports them.
//!
//! It must not know what they are called for.

use wasmtime::{Instance, Memory, Store, TypedFunc};

use crate::error::{Error, Kind};

/// Major version of the interface that this host speaks.
const ABI_MAJOR: u32 = 1;

macro_rules! exports {
    ($($field:ident = $name:literal ($($parameter:ident),*)),+ $(,)?) => {
        /// Every function, found and checked once an instance.
        pub(crate) struct Exports {
            pub(crate) memory: Memory,
            $(pub(crate) $field: TypedFunc<($($parameter,)*), u32>,)+
        }

        impl Exports {
            /// Finds all of them. Fails when one is missing or takes other parameters.
            fn of(instance: Instance, store: &mut Store<()>) -> Result<Self, Error> {
                Ok(Self {
                    memory: instance.get_memory(&mut *store, "memory").ok_or(Kind::Abi)?,
                    $($field: instance.get_typed_func(&mut *store, $name).map_err(|_| Kind::Abi)?,)+
                })
            }
        }
    };
}

exports! {
    abi = "tamis_abi"(),
    results = "tamis_results"(),
    error = "tamis_error"(u32),
    policy_path = "tamis_policy_path"(),
    buffer_new = "tamis_buffer_new"(u32),
    free = "tamis_free"(u32),
    keyring_new = "tamis_keyring_new"(u32, u32),
    keyring_previous = "tamis_keyring_previous"(u32, u32, u32),
    redactor_new = "tamis_redactor_new"(u32, u32, u32, u32),
    session_new = "tamis_session_new"(),
    redact = "tamis_redact"(u32, u32, u32, u32, u32, u32, u32, u32),
    outcome_report = "tamis_outcome_report"(u32),
    restore = "tamis_restore"(u32, u32, u32, u32, u32),
}

impl Exports {
    /// Finds all functions, asks for the interface's version, and where the result words are.
    pub(crate) fn check(instance: Instance, store: &mut Store<()>) -> Result<(Self, u32), Error> {
        let exports = Self::of(instance, store)?;
        let version = exports.abi.call(&mut *store, ()).map_err(|_| Kind::Abi)?;
        if version >> 16 != ABI_MAJOR {
            return Err(Kind::Abi.into());
        }
        let results = exports.results.call(&mut *store, ()).map_err(|_| Kind::Abi)?;
        Ok((exports, results))
    }
}
