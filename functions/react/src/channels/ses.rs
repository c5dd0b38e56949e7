//! E-mail by Amazon SES.

use async_trait::async_trait;
use aws_sdk_sesv2::{
    Client,
    error::{BuildError, ProvideErrorMetadata},
    types::{Body, Content, Destination, EmailContent, Message, MessageTag},
};
use aws_types::SdkConfig;

use super::{Carrier, Letter, MESSAGE_TAG, ROUND_TAG, Uncarried};

/// What SES will never take, however often it is asked.
const REFUSALS: [&str; 3] = ["MessageRejected", "BadRequestException", "ValidationException"];

/// Sends e-mail from one address.
#[derive(Debug, Clone)]
pub struct Ses {
    client: Client,
    from: String,
    /// The configuration set by which SES tells what became of a letter afterwards.
    events: Option<String>,
}

impl Ses {
    /// Sends from `from`, a verified identity; nothing is sent yet.
    #[must_use]
    pub fn new(shared: &SdkConfig, from: &str, events: Option<&str>) -> Self {
        Self { client: Client::new(shared), from: from.to_owned(), events: events.map(str::to_owned) }
    }
}

#[async_trait]
impl Carrier for Ses {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        let mistake = |_: BuildError| Uncarried::Failed("mistake".to_owned());
        let content = content(letter).map_err(mistake)?;
        let [message, round] = tags(letter).map_err(mistake)?;
        let sent = self
            .client
            .send_email()
            .from_email_address(&self.from)
            .destination(Destination::builder().to_addresses(letter.to.expose()).build())
            .content(content)
            .email_tags(message)
            .email_tags(round)
            .set_configuration_set_name(self.events.clone())
            .send()
            .await;
        // INVARIANT: its code only; what SES says in words names the address.
        sent.map(drop).map_err(|error| uncarried(error.code()))
    }
}

fn content(letter: &Letter<'_>) -> Result<EmailContent, BuildError> {
    let text = |text: &str| Content::builder().data(text).charset("UTF-8").build();
    let body = Body::builder().text(text(&letter.wording.letter)?).build();
    let message = Message::builder().subject(text(&letter.wording.subject)?).body(body).build();
    Ok(EmailContent::builder().simple(message).build())
}

/// What a bounce is found by: an id, and which sending of it this is.
fn tags(letter: &Letter<'_>) -> Result<[MessageTag; 2], BuildError> {
    let tag = |name: &str, value: &str| MessageTag::builder().name(name).value(value).build();
    Ok([tag(MESSAGE_TAG, letter.message.id.as_str())?, tag(ROUND_TAG, &letter.round.to_string())?])
}

fn uncarried(code: Option<&str>) -> Uncarried {
    match code {
        Some(code) if REFUSALS.contains(&code) => Uncarried::Refused(code.to_owned()),
        code => Uncarried::Failed(code.unwrap_or("ses").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use outbox::Medium;
    use vault::Secret;

    use super::*;
    use crate::channels::sample::{message, wording};

    /// Given a message that was raised twice, then SES is told which sending of it this is, and no address.
    #[test]
    fn a_letter_is_tagged_by_its_message_and_its_round() {
        let (message, wording, to) = (message(), wording(), Secret::new("wang@example.cn".to_owned()));
        let letter = Letter { message: &message, round: 2, medium: Medium::Email, to, wording: &wording };
        let tags = tags(&letter).unwrap();
        let told = tags.each_ref().map(|tag| (tag.name(), tag.value()));
        assert_eq!(told, [("message", message.id.as_str()), ("round", "2")]);
    }

    #[test]
    fn what_ses_will_never_take_is_refused_and_the_rest_comes_again() {
        assert_eq!(uncarried(Some("MessageRejected")), Uncarried::Refused("MessageRejected".to_owned()));
        assert_eq!(
            uncarried(Some("TooManyRequestsException")),
            Uncarried::Failed("TooManyRequestsException".to_owned())
        );
        assert_eq!(uncarried(None), Uncarried::Failed("ses".to_owned()));
    }
}
