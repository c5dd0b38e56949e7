//! A folder: a file for each message, in place of sending it.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use outbox::Message;
use serde_json::{Value, json};

use super::{Carrier, Letter, Uncarried};

/// Writes `<folder>/<message id>.json`: ids and words, no address. The same message again is the same file.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// A carrier that writes into `folder`, which is made when the first message comes.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    async fn write(&self, letter: &Letter<'_>) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.0).await?;
        let id = &letter.message.id;
        let (half, whole) = (self.0.join(format!(".{id}")), self.0.join(format!("{id}.json")));
        let mut text = serde_json::to_string_pretty(&written(letter))?;
        text.push('\n');
        tokio::fs::write(&half, text).await?;
        tokio::fs::rename(&half, &whole).await
    }
}

#[async_trait]
impl Carrier for Folder {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        self.write(letter).await.map_err(|error| {
            tracing::warn!(%error, folder = %self.0.display(), "a message cannot be written");
            Uncarried::Failed("folder".to_owned())
        })
    }
}

fn written(letter: &Letter<'_>) -> Value {
    let Message { id, stream, number, index, notice, recipient, channel, department, at } = letter.message;
    json!({
        "id": id.as_str(),
        "stream": stream.as_str(),
        "commit": number,
        "event": index,
        "rule": notice.as_str(),
        "recipient": recipient.to_string(),
        "department": department.as_str(),
        "at": at.to_string(),
        "channel": channel.as_str(),
        "medium": letter.medium.as_str(),
        "subject": letter.wording.subject,
        "letter": letter.wording.letter,
        "line": letter.wording.line,
    })
}

#[cfg(test)]
mod tests {
    use domain::MessageId;
    use outbox::{Channel, Medium, Recipient};
    use vault::Secret;

    use super::*;
    use crate::wording::Wording;

    fn message() -> Message {
        let stream = "correction:b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap();
        Message {
            id: MessageId::derive(&stream, 1, 0, "received", "citizen", "email-else-text"),
            stream,
            number: 1,
            index: 0,
            notice: domain::case::Notice::Received,
            recipient: Recipient::Citizen,
            channel: Channel::EmailElseText,
            department: "jyj".parse().unwrap(),
            at: "2026-11-30T01:00:00Z".parse().unwrap(),
        }
    }

    fn wording() -> Wording {
        let said = |text: &str| text.to_owned();
        Wording { subject: said("已收到您的来件"), letter: said("您好：\n"), line: said("已收到。") }
    }

    #[tokio::test]
    async fn a_message_is_one_file_however_often_it_is_sent_and_holds_no_address() {
        let folder = tempfile::tempdir().unwrap();
        let carrier = Folder::new(&folder.path().join("outbox"));
        let message = message();
        for _ in 0..2 {
            let to = vec![Secret::new("wang@example.cn".to_owned())];
            let letter = Letter { message: &message, medium: Medium::Email, to, wording: wording() };
            carrier.carry(&letter).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(folder.path().join("outbox")).unwrap().map(Result::unwrap).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name().to_str().unwrap(), format!("{}.json", message.id));
        let text = std::fs::read_to_string(files[0].path()).unwrap();
        assert!(!text.contains("wang") && text.contains("\"recipient\": \"citizen\""), "{text}");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_a_failure_and_no_refusal() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        let message = message();
        let letter = Letter { message: &message, medium: Medium::Text, to: Vec::new(), wording: wording() };
        let carried = Folder::new(&file).carry(&letter).await;
        assert_eq!(carried, Err(Uncarried::Failed("folder".to_owned())));
    }
}
