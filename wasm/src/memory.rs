//! Memory that runs out says so: the trap that follows alone would look like any fault.
//!
//! It must not know who asks for memory.

use crate::results;

/// Bytes for a buffer, all zero, or nothing.
pub(crate) fn zeroes(bytes: usize) -> Option<Vec<u8>> {
    let mut buffer = Vec::new();
    if buffer.try_reserve_exact(bytes).is_err() {
        // This failure is told by status, not by a trap.
        results::set_trap(0);
        return None;
    }
    buffer.resize(bytes, 0);
    Some(buffer)
}

#[cfg(target_arch = "wasm32")]
mod told {
    use std::alloc::{GlobalAlloc, Layout, System};

    use tamis::HostErrorKind;

    use super::results;

    /// The system's allocator, which notes when it has nothing to give.
    struct Told;

    #[global_allocator]
    static ALLOCATOR: Told = Told;

    fn noted(block: *mut u8) -> *mut u8 {
        if block.is_null() {
            results::set_trap(HostErrorKind::Memory.code());
        }
        block
    }

    // SAFETY: every call goes to the system's allocator with the same arguments, and its block is handed on
    // as it is. Noting allocates nothing and cannot unwind.
    unsafe impl GlobalAlloc for Told {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller keeps `GlobalAlloc`'s contract, which is the system allocator's.
            noted(unsafe { System.alloc(layout) })
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            // SAFETY: as above.
            noted(unsafe { System.alloc_zeroed(layout) })
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
            // SAFETY: as above; `block` came from the system's allocator, as all blocks do.
            noted(unsafe { System.realloc(block, layout, bytes) })
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: as above.
            unsafe { System.dealloc(block, layout) }
        }
    }
}
