//! A folder: a file for each message, in place of sending it.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use outbox::Message;
use serde_json::{Value, json};

use super::{Carrier, Letter, Uncarried};

/// Letters that this process wrote: each begins as a file of its own.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Writes `<folder>/<message id>.json`: ids and words, no address. The same message again, or to somebody else, is the same file.
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
        // Letters of one message are written side by side.
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let (half, whole) = (self.0.join(format!(".{id}-{number}")), self.0.join(format!("{id}.json")));
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
    use outbox::Medium;
    use vault::Secret;

    use super::*;
    use crate::channels::sample::{message, wording};

    #[tokio::test]
    async fn a_message_is_one_file_however_often_it_is_sent_and_holds_no_address() {
        let folder = tempfile::tempdir().unwrap();
        let carrier = Folder::new(&folder.path().join("outbox"));
        let message = message();
        for _ in 0..2 {
            let to = Secret::new("wang@example.cn".to_owned());
            let letter = Letter { message: &message, round: 0, medium: Medium::Email, to, wording: &wording() };
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
        let to = Secret::new("+8613800138000".to_owned());
        let letter = Letter { message: &message, round: 0, medium: Medium::Text, to, wording: &wording() };
        let carried = Folder::new(&file).carry(&letter).await;
        assert_eq!(carried, Err(Uncarried::Failed("folder".to_owned())));
    }
}
