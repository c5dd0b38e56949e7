//! Files on a page: pictures where the body names them, everything else in the list below it; and what a file itself is served with.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::model::{FileNote, PictureNote};

/// Beginning of the address by which a body names a file of its document: `/_files/<hash>`.
///
/// No page of a site has such an address; the page of the document leads to where the file is.
pub const FILE_REFERENCE: &str = "/_files/";

/// How wide a picture stands on a page, for browsers to choose its size by.
pub(crate) const SIZES: &str = "(min-width: 46rem) 40rem, 100vw";

/// An address in a sanitised body that means a file of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileReference<'a> {
    /// The address as it stands there.
    pub address: &'a str,
    /// The file's hash; none if the address is none that a page could lead on from.
    pub hash: Option<&'a str>,
    /// Whether it is shown as a picture; else it is linked to.
    pub shown: bool,
}

/// Everything in a sanitised body that is meant as a file of its document, well written or not.
#[must_use]
pub fn file_references(sanitised: &str) -> Vec<FileReference<'_>> {
    let mut found = Vec::new();
    for (front, shown) in [(PICTURE, true), (LINK, false)] {
        for (at, _) in sanitised.match_indices(front) {
            let behind = sanitised.get(at + front.len()..).unwrap_or_default();
            let address = behind.split('"').next().unwrap_or_default();
            if means_a_file(address) {
                found.push(FileReference { address, hash: hash_of(address), shown });
            }
        }
    }
    found
}

/// How a sanitised body begins a picture and a link.
const PICTURE: &str = "<img src=\"";
const LINK: &str = "<a href=\"";

/// The hash, if the address is a reference and nothing else.
fn hash_of(address: &str) -> Option<&str> {
    let hash = address.strip_prefix(FILE_REFERENCE)?;
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (hash.len() == 64 && hash.bytes().all(digit)).then_some(hash)
}

/// Whether the path of an address begins as that of a reference does, in whatever case and under whatever host.
fn means_a_file(address: &str) -> bool {
    let host = address.split_once("//").filter(|(scheme, _)| !scheme.contains('/')).map(|(_, behind)| behind);
    let path = host.map_or(address, |host| host.find('/').and_then(|at| host.get(at..)).unwrap_or_default());
    // Relative ones are meant so, too, and lead nowhere.
    let path = path.trim_start_matches(['.', '/']);
    let front = path.get(..FILE_REFERENCE.len() - 1);
    front.is_some_and(|front| front.eq_ignore_ascii_case(FILE_REFERENCE.trim_start_matches('/')))
}

/// Leads every picture and link of a sanitised body that names one of `files` to where it is.
///
/// INVARIANT: the input comes from [`crate::sanitise`], whose serialiser escapes `<` in text and in attributes, double quotes in attributes, and writes
/// `src` and `href` first; so what is looked for always begins a tag, and the address ends with the next double quote.
pub(crate) fn placed(sanitised: &str, files: &[FileNote]) -> String {
    let mut html = String::with_capacity(sanitised.len());
    let mut rest = sanitised;
    while let Some(at) = rest.find(FILE_REFERENCE) {
        let (before, reference) = rest.split_at(at);
        html.push_str(before);
        let (address, behind) = reference.split_once('"').unwrap_or((reference, ""));
        let file = hash_of(address).and_then(|hash| files.iter().find(|file| file.hash == hash));
        match file {
            Some(file) if before.ends_with(LINK) => html.push_str(&escaped(&file.url)),
            Some(file) if before.ends_with(PICTURE) => {
                html.push_str(&escaped(&file.url));
                html.push('"');
                html.push_str(&sizes(file.picture.as_ref(), &file.url, behind));
                rest = behind;
                continue;
            }
            _ => html.push_str(address),
        }
        rest = reference.get(address.len()..).unwrap_or_default();
    }
    html.push_str(rest);
    html
}

