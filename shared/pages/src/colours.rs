//! A site's stylesheet of its own: days of mourning take the colours from all its pages and no page is written for it.

use crate::Rendered;

/// Where it stands on every site; pages name it after the one stylesheet of all.
pub const COLOURS_PATH: &str = "/site.css";

/// Whether pages have their colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// As the one stylesheet of all sites has them.
    Full,
    /// None: 页面置灰.
    Grey,
}

/// Writes the stylesheet; `digest` tells which rows it was made of.
///
/// The filter is on the root element, where it does not change what fixed things are fixed to.
#[must_use]
pub fn colours(colours: Colours, digest: &str) -> Rendered {
    let rule = match colours {
        Colours::Full => "",
        Colours::Grey => "@media screen { :root { filter: grayscale(1); } }\n",
    };
    Rendered { content_type: "text/css; charset=utf-8", bytes: format!("/* {digest} */\n{rule}").into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_grey_pages_lose_their_colours() {
        let text = |wanted| String::from_utf8(colours(wanted, "d1").bytes).unwrap();
        assert_eq!(text(Colours::Full), "/* d1 */\n");
        assert!(text(Colours::Grey).contains("grayscale(1)"));
    }
}
