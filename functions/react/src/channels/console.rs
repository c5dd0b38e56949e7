//! The log: that a message went out, for whoever tries the product on one machine.

use async_trait::async_trait;

use super::{Carrier, Letter, Uncarried};

/// Tells of every message in a line at debug: ids and words, no address.
#[derive(Debug, Clone, Copy)]
pub struct Console;

#[async_trait]
impl Carrier for Console {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        let message = letter.message;
        tracing::debug!(
            message = message.id.as_str(),
            stream = message.stream.as_str(),
            rule = message.notice.as_str(),
            recipient = %message.recipient,
            medium = letter.medium.as_str(),
            says = letter.wording.line,
            "a message went out"
        );
        Ok(())
    }
}
