//! Names of files, as people give them and as they are told again.

use domain::file::FileKind;

/// Most characters of one.
const LONGEST: usize = 100;

/// Characters that a name has on no system.
const NEVER: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// A name without the folders before it and what would not be seen or disguises it; of a long one the beginning and the ending.
#[must_use]
pub fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last
        .chars()
        .filter(|c| *c != '\n' && !domain::text::is_forbidden(*c))
        .map(|c| if NEVER.contains(&c) || c == '\t' { ' ' } else { c })
        .collect();
    let seen = seen.trim();
    match seen.rsplit_once('.') {
        Some((stem, ending)) if seen.chars().count() > LONGEST => {
            let ending: String = ending.chars().take(10).collect();
            let stem: String = stem.chars().take(LONGEST - 1 - ending.chars().count()).collect();
            format!("{stem}.{ending}")
        }
        _ => seen.chars().take(LONGEST).collect(),
    }
}

/// The name as it ends for a file of this kind: a picture may have become one of another.
#[must_use]
pub fn of_kind(name: &str, kind: FileKind) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let usual = match ending.to_lowercase().as_str() {
        "jpeg" | "jfif" => FileKind::Jpeg.extension().to_owned(),
        other => other.to_owned(),
    };
    if usual == kind.extension() { name.to_owned() } else { format!("{stem}.{}", kind.extension()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_stands_behind_the_folders_and_can_be_seen() {
        for (given, shown) in [
            ("C:\\fakepath\\路灯.jpg", "路灯.jpg"),
            ("../../etc/passwd", "passwd"),
            ("a\u{202e}gpj.exe\r\n", "agpj.exe"),
            ("甲:乙?.pdf", "甲 乙 .pdf"),
            ("", ""),
        ] {
            assert_eq!(cleaned(given), shown, "{given}");
        }
        let long = cleaned(&format!("{}.docx", "长".repeat(300)));
        assert!(long.chars().count() == 100 && long.ends_with("长.docx"), "{long}");
    }

    #[test]
    fn a_name_ends_as_its_kind_does() {
        for (given, kind, told) in [
            ("a.JPEG", FileKind::Jpeg, "a.JPEG"),
            ("a.webp", FileKind::Jpeg, "a.jpg"),
            ("a.b.gif", FileKind::Png, "a.b.png"),
            ("a.txt", FileKind::Text, "a.txt"),
        ] {
            assert_eq!(of_kind(given, kind), told);
        }
    }
}
