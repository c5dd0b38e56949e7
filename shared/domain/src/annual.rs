//! The annual report on disclosure (政府信息公开工作年度报告), as far as events tell it (条例 art. 49-50; 国办公开办函〔2021〕30号).
//!
//! Part three is a fixed matrix of the year's applications. Each application tells once when it came in, as what, and how and when it ended; a year is worked out
//! from all that came in up to its end, so what one year carries over is what the next one begins with. What no event tells is [`Cell::NotRecorded`]: it is named,
//! never taken for nothing.

mod application;
mod handling;
mod matrix;
#[cfg(test)]
mod tests;

pub use application::{Applied, Paid, applied};
pub use handling::Handling;
pub use matrix::{Cell, Line, Matrix, PARTIES};
