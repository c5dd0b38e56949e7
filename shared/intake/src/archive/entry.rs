//! Names of entries, and what they are up to.

use std::borrow::Cow;

use encoding_rs::GB18030;

use crate::shown::turns;

/// Endings of what runs, or opens as a page that can, on somebody's machine.
#[rustfmt::skip]
const PROGRAMS: &[&str] = &[
    "apk", "app", "application", "appref-ms", "appx", "asp", "aspx", "bash", "bat", "cab", "chm", "class", "cmd", "com", "command", "cpl", "deb", "dll", "dmg",
    "docm", "dotm", "exe", "hta", "htm", "html", "img", "inf", "ipa", "iqy", "iso", "jar", "jnlp", "js", "jse", "jsp", "library-ms", "lnk", "mht", "mhtml",
    "mjs", "msi", "msix", "msp", "one", "php", "pif", "pkg", "pl", "potm", "ppam", "ppsm", "pptm", "ps1", "psm1", "py", "pyw", "rb", "rdp", "reg", "rpm",
    "run", "scf", "scr", "sct", "settingcontent-ms", "sh", "shtml", "sldm", "slk", "svg", "svgz", "swf", "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx",
    "wasm", "ws", "wsc", "wsf", "wsh", "xhtml", "xla", "xlam", "xll", "xlsb", "xlsm", "xltm",
];

/// A name as whoever packed it wrote it: UTF-8 or, as Windows in Chinese does without saying so, GB18030.
pub(super) fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(raw).map(Cow::into_owned).unwrap_or_else(
            // No encoding that anybody here uses; bytes beyond ASCII mean nothing to the checks.
            || String::from_utf8_lossy(raw).into_owned(),
        ),
    }
}

/// Whether unpacking could write outside of the folder that is unpacked into.
///
/// Backslashes and colons part paths and name drives on Windows, whatever the standard says.
pub(super) fn leads_out(name: &str) -> bool {
    name.starts_with('/') || name.contains(['\\', ':', '\0']) || name.split('/').any(|part| part.trim_end() == "..")
}

/// Whether it ends as a program, or looks as if it did.
///
/// Dots and blanks at the end do not count, for Windows drops them, nor does what does not show.
pub(super) fn ends_as_program(name: &str) -> bool {
    let name: String = name.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let extension = name.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, extension)| extension);
    extension.is_some_and(|extension| PROGRAMS.contains(&extension.to_lowercase().as_str()))
}
