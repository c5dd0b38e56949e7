//! Where people are reached: found out for each attempt, held while it lasts, written nowhere.
//!
//! A citizen's address is what he told, in the vault: reading it is recorded like anybody's reading, by `system:react`. A member of staff has no address in any
//! event; his mailbox is the subject that his tokens name, if that is an address, or `<subject>@<domain>` where the deployment names the domain.
//!
//! That a citizen left no address is his choice; that a message to staff has no mailbox to go to is a failure, which is told.

use domain::{
    DepartmentCode, StaffId,
    staff::{Role, Staff},
    text::Line,
};
use ledger::{Ledger, LoadError};
use outbox::{Medium, Message, Recipient};
use thiserror::Error;
use vault::{Closed, Opening, Secret, Vault, VaultError};
use views::{
    Prefix, Read, ViewError, Views,
    city::{StaffLine, slice},
};

use crate::facts::Facts;

/// Who reads a citizen's address.
const ACTOR: &str = "system:react";
/// Why.
const WHY: &str = "按所留联系方式发送办理通知";
/// Longest address that is one (RFC 5321).
const LONGEST: usize = 254;

/// Where people are reached.
#[derive(Clone)]
pub(crate) struct Addresses {
    pub(crate) ledger: Ledger,
    pub(crate) views: Views,
    pub(crate) vault: Vault,
    pub(crate) staff_domain: Option<String>,
}

/// Ways to who is to be told.
pub(crate) enum Ways {
    /// To one person: the dearest first, the next for where the one before is refused. None where he left none, or no medium that he left goes out from here.
    Person(Vec<(Medium, Secret<String>)>),
    /// To staff by e-mail: a letter to each, at least one.
    Staff(Vec<Mailbox>),
}

/// Where a member of staff is reached.
pub(crate) struct Mailbox {
    /// Who.
    pub(crate) staff: StaffId,
    /// Where.
    pub(crate) at: Secret<String>,
}

/// It cannot be found out now where somebody is reached.
#[derive(Debug, Error)]
pub(crate) enum AddressError {
    /// The ledger.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The views.
    #[error(transparent)]
    Views(#[from] ViewError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Nothing was projected yet.
    #[error("there are no views")]
    NoViews,
    /// Nobody who is to be told has a mailbox.
    #[error("nobody who is to be told has a mailbox")]
    NoMailbox,
    /// A name of this code is none: a mistake of it.
    #[error("a name of this code is none")]
    Name,
}

impl Addresses {
    /// The ways by `media` to the recipient. To staff there are none where they get no e-mail here at all.
    pub(crate) async fn of(&self, message: &Message, facts: &Facts, media: &[Medium]) -> Result<Ways, AddressError> {
        if message.recipient == Recipient::Citizen {
            return Ok(Ways::Person(self.of_citizen(message, facts, media).await?));
        }
        if !media.contains(&Medium::Email) {
            return Ok(Ways::Person(Vec::new()));
        }
        let mailboxes = self.of_staff(&message.recipient, facts).await?;
        if mailboxes.is_empty() { Err(AddressError::NoMailbox) } else { Ok(Ways::Staff(mailboxes)) }
    }

    async fn of_citizen(
        &self,
        message: &Message,
        facts: &Facts,
        media: &[Medium],
    ) -> Result<Vec<(Medium, Secret<String>)>, AddressError> {
        let Some(identity) = facts.identity.as_ref().filter(|_| !media.is_empty()) else { return Ok(Vec::new()) };
        let (Ok(actor), Ok(why)) = (ACTOR.parse(), Line::new(WHY)) else { return Err(AddressError::Name) };
        let opening = Opening::staff(&message.stream, actor, None, why);
        let opened = match self.vault.open(&opening, &[Closed::Identity(identity)]).await {
            // Erased since the case was read.
            Err(VaultError::Erased { .. }) => return Ok(Vec::new()),
            opened => opened?,
        };
        let told = |name: &str| opened.identity().and_then(|identity| identity.get(name));
        let ways = media.iter().filter_map(|medium| {
            let address = match medium {
                Medium::Email => told("email").and_then(mailbox),
                Medium::Text => told("phone").and_then(mobile),
            };
            address.map(|address| (*medium, address))
        });
        Ok(ways.collect())
    }

    async fn of_staff(&self, recipient: &Recipient, facts: &Facts) -> Result<Vec<Mailbox>, AddressError> {
        match recipient {
            Recipient::Citizen => Ok(Vec::new()),
            Recipient::Handler(staff) => match self.person(staff, facts).await? {
                Some(subject) => Ok(self.of_subject(staff.clone(), &subject).into_iter().collect()),
                None => self.of_supervisors(&facts.department).await,
            },
            // Of whoever answers for it by now: it may have been handed over since.
            Recipient::Supervisors(_) => self.of_supervisors(&facts.department).await,
            Recipient::Department(code) => {
                let staff = self.holding(Some(code), &[Role::Handler, Role::Supervisor]).await?;
                // A department where nobody works on cases: whoever supervises the city's hears of it.
                if staff.is_empty() { self.holding(None, &[Role::Supervisor]).await } else { Ok(staff) }
            }
        }
    }

