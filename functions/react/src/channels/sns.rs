//! Text messages by Amazon SNS.

use async_trait::async_trait;
use aws_sdk_sns::{Client, error::ProvideErrorMetadata};
use aws_types::SdkConfig;

use super::{Carrier, Letter, Uncarried};

/// What SNS will never take, however often it is asked.
const REFUSALS: [&str; 4] = ["InvalidParameter", "ParameterValueInvalid", "OptedOut", "ValidationException"];

/// Sends text messages.
#[derive(Debug, Clone)]
pub struct Sns(Client);

impl Sns {
    /// A carrier of the account's region; nothing is sent yet.
    #[must_use]
    pub fn new(shared: &SdkConfig) -> Self {
        Self(Client::new(shared))
    }
}

#[async_trait]
impl Carrier for Sns {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        let sent = self.0.publish().phone_number(letter.to.expose()).message(&letter.wording.line).send().await;
        // INVARIANT: its code only; what SNS says in words names the number.
        sent.map(drop).map_err(|error| uncarried(error.code()))
    }
}

fn uncarried(code: Option<&str>) -> Uncarried {
    match code {
        Some(code) if REFUSALS.contains(&code) => Uncarried::Refused(code.to_owned()),
        code => Uncarried::Failed(code.unwrap_or("sns").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_none_is_refused_and_a_throttled_one_comes_again() {
        assert_eq!(uncarried(Some("InvalidParameter")), Uncarried::Refused("InvalidParameter".to_owned()));
        assert_eq!(uncarried(Some("Throttled")), Uncarried::Failed("Throttled".to_owned()));
    }
}
