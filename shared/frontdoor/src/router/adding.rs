//! A file that was chosen in a form: looked at, and laid away until the form is sent.

use std::time::Duration;

use gateway::FILE_LIMIT;
use http::StatusCode;
use intake::{Limits, Offered, Refusal, Taken};

use super::{
    answer::{Around, minutes},
    body::Chosen,
    files::endings,
};
use crate::{
    attachment::Attachment,
    attempts::{Try, Verdict},
    file_name,
    form::Question,
    posted::Posted,
    submission::Personal,
    token::Token,
};

const UNAVAILABLE: &str = "暂时无法添加文件，填写的内容都还在。请稍等片刻再试";

/// A file on its way to a question of the form that `token` was made for.
pub(super) struct Adding<'a> {
    pub(super) around: &'a Around,
    pub(super) question: &'a Question,
    pub(super) token: &'a Token,
}

/// Why a file is not added, over the form that it was chosen in.
pub(super) struct Not {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) sentence: String,
    pub(super) wait: Option<Duration>,
}

impl Not {
    pub(super) fn fit(code: &'static str, sentence: String) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, code, sentence, wait: None }
    }

    fn now(status: StatusCode, code: &'static str, sentence: String, wait: Duration) -> Self {
        Self { status, code, sentence, wait: Some(wait) }
    }

    fn available() -> Self {
        Self::now(StatusCode::SERVICE_UNAVAILABLE, "unavailable", UNAVAILABLE.to_owned(), Duration::from_secs(5))
    }
}

impl Adding<'_> {
    /// Looks at a file and lays it away; what the form carries for it.
    pub(super) async fn added(&self, posted: &Posted, chosen: Chosen) -> Result<String, Not> {
        let Self { around, question, token } = self;
        let parts = around.front.parts();
        let (label, most) = (&question.label, question.most());
        if chosen.question != question.id {
            return Err(Not::fit("not-a-question", format!("文件不属于“{label}”，请重新选择")));
        }
        if posted.all(&question.id).len() >= most {
            return Err(Not::fit("too-many-files", format!("“{label}”最多添加 {most} 个文件，可以先移除不需要的")));
        }
        let Chosen { name, bytes, .. } = chosen;
        if bytes.len() > FILE_LIMIT {
            let sentence = format!("“{label}”的每个文件不超过 4 MB，刚才选的超过了：请缩小、压缩或者拆分后再添加");
            return Err(Not::fit("file-too-large", sentence));
        }
        self.counted().await?;
        let name = file_name::cleaned(&name);
        let taken = self.looked_at(name.clone(), bytes).await?;
        if !question.files.contains(&taken.kind) {
            return Err(self.other_kind());
        }
        let kept = parts.quarantine.keep(&taken.bytes, around.front.now()).await.map_err(|error| {
            tracing::error!(alarm = "frontdoor-quarantine", %error);
            Not::available()
        })?;
        let file = Attachment {
            place: kept.place,
            key: kept.key,
            name: Personal::new(file_name::of_kind(&name, taken.kind)),
            kind: taken.kind,
            bytes: taken.bytes.len() as u64,
        };
        Ok(file.signed(&question.id, token, &parts.keys))
    }

    /// Counts a file of this address, whatever comes of it: looking at one is what costs.
    async fn counted(&self) -> Result<(), Not> {
        let (front, visitor) = (&self.around.front, self.around.visitor());
        match front.parts().limiter.take(&Try::Upload(&visitor), front.now()).await {
            Ok(Verdict::Granted) => Ok(()),
            Ok(Verdict::Wait(wait)) => {
                let sentence =
                    format!("从您所在的网络添加文件太多，请在 {} 分钟后再添加；不加也可以继续", minutes(wait));
                Err(Not::now(StatusCode::TOO_MANY_REQUESTS, "too-many", sentence, wait))
            }
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                Err(Not::available())
            }
        }
    }

    /// What is made of the file: a picture anew, without what cameras write into it.
    async fn looked_at(&self, name: String, bytes: bytes::Bytes) -> Result<Taken, Not> {
        // It is never closed.
        let _room = self.around.front.looking().acquire().await;
        let limits = Limits { bytes: FILE_LIMIT as u64, ..Limits::default() };
        let looked =
            tokio::task::spawn_blocking(move || intake::take_in(&Offered { name: &name, bytes: &bytes }, &limits));
        match looked.await {
            Ok(Ok(taken)) => Ok(taken),
            // What is taken elsewhere need not be taken here.
            Ok(Err(Refusal::UnknownKind { .. })) => Err(self.other_kind()),
            Ok(Err(refusal)) => Err(Not::fit(refusal.code(), refusal.chinese())),
            Err(panic) => {
                tracing::error!(alarm = "intake-panicked", %panic);
                Err(Not::available())
            }
        }
    }

    fn other_kind(&self) -> Not {
        let sentence = format!("“{}”只接收 {} 文件，请另存为其中一种", self.question.label, endings(self.question));
        Not::fit("file-kind", sentence)
    }
}
