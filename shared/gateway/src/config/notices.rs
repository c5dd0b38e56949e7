//! How messages go out.

use std::path::PathBuf;

use super::ConfigError;

/// Which media a deployment has; none of them is the default, and nobody is told anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices {
    /// Whom e-mail comes from: a verified identity of SES. None: no e-mail.
    pub mail_from: Option<String>,
    /// The configuration set of SES that tells what became of mail afterwards. None: what comes back is not heard.
    pub mail_events: Option<String>,
    /// Whether text messages go out by SNS.
    pub texts: Texts,
    /// Domain of staff's mailboxes, for those whose subject is no address itself: `<subject>@<domain>`.
    pub staff_domain: Option<String>,
    /// Where messages are written instead of being sent: on one machine only.
    pub folder: Option<PathBuf>,
}

/// Whether text messages go out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// By SNS.
    On,
    /// Not at all.
    #[default]
    Off,
}

impl Notices {
    pub(super) fn from_lookup(optional: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let texts = match optional("TAIHU_TEXT_MESSAGES").as_deref() {
            None | Some("off") => Texts::Off,
            Some("on") => Texts::On,
            Some(_) => {
                return Err(ConfigError::Malformed { variable: "TAIHU_TEXT_MESSAGES", expected: "`on` or `off`" });
            }
        };
        Ok(Self {
            mail_from: optional("TAIHU_MAIL_FROM"),
            mail_events: optional("TAIHU_MAIL_EVENTS"),
            texts,
            staff_domain: optional("TAIHU_STAFF_MAIL_DOMAIN"),
            folder: optional("TAIHU_OUTBOX_FOLDER").map(PathBuf::from),
        })
    }
}
