//! What was opened, for the one place that needs it.

use zeroize::Zeroize;

/// Something that was decrypted: it cannot be printed, logged or serialised, and its memory is wiped when it goes.
///
/// It has neither Debug nor Display nor Serialize, so whatever holds it has none by accident:
///
/// ```compile_fail
/// fn shows<T: std::fmt::Debug>() {}
/// shows::<vault::Secret<String>>();
/// ```
///
/// ```compile_fail
/// fn shows<T: std::fmt::Display>() {}
/// shows::<vault::Secret<String>>();
/// ```
///
/// ```compile_fail
/// fn leaves<T: serde::Serialize>() {}
/// leaves::<vault::Secret<String>>();
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Keeps `value`.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// What it is, for the one place that shows or sends it.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
