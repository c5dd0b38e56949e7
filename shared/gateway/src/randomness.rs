//! Values that nobody can guess.

/// Where values come from that nobody can guess; tests pass their own.
pub trait Randomness: Send + Sync {
    /// 256 bits, other ones each time.
    fn bytes(&self) -> [u8; 32];
}

/// The machine's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn bytes(&self) -> [u8; 32] {
        rand::random()
    }
}
