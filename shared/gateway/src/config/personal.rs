//! Where personal data lies, and what wraps its keys.

use std::path::PathBuf;

use super::ConfigError;

/// Tables of personal data and their root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Table of keys.
    pub keys_table: String,
    /// Table of identities, and of who is found where.
    pub vault_table: String,
    /// What wraps the departments' and the server's keys.
    pub root: RootKey,
}

/// What wraps keys that are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootKey {
    /// A key of AWS KMS: its id, ARN or alias.
    Kms(String),
    /// A key file; on one machine only.
    File(PathBuf),
}

impl Personal {
    /// Both tables and one root stand or fall together.
    pub(super) fn from_lookup(optional: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let tables = (optional("TAIHU_KEYS_TABLE"), optional("TAIHU_VAULT_TABLE"));
        let root = match (optional("TAIHU_KMS_KEY"), optional("TAIHU_KEY_FILE")) {
            (Some(_), Some(_)) => {
                return Err(ConfigError::Malformed {
                    variable: "TAIHU_KEY_FILE",
                    expected: "absent where `TAIHU_KMS_KEY` is set",
                });
            }
            (Some(key), None) => Some(RootKey::Kms(key)),
            (None, Some(file)) => Some(RootKey::File(file.into())),
            (None, None) => None,
        };
        let missing = |variable| Err(ConfigError::Missing { variable });
        match (tables, root) {
            ((None, None), None) => Ok(None),
            ((None, _), _) => missing("TAIHU_KEYS_TABLE"),
            ((_, None), _) => missing("TAIHU_VAULT_TABLE"),
            (_, None) => missing("TAIHU_KMS_KEY"),
            ((Some(keys_table), Some(vault_table)), Some(root)) => Ok(Some(Self { keys_table, vault_table, root })),
        }
    }
}
