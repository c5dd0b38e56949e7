//! A site's stylesheet of its own: whether its pages are grey.

use pages::{Colours, Rendered};
use views::{
    PageKey, PageObject, Provenance, Read, Reads, Row, Status,
    city::{GreyscaleRow, slice},
};

use super::{Composed, Pause};

/// How a site's pages look beyond their content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StyleSheet(Colours);

/// Composes the stylesheet: grey if the site is, or all sites are.
pub(super) fn compose(page: &PageKey, reads: &Reads) -> Composed<StyleSheet> {
    reads.row(Read::row(slice::STYLES, page.site.as_str()))?.ok_or(Pause::Nothing)?;
    let mut colours = Colours::Full;
    for place in [slice::EVERYWHERE, page.site.as_str()] {
        if reads.row(Read::row(slice::GREYSCALE, place))?.and_then(Row::content::<GreyscaleRow>).is_some() {
            colours = Colours::Grey;
        }
    }
    Ok(StyleSheet(colours))
}

impl StyleSheet {
    pub(super) fn object(self, provenance: &Provenance) -> PageObject {
        let Provenance { digest, generation } = provenance.clone();
        let Rendered { content_type, bytes } = pages::colours(self.0, &digest);
        let content_type = content_type.to_owned();
        PageObject { status: Status::Ok, content_type, disposition: None, bytes, digest, generation }
    }
}

#[cfg(test)]
mod tests {
    use views::city;

    #[test]
    fn pages_name_the_stylesheet_where_it_stands() {
        assert_eq!(pages::COLOURS_PATH, city::STYLE_PATH);
    }
}
