//! Handles: numbers that name an object, and never another one later.
//!
//! It must not know what the objects are.

use tamis::HostErrorKind;

/// Bits of a handle that are the index of its slot; the others are the slot's generation.
const INDEX_BITS: u32 = 12;
/// Slots at once.
pub(crate) const HANDLES_MAX: usize = (1 << INDEX_BITS) - 1;
/// The last generation of a slot. After it the slot stays empty, so that no handle comes twice.
const GENERATION_MAX: u32 = (1 << (32 - INDEX_BITS)) - 1;

/// Objects by handle.
pub(crate) struct Handles<T> {
    slots: Vec<Slot<T>>,
    /// Slots that may be filled again.
    free: Vec<u32>,
}

struct Slot<T> {
    generation: u32,
    object: Option<T>,
}

impl<T> Handles<T> {
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), free: Vec::new() }
    }

    /// Keeps an object and tells its handle, which is not 0.
    pub(crate) fn insert(&mut self, object: T) -> Result<u32, HostErrorKind> {
        let index = match self.free.pop() {
            Some(index) => index,
            None if self.slots.len() >= HANDLES_MAX => return Err(HostErrorKind::TooManyHandles),
            None => {
                self.slots.push(Slot { generation: 0, object: None });
                u32::try_from(self.slots.len() - 1).map_err(|_| HostErrorKind::TooManyHandles)?
            }
        };
        let slot = self.slots.get_mut(index as usize).ok_or(HostErrorKind::Handle)?;
        slot.generation += 1;
        slot.object = Some(object);
        Ok(slot.generation << INDEX_BITS | index)
    }

    /// The object of a handle.
    pub(crate) fn get(&self, handle: u32) -> Result<&T, HostErrorKind> {
        let slot = self.slots.get(index_of(handle)).filter(|slot| slot.generation == generation_of(handle));
        slot.and_then(|slot| slot.object.as_ref()).ok_or(HostErrorKind::Handle)
    }

    /// The object of a handle, to change it.
    pub(crate) fn get_mut(&mut self, handle: u32) -> Result<&mut T, HostErrorKind> {
        let slot = self.slots.get_mut(index_of(handle));
        let slot = slot.filter(|slot| slot.generation == generation_of(handle));
        slot.and_then(|slot| slot.object.as_mut()).ok_or(HostErrorKind::Handle)
    }

    /// Takes the object out; its handle is void from now on.
    pub(crate) fn remove(&mut self, handle: u32) -> Result<T, HostErrorKind> {
        let slot = self.slots.get_mut(index_of(handle));
        let slot =
            slot.filter(|slot| slot.generation == generation_of(handle)).ok_or(HostErrorKind::Handle)?;
        let object = slot.object.take().ok_or(HostErrorKind::Handle)?;
        if slot.generation < GENERATION_MAX {
            self.free.push(handle & INDEX_MASK);
        }
        Ok(object)
    }
}

const INDEX_MASK: u32 = (1 << INDEX_BITS) - 1;

const fn index_of(handle: u32) -> usize {
    (handle & INDEX_MASK) as usize
}

const fn generation_of(handle: u32) -> u32 {
    handle >> INDEX_BITS
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_freed_handle_is_void_for_ever() {
        let mut handles = Handles::new();
        let first = handles.insert('a').unwrap();
        let second = handles.insert('b').unwrap();
        assert_ne!(first, 0);
        assert_eq!(handles.remove(first), Ok('a'));
        assert_eq!(handles.remove(first), Err(HostErrorKind::Handle));
        let third = handles.insert('c').unwrap();
        assert_ne!(third, first);
        assert_eq!(handles.get(first), Err(HostErrorKind::Handle));
        assert_eq!((handles.get(second), handles.get(third)), (Ok(&'b'), Ok(&'c')));
    }

    #[test]
    fn invented_handles_are_refused() {
        let mut handles = Handles::new();
        let real = handles.insert('a').unwrap();
        for handle in (0..64).chain([u32::MAX, real + 1, real ^ 1 << 31]).filter(|h| *h != real) {
            assert_eq!(handles.get(handle), Err(HostErrorKind::Handle), "{handle}");
            assert_eq!(handles.remove(handle), Err(HostErrorKind::Handle), "{handle}");
        }
    }

    #[test]
    fn there_is_a_limit_at_once() {
        let mut handles = Handles::new();
        let all: Vec<u32> = (0..HANDLES_MAX).map(|n| handles.insert(n).unwrap()).collect();
        assert_eq!(handles.insert(0), Err(HostErrorKind::TooManyHandles));
        handles.remove(all[17]).unwrap();
        assert!(handles.insert(0).is_ok());
    }

    #[test]
    fn a_slot_ends_with_its_last_generation() {
        let mut handles = Handles::new();
        let mut last = 0;
        for _ in 0..GENERATION_MAX {
            last = handles.insert(()).unwrap();
            handles.remove(last).unwrap();
        }
        assert_eq!(generation_of(last), GENERATION_MAX);
        let next = handles.insert(()).unwrap();
        assert_eq!((index_of(next), generation_of(next)), (1, 1));
    }
}
