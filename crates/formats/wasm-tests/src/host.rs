//! What Node does for the tests.

use chancery_rustcrypto::NoEntropy;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    /// The number of the test to run; -1 to tell all names.
    fn wanted() -> i32;
    /// Takes the kind and text of a message.
    fn tell(kind: u32, text: *const u8, octets: usize);
    /// Fills a buffer with random octets.
    fn random(buffer: *mut u8, octets: usize);
    /// A new RSA key of this size as PKCS#8, into a buffer of at least 4096 octets; gives its length.
    fn rsa_key(bits: u32, buffer: *mut u8) -> usize;
}

/// What a message is about.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(crate) enum Kind {
    /// The name of a test, the next in order.
    Name = 0,
    /// What a test printed.
    Output = 1,
    /// Why a test failed; it ends after this.
    Failure = 2,
    /// The test that was run is ignored, or expects a panic, told before it starts.
    Ignored = 3,
    /// The test that runs now is to panic.
    ShouldPanic = 4,
}

pub(crate) fn wanted_test() -> Option<usize> {
    // SAFETY: takes and gives numbers only.
    usize::try_from(unsafe { wanted() }).ok()
}

pub(crate) fn say(kind: Kind, text: &str) {
    // SAFETY: the host reads the text before it returns.
    unsafe { tell(kind as u32, text.as_ptr(), text.len()) }
}

/// Random octets.
#[expect(clippy::unnecessary_wraps, reason = "the provider's signature")]
pub(crate) fn entropy(octets: &mut [u8]) -> Result<(), NoEntropy> {
    // SAFETY: the host fills exactly this buffer.
    unsafe { random(octets.as_mut_ptr(), octets.len()) }
    Ok(())
}

/// A new RSA key as PKCS#8: making one here takes seconds.
pub(crate) fn new_rsa_key(bits: u32) -> Vec<u8> {
    let mut der = vec![0; 4096];
    // SAFETY: no key that is asked for is longer than the buffer.
    let length = unsafe { rsa_key(bits, der.as_mut_ptr()) };
    der.truncate(length);
    der
}

/// The source of `getrandom`, which proptest draws its seeds from.
///
/// # Safety
/// `buffer` is valid for writes of `octets`.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    buffer: *mut u8,
    octets: usize,
) -> Result<(), getrandom::Error> {
    // SAFETY: as the caller promises.
    unsafe { random(buffer, octets) }
    Ok(())
}