    /// The subject of who handles the case still; none where somebody else does by now, or he is disabled.
    async fn person(&self, staff: &StaffId, facts: &Facts) -> Result<Option<String>, AddressError> {
        if facts.handler.as_ref() != Some(staff) {
            return Ok(None);
        }
        let (person, _, _) = self.ledger.read::<Staff>(&staff.stream()).await?;
        let enrolled = person.enrolled.filter(|_| person.disabled.is_none());
        Ok(enrolled.map(|enrolled| enrolled.subject.to_string()))
    }

    /// Those of the department; of a department that has none, those of the whole city.
    async fn of_supervisors(&self, code: &DepartmentCode) -> Result<Vec<Mailbox>, AddressError> {
        let own = self.holding(Some(code), &[Role::Supervisor]).await?;
        if own.is_empty() { self.holding(None, &[Role::Supervisor]).await } else { Ok(own) }
    }

    /// Whoever holds one of `roles` for a department, or for all.
    async fn holding(&self, department: Option<&DepartmentCode>, roles: &[Role]) -> Result<Vec<Mailbox>, AddressError> {
        let registry = self.views.registry().await?.ok_or(AddressError::NoViews)?;
        let slice = slice::staff(department.map(|code| code.as_str()));
        let rows = self.views.read(&Prefix(registry.active), &Read::all(slice)).await?;
        let lines =
            rows.iter().filter_map(|row| Some((row.at.key.parse::<StaffId>().ok()?, row.content::<StaffLine>()?)));
        let holds = |line: &StaffLine| {
            line.roles.iter().any(|held| roles.iter().any(|role| role.as_str() == held.role)) && !line.disabled
        };
        let holding = lines.filter(|(_, line)| holds(line));
        Ok(holding.filter_map(|(staff, line)| self.of_subject(staff, &line.subject)).collect())
    }

    fn of_subject(&self, staff: StaffId, subject: &str) -> Option<Mailbox> {
        let at = mailbox(subject).or_else(|| mailbox(&format!("{subject}@{}", self.staff_domain.as_ref()?)))?;
        Some(Mailbox { staff, at })
    }
}

/// A mailbox, if that is what was typed.
fn mailbox(typed: &str) -> Option<Secret<String>> {
    let typed = typed.trim();
    let (name, domain) = typed.rsplit_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>(),;:\\\"@[]".contains(c);
    let fits = !name.is_empty() && !domain.is_empty() && typed.len() <= LONGEST;
    (fits && typed.chars().filter(|c| *c == '@').count() == 1 && name.chars().chain(domain.chars()).all(plain))
        .then(|| Secret::new(typed.to_owned()))
}

/// A mobile number of the mainland as networks write it, if that is what was typed: others get no text messages.
fn mobile(typed: &str) -> Option<Secret<String>> {
    let kept: String = typed.chars().filter(|c| c.is_ascii_digit()).collect();
    if typed.chars().any(|c| !(c.is_ascii_digit() || " +-()".contains(c))) {
        return None;
    }
    let national = match kept.len() {
        11 => kept.as_str(),
        13 => kept.strip_prefix("86")?,
        15 => kept.strip_prefix("0086")?,
        _ => return None,
    };
    let mut digits = national.chars();
    let fits = digits.next() == Some('1') && digits.next().is_some_and(|second| ('3'..='9').contains(&second));
    fits.then(|| Secret::new(format!("+86{national}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_are_written_as_networks_do_and_others_get_no_texts() {
        let told = |typed| mobile(typed).map(|number| number.expose().clone());
        for typed in ["13800138000", "138 0013-8000", "+86 13800138000", "0086-13800138000"] {
            assert_eq!(told(typed).as_deref(), Some("+8613800138000"), "{typed}");
        }
        for other in ["010-12345678", "12800138000", "1380013800", "0519-81000001-802", "138001380001", "电话"] {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn mailboxes_are_told_from_what_would_be_two_or_more() {
        for typed in ["wang@example.cn", " wang.xm+gov@mail.example.cn "] {
            assert_eq!(mailbox(typed).map(|found| found.expose().clone()).as_deref(), Some(typed.trim()));
        }
        for other in ["", "wang", "@example.cn", "wang@", "a@b@c", "a@b.cn,c@d.cn", "a@b.cn\r\nBcc: c@d.cn", "<a@b.cn>"]
        {
            assert!(mailbox(other).is_none(), "{other}");
        }
    }
}
