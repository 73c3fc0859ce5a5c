//! The module's functions as JavaScript sees them.
//!
//! A request goes into a buffer that [`reserve`] gives; [`call`] takes it and leaves the answer where it says, [`answered`] octets
//! long; [`forget`] wipes it. All of it happens in one thread and one turn of the worker's loop.

use std::cell::RefCell;

use zeroize::Zeroizing;

use crate::Module;

thread_local! {
    static MODULE: RefCell<Module> = RefCell::new(Module::default());
    static BUFFER: RefCell<Zeroizing<Vec<u8>>> = RefCell::default();
}

/// A buffer of this many octets for the next request.
#[expect(unsafe_code, reason = "exported by name; no pointer is followed here")]
#[unsafe(no_mangle)]
extern "C" fn reserve(octets: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = Zeroizing::new(vec![0; octets]);
        buffer.as_mut_ptr()
    })
}

/// Answers the request in the buffer; the answer begins where this points.
#[expect(unsafe_code, reason = "exported by name; no pointer is followed here")]
#[unsafe(no_mangle)]
extern "C" fn call() -> *const u8 {
    let request = BUFFER.take();
    let answer = MODULE.with_borrow_mut(|module| module.call(&request));
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = answer;
        buffer.as_ptr()
    })
}

/// Octets of the answer.
#[expect(unsafe_code, reason = "exported by name; no pointer is followed here")]
#[unsafe(no_mangle)]
extern "C" fn answered() -> usize {
    BUFFER.with_borrow(|buffer| buffer.len())
}

/// Wipes the answer.
#[expect(unsafe_code, reason = "exported by name; no pointer is followed here")]
#[unsafe(no_mangle)]
extern "C" fn forget() {
    BUFFER.take();
}
