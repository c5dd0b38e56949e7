//! The pages that `type` of a problem leads to.

use gateway::{PROBLEMS_PATH, ProblemKind};

/// The page of one kind of problem.
pub(crate) fn of(kind: &ProblemKind) -> String {
    let ProblemKind { code, title, title_en, remedy, remedy_en, .. } = kind;
    frame(
        title,
        &format!(
            "<h1>{title}</h1>\n<p lang=\"en\">{title_en}</p>\n<dl>\n<dt>代码</dt>\n<dd><code>{code}</code></dd>\n<dt>状态</dt>\n<dd>{}</dd>\n</dl>\n\
             <h2>怎么办</h2>\n<p>{remedy}</p>\n<h2 lang=\"en\">What to do</h2>\n<p lang=\"en\">{remedy_en}</p>\n<p><a href=\"{PROBLEMS_PATH}\">全部问题 · All problems</a></p>",
            kind.status,
        ),
    )
}

/// The page that lists all kinds.
pub(crate) fn list(kinds: impl Iterator<Item = &'static ProblemKind>) -> String {
    let rows: Vec<String> = kinds
        .map(|kind| {
            format!(
                "<tr>\n<td><a href=\"{PROBLEMS_PATH}/{code}\"><code>{code}</code></a></td>\n<td>{}</td>\n<td>{}</td>\n<td lang=\"en\">{}</td>\n</tr>",
                kind.status.as_u16(),
                kind.title,
                kind.title_en,
                code = kind.code,
            )
        })
        .collect();
    frame(
        "问题一览",
        &format!(
            "<h1>问题一览</h1>\n<p lang=\"en\">Problems</p>\n<table>\n<thead>\n<tr><th scope=\"col\">代码</th><th scope=\"col\">状态</th>\
             <th scope=\"col\">说明</th><th scope=\"col\" lang=\"en\">Title</th></tr>\n</thead>\n<tbody>\n{}\n</tbody>\n</table>",
            rows.join("\n"),
        ),
    )
}

/// INVARIANT: only texts of the table come in here. They hold no `<`, `>` or `&`, and what stands in an attribute, the code, holds nothing but a–z and hyphens;
/// tests assert both.
fn frame(title: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · 接口问题</title>\n<link rel=\"stylesheet\" href=\"{style}\">\n</head>\n\
         <body class=\"status\">\n<main class=\"wrap body\">\n{main}\n</main>\n</body>\n</html>\n",
        style = pages::stylesheet(),
    )
}

#[cfg(test)]
mod tests {
    use gateway::PROBLEMS_PATH;

    use crate::problems::all;

    #[test]
    fn nothing_needs_escaping() {
        assert!(PROBLEMS_PATH.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'/')));
        for kind in all() {
            assert!(kind.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.code);
            for text in [kind.title, kind.title_en, kind.remedy, kind.remedy_en] {
                assert!(!text.contains(['<', '>', '&']), "{text}");
            }
        }
    }
}