/// The hashes of the pictures that a sanitised body shows.
pub(crate) fn shown(sanitised: &str) -> BTreeSet<&str> {
    file_references(sanitised)
        .iter()
        .filter(|reference| reference.shown)
        .filter_map(|reference| reference.hash)
        .collect()
}

/// The attributes that let a browser choose a size and keep the place free before it has one; what the editor says of the size stands in `rest` of the tag.
fn sizes(picture: Option<&PictureNote>, url: &str, rest: &str) -> String {
    let Some(picture) = picture else { return String::new() };
    let mut told = String::from(" loading=\"lazy\"");
    if !picture.smaller.is_empty() {
        told.push_str(&format!(" srcset=\"{}\" sizes=\"{SIZES}\"", escaped(&source_set(url, picture))));
    }
    let tag = rest.split('>').next().unwrap_or_default();
    if !tag.contains(" width=\"") && !tag.contains(" height=\"") {
        // Writing into a string cannot fail.
        let _infallible = write!(told, " width=\"{}\" height=\"{}\"", picture.width, picture.height);
    }
    told
}

/// Every size of a picture, as `srcset` lists them.
pub(crate) fn source_set(url: &str, picture: &PictureNote) -> String {
    let all = std::iter::once((url, picture.width));
    let all = all.chain(picture.smaller.iter().map(|smaller| (smaller.url.as_str(), smaller.width)));
    all.map(|(url, width)| format!("{url} {width}w")).collect::<Vec<_>>().join(", ")
}

