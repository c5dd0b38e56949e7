//! All forms there are, in every version there ever was.

use std::sync::LazyLock;

use crate::form::Form;

/// Every version of every form, oldest first. A version that was offered stays as it is: a change is a new file.
const FILES: &[&str] = &[
    include_str!("../forms/correction/1.toml"),
    include_str!("../forms/correction/2.toml"),
    include_str!("../forms/correction/3.toml"),
    include_str!("../forms/information-request/1.toml"),
    include_str!("../forms/information-request/2.toml"),
    include_str!("../forms/information-request/3.toml"),
];

/// A file that does not read is left out here and fails the test below: no build with one is deployed.
static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| FILES.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// Every version of every form.
#[must_use]
pub fn all() -> &'static [Form] {
    &FORMS
}

/// The form that a citizen was shown.
#[must_use]
pub fn get(id: &str, version: u32) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.id == id && form.version == version)
}

/// The form as it is shown now.
#[must_use]
pub fn newest(id: &str) -> Option<&'static Form> {
    FORMS.iter().filter(|form| form.id == id).max_by_key(|form| form.version)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use data_encoding::HEXLOWER;
    use sha2::{Digest, Sha256};

    use super::*;

    /// What was offered once: the first sixteen digits of the SHA-256 of each file. Never change a line, only add.
    const OFFERED: [(&str, &str); 6] = [
        ("correction/1", "092b7b89c2b5df01"),
        ("correction/2", "409a39c6c3ea726c"),
        ("correction/3", "8318b8d15ee1723e"),
        ("information-request/1", "e473e8463dff0819"),
        ("information-request/2", "3a43b557c9e989b8"),
        ("information-request/3", "320c89c51f943d59"),
    ];

    #[test]
    fn every_file_is_a_form_under_its_own_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
        let mut count = 0;
        for form in fs::read_dir(&folder).unwrap() {
            for file in fs::read_dir(form.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                let text = fs::read_to_string(&path).unwrap();
                let form: Form = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert!(path.ends_with(format!("{}/{}.toml", form.id, form.version)), "{}", path.display());
                assert_eq!(get(&form.id, form.version), Some(&form), "{} is not embedded", path.display());
                count += 1;
            }
        }
        assert_eq!(all().len(), count);
    }

    #[test]
    fn what_was_offered_once_never_changes() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
        for (name, digest) in OFFERED {
            let bytes = fs::read(folder.join(format!("{name}.toml"))).unwrap();
            let found = HEXLOWER.encode(&Sha256::digest(&bytes));
            assert_eq!(&found[..16], digest, "{name}: write the change into a new version");
        }
        assert_eq!(OFFERED.len(), all().len());
    }

    /// What was typed as a text is nowhere read as a file, nor dropped as one that nobody signed for (`router/fill.rs`).
    #[test]
    fn a_question_of_files_was_never_one_of_another_kind() {
        for form in all() {
            for question in form.file_questions() {
                let same =
                    all().iter().filter(|other| other.id == form.id).filter_map(|other| other.question(&question.id));
                for other in same {
                    assert_eq!(other.kind, question.kind, "{} {}: {}", form.id, form.version, question.id);
                }
            }
        }
    }

    #[test]
    fn the_newest_version_is_shown_and_none_that_is_unknown() {
        assert_eq!(newest("correction").map(|form| form.version), Some(3));
        assert!(newest("nothing").is_none() && get("correction", 4).is_none());
    }

    /// 《个人信息保护法》第十七条: whoever is asked for personal data is told for how long it is kept, and that is what happens.
    #[test]
    fn a_notice_says_how_long_what_is_personal_is_kept() {
        use domain::{correction, request};
        let correction: correction::CorrectionLimits = serde_json::from_str(correction::NATIONAL).unwrap();
        let request: request::RequestLimits = serde_json::from_str(request::NATIONAL).unwrap();
        for (form, kept_for) in [("correction", correction.kept_for), ("information-request", request.kept_for)] {
            let told = &newest(form).unwrap().notice.text;
            assert!(told.contains(&format!("办结后保存 {} 年", kept_for.get())), "{form}: {told}");
        }
    }
}
