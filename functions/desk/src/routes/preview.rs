//! `GET /api/desk/documents/{id}/preview`: the draft as readers will get it.

use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::{
        document::{Content, Document},
        part,
    },
    stop::Answer,
    style,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    /// The stylesheet of public pages.
    style: String,
    is_draft: bool,
    content: Option<Content>,
    body: String,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let title = format!("预览：{}", document.title());
    let content = document.content().cloned();
    let path = format!("/api/desk/documents/{}", part(&id));
    let page = Page {
        style: style::of_pages(),
        is_draft: document.draft.is_some(),
        body: body(content.as_ref().and_then(|content| content.body_html.as_deref()).unwrap_or_default(), &path),
        path,
        content,
    };
    Ok(visit.page("preview.html", &title, &page))
}

/// A body as readers get it; its files are looked at below the document at `path`, for they may not be public yet.
pub(super) fn body(html: &str, path: &str) -> String {
    let mut body = pages::sanitise(html);
    for attribute in ["src", "href"] {
        let public = format!("{attribute}=\"{}", pages::FILE_REFERENCE);
        body = body.replace(&public, &format!("{attribute}=\"{path}/files/"));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_readers_get_but_for_its_files() {
        let html =
            "<p onclick=x>甲<img src=\"/_files/ab\" alt=\"\"><a href=\"/_files/cd\">表</a><script>x</script></p>";
        assert_eq!(body(html, "/d"), "<p>甲<img src=\"/d/files/ab\" alt=\"\"><a href=\"/d/files/cd\">表</a></p>");
    }
}