fn escaped(url: &str) -> String {
    url.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The number of bytes as readers are told it: `812 B`, `24 KB`, `1.3 MB`, powers of 1,024.
pub(crate) fn size(bytes: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        0..KILO => format!("{bytes} B"),
        KILO..MEGA => format!("{} KB", bytes.div_ceil(KILO)),
        _ => {
            let tenths = (u128::from(bytes) * 10 + u128::from(MEGA / 2)) / u128::from(MEGA);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// `Content-Disposition` of a file that is saved under `name` (RFC 6266): whoever reads no UTF-8 saves it as `file` with the same ending.
#[must_use]
pub fn saved_as(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        // attr-char of RFC 5987.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _infallible = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"file.{ending}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use domain::file::FileKind;

    use super::*;
    use crate::{model::SmallerPicture, sanitise};

    const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn picture(hash: &str, smaller: &[u32]) -> FileNote {
        let url = |width: u32| format!("https://files.example.gov.cn/d/4/{width}.jpg");
        let smaller = smaller.iter().map(|width| SmallerPicture { url: url(*width), width: *width, height: width / 2 });
        FileNote {
            hash: hash.to_owned(),
            title: "湖".to_owned(),
            url: url(2000),
            kind: FileKind::Jpeg,
            bytes: 1,
            picture: Some(PictureNote { width: 2000, height: 1000, smaller: smaller.collect() }),
        }
    }

    #[test]
    fn a_picture_leads_to_where_it_is_in_every_size() {
        let body = sanitise(&format!("<p><img src=\"/_files/{HASH}\" alt=\"湖&quot;面\"></p>"));
        let url = "https://files.example.gov.cn/d/4";
        assert_eq!(
            placed(&body, &[picture(HASH, &[960, 480])]),
            format!(
                "<p><img src=\"{url}/2000.jpg\" loading=\"lazy\" srcset=\"{url}/2000.jpg 2000w, {url}/960.jpg 960w, {url}/480.jpg 480w\" \
                 sizes=\"{SIZES}\" width=\"2000\" height=\"1000\" alt=\"湖&quot;面\"></p>"
            )
        );
        assert_eq!(shown(&body), BTreeSet::from([HASH]));
    }

    #[test]
    fn the_size_an_editor_gives_stands() {
        let body = sanitise(&format!("<img src=\"/_files/{HASH}\" alt=\"\" width=\"300\">"));
        let placed = placed(&body, &[picture(HASH, &[])]);
        assert_eq!(placed.matches("width=").count(), 1, "{placed}");
        assert!(!placed.contains("srcset"), "{placed}");
    }

    #[test]
    fn a_link_leads_to_where_the_file_is() {
        let body = sanitise(&format!("<a href=\"/_files/{HASH}\">下载</a>"));
        let placed = placed(&body, &[picture(HASH, &[960])]);
        assert_eq!(placed, "<a href=\"https://files.example.gov.cn/d/4/2000.jpg\">下载</a>");
        assert!(shown(&body).is_empty());
    }

    #[test]
    fn what_only_looks_like_a_reference_stays_as_it_is() {
        let files = [picture(HASH, &[960])];
        for html in [
            format!("<p>&lt;img src=\"/_files/{HASH}\"&gt;</p>"),
            format!("<img src=\"/a.png\" alt='<img src=\"/_files/{HASH}\"'>"),
            format!("<img src=\"/_files/{HASH}a\" alt=\"\">"),
            format!("<a href=\"/_files/{HASH}.pdf\">x</a>"),
            "<img src=\"/_files/\" alt=\"\">".to_owned(),
            format!("<img src=\"/_files/{}\" alt=\"\">", HASH.replace('0', "f")),
        ] {
            let body = sanitise(&html);
            assert_eq!(placed(&body, &files), body);
        }
    }

    #[test]
    fn every_reference_of_a_body_is_found_well_written_or_not() {
        let other = HASH.replace('0', "f");
        let html = sanitise(&format!(
            "<p><img src=/_files/{HASH} alt=''><a href=\"/_files/{other}.pdf\">x</a><a href=\"//www.a.cn/_FILES/x\">y</a><a href=\"../_files/\">v</a>\
             <a href=\"https://a.cn/b?c=/_files/{HASH}\">z</a>&lt;img src=\"/_files/{HASH}\"</p>"
        ));
        let found: Vec<_> = file_references(&html).iter().map(|found| (found.hash, found.shown)).collect();
        assert_eq!(found, [(Some(HASH), true), (None, false), (None, false), (None, false)]);
    }

    #[test]
    fn what_is_placed_opens_no_attribute() {
        for behind in ["//onerror=alert(1)//", "/", ".jpg", "?a", "#a", "'", "=", "("] {
            let body = sanitise(&format!("<p><img src=\"/_files/{HASH}{behind}\" alt=\"x\"></p>"));
            let placed = placed(&body, &[picture(HASH, &[960])]);
            assert_eq!(placed, body, "{behind}");
        }
        let body = sanitise(&format!("<p><img src=\"/_files/{HASH}\" alt=\"a&quot; onerror=&quot;b\"></p>"));
        let placed = placed(&body, &[picture(HASH, &[960])]);
        // Once more through the sanitiser, only what it does not know is gone.
        let again = sanitise(&placed.replace("https://files.example.gov.cn", ""));
        assert_eq!(
            again.replace("/d/4/2000.jpg", &format!("/_files/{HASH}")).replace(" width=\"2000\" height=\"1000\"", ""),
            body
        );
    }

    #[test]
    fn a_size_is_told_in_few_digits() {
        let told = [0, 1023, 1024, 1025, 1_048_575, 1_048_576, 3_460_300].map(size);
        assert_eq!(told, ["0 B", "1023 B", "1 KB", "2 KB", "1024 KB", "1.0 MB", "3.3 MB"]);
    }

    #[test]
    fn a_name_in_chinese_is_told_in_both_ways() {
        assert_eq!(
            saved_as("报名表 1.xlsx"),
            "attachment; filename=\"file.xlsx\"; filename*=UTF-8''%E6%8A%A5%E5%90%8D%E8%A1%A8%201.xlsx"
        );
        assert!(!saved_as("a\"\r\nb.pdf").contains(['\r', '\n']));
    }
}
