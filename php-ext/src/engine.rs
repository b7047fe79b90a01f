//! What ext-php-rs does not offer of the Zend engine: sensitive parameters, `open_basedir`, INI values
//! of now, and classes by name.

use std::ffi::{CStr, c_char, c_int, c_void};

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::class::RegisteredClass;
use ext_php_rs::error::{Error, Result};
use ext_php_rs::ffi;
use ext_php_rs::flags::{ClassFlags, IniEntryPermission};
use ext_php_rs::types::ZendStr;
use ext_php_rs::zend::{ClassEntry, IniEntryDef, IniEntryDefs, ModuleEntry};

use crate::input::Input;

// Exported by PHP (`ZEND_API`, `PHPAPI`) and not among ext-php-rs' bindings.
unsafe extern "C" {
    fn zend_add_attribute(
        attributes: *mut *mut ffi::HashTable,
        name: *mut ffi::zend_string,
        argc: u32,
        flags: u32,
        offset: u32,
        lineno: u32,
    ) -> *mut c_void;
    fn zend_ini_long(name: *const c_char, name_length: usize, orig: c_int) -> ffi::zend_long;
    fn php_check_open_basedir(path: *const c_char) -> c_int;
    fn display_ini_entries(module: *mut ModuleEntry);
}

/// `ZEND_ATTRIBUTE_PERSISTENT`: the attribute lives as long as the internal function.
const ATTRIBUTE_PERSISTENT: u32 = 1;

/// Flags of every class here: no heirs, no properties of the caller's, no way into a session or a cache.
pub(crate) const SEALED: ClassFlags = ClassFlags::from_bits_retain(
    ClassFlags::Final.bits() | ClassFlags::NoDynamicProperties.bits() | ClassFlags::NotSerializable.bits(),
);

const ENABLED: &CStr = c"tamis.enabled";

// `PHP_INI_SYSTEM`: no plugin can switch it with `ini_set`. There is no key in INI, as phpinfo() would show it.
static INI: IniEntryDefs<2> =
    IniEntryDefs::new([IniEntryDef::new(ENABLED, c"1", IniEntryPermission::System), IniEntryDef::end()]);

/// Registers `tamis.*`. Only in MINIT.
pub(crate) fn register_ini(module_number: i32) {
    IniEntryDef::register(INI.as_slice(), module_number);
}

/// Whether the kill switch lets Tamis run. Asked anew each time: an FPM pool sets it after MINIT.
pub(crate) fn enabled() -> bool {
    // SAFETY: the name is NUL-terminated, its length is its own, and PHP only reads it. Called from
    // method handlers only, when the INI table is alive.
    unsafe { zend_ini_long(ENABLED.as_ptr(), ENABLED.count_bytes(), 0) != 0 }
}

/// The table of `tamis.*` in `phpinfo()`.
pub(crate) fn print_ini(module: *mut ModuleEntry) {
    // SAFETY: `module` is what PHP gave to the module's own info function, which calls this.
    unsafe { display_ini_entries(module) }
}

/// Whether `open_basedir` lets this path be read; PHP warns when it does not.
pub(crate) fn may_read(path: &CStr) -> bool {
    // SAFETY: `path` is NUL-terminated and outlives the call, which only reads it.
    unsafe { php_check_open_basedir(path.as_ptr()) == 0 }
}

/// The class of this name among those registered so far, without autoloading.
pub(crate) fn find_class(name: &str) -> Option<&'static ClassEntry> {
    // SAFETY: the compiler globals exist from before the first MINIT to after the last MSHUTDOWN, and
    // this runs only in between.
    let table = unsafe { ffi::ext_php_rs_compiler_globals().as_ref()?.class_table };
    if table.is_null() {
        return None;
    }
    // SAFETY: `table` is the engine's live class table, whose values are class entries; the name is read
    // for its length only. The entry lives until the module goes, and callers do not keep it.
    unsafe {
        ffi::zend_hash_str_find_ptr_lc(table, name.as_ptr().cast(), name.len()).cast::<ClassEntry>().as_ref()
    }
}

/// Registers a class and hides the named methods' parameters from stack traces. Only in MINIT.
///
/// ext-php-rs' own
/// `ModuleBuilder::class` does the same registration, yet after our last chance to add attributes.
pub(crate) fn register_class<T: RegisteredClass>(sensitive: Sensitive<'_>) -> Result<()> {
    builder::<T>()
        .object_override::<T>()
        .registration(|class, arguments| {
            T::get_metadata().set_ce(class);
            T::get_metadata().set_arg_info(arguments);
        })
        .register()?;
    mark_all(T::get_metadata().ce(), sensitive)
}

/// [`register_class`] for the input, which has a constructor and a `create_object` of its own.
pub(crate) fn register_input(sensitive: Sensitive<'_>) -> Result<()> {
    let (constructor, flags) = Input::constructor();
    builder::<Input>()
        .method(constructor, flags)
        .registration(|class, arguments| {
            class.__bindgen_anon_2.create_object = Some(Input::create);
            Input::get_metadata().set_ce(class);
            Input::get_metadata().set_arg_info(arguments);
        })
        .register()?;
    mark_all(Input::get_metadata().ce(), sensitive)
}

/// Lower-case method names, and which of their parameters a stack trace must not show.
type Sensitive<'a> = &'a [(&'a str, &'a [u32])];

fn builder<T: RegisteredClass>() -> ClassBuilder {
    T::method_builders()
        .into_iter()
        .fold(ClassBuilder::new(T::CLASS_NAME), |builder, (method, flags)| builder.method(method, flags))
        .flags(T::FLAGS)
}

fn mark_all(class: &'static ClassEntry, sensitive: Sensitive<'_>) -> Result<()> {
    for (method, positions) in sensitive {
        for position in *positions {
            mark_sensitive(class, method, *position)?;
        }
    }
    Ok(())
}

/// `#[\SensitiveParameter]`: without it a trace quotes the body or the secret.
fn mark_sensitive(class: &'static ClassEntry, method: &str, position: u32) -> Result<()> {
    let name = ZendStr::new_interned("SensitiveParameter", true).into_raw();
    // SAFETY: `class` was registered a moment ago in this MINIT, so no other thread runs yet and its
    // function table holds the pointers to its internal functions.
    let function = unsafe {
        let entry =
            ffi::zend_hash_str_find(&raw const class.function_table, method.as_ptr().cast(), method.len());
        entry.as_ref().and_then(|zval| zval.value.func.as_mut())
    };
    let function = function.ok_or(Error::InvalidPointer)?;
    // SAFETY: `attributes` is the function's own slot, NULL or a persistent table; the name is interned
    // for the life of the process. Offset 0 is the function, its parameters follow.
    let added = unsafe {
        zend_add_attribute(
            &raw mut function.common.attributes,
            &raw mut *name,
            0,
            ATTRIBUTE_PERSISTENT,
            position.saturating_add(1),
            0,
        )
    };
    if added.is_null() { Err(Error::InvalidPointer) } else { Ok(()) }
}
