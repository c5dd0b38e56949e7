//! What a body's pictures, headings and links must be for everybody to read them (GB/T 37668-2019; WCAG 1.1.1, 1.3.1, 2.4.4).
//!
//! A picture without alternative text is refused when it is written, and headings are put in order then (`pages::inspect`): what is left is what only sense tells.

use domain::vetting::Rule;

use crate::{
    examiner::Notes,
    finding::{Place, Says},
    passage::{Kind, Linked, Passage, Picture, Reading},
    spelling::spell,
};

/// Alternative texts that tell nothing.
const VAGUE_PICTURES: &[&str] =
    &["图", "图片", "图像", "照片", "截图", "插图", "配图", "未命名", "image", "img", "picture", "photo", "untitled"];

/// Texts of links that do not tell where they lead.
const VAGUE_LINKS: &[&str] = &[
    "点击",
    "点击这里",
    "点击此处",
    "点这里",
    "点此",
    "请点击",
    "这里",
    "此处",
    "详情",
    "查看",
    "查看详情",
    "更多",
    "链接",
    "网址",
    "click here",
    "here",
    "link",
    "more",
    "read more",
];

pub(crate) fn check(reading: &Reading, notes: &mut Notes<'_>) {
    reading.pictures.iter().for_each(|picture| self::picture(picture, notes));
    reading.passages.iter().for_each(|passage| heading(passage, notes));
    reading.links.iter().for_each(|link| self::link(link, notes));
}

fn picture(picture: &Picture, notes: &mut Notes<'_>) {
    let told = picture.alternative.trim();
    if is_vague(told, &picture.address) {
        notes.rule(
            Rule::AlternativeVague,
            &Place::body(picture.passage),
            Says {
                zh: format!("图片的替代文字“{told}”没有说明内容：请写出看不见图片的人需要知道的内容。"),
                en: format!(
                    "The alternative text `{told}` says nothing: tell what somebody who does not see the picture needs."
                ),
                excerpt: told.to_owned(),
                instead: None,
            },
        );
    }
}

/// A file's name, a number, or a word for pictures as such; an empty one says that the picture is decoration.
fn is_vague(told: &str, address: &str) -> bool {
    let told = spell(told);
    let file = spell(address.rsplit('/').next().unwrap_or_default());
    let name = file.rsplit_once('.').map_or(file.as_str(), |(name, _)| name);
    let numbered = told.trim_end_matches(|c: char| c.is_ascii_digit() || "()（）-_".contains(c));
    !told.is_empty()
        && (VAGUE_PICTURES.contains(&numbered.trim())
            || numbered.is_empty()
            || told == file
            || told == name
            || [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"].iter().any(|ending| told.ends_with(ending)))
}

/// A short paragraph all in bold, or one that counts (一、…), without the end of a sentence.
fn looks_like_a_heading(passage: &Passage) -> bool {
    const LONGEST: usize = 40;
    let text = passage.text.trim();
    let counted = text.split_once('、').is_some_and(|(number, rest)| {
        (1..=3).contains(&number.chars().count())
            && number.chars().all(|c| "一二三四五六七八九十".contains(c))
            && !rest.is_empty()
    });
    let ends = text.ends_with(['。', '；', '！', '？', '：', '，', '.', ';', '!', '?', ':', ',']);
    passage.kind == Kind::Paragraph && (passage.bold || counted) && text.chars().count() <= LONGEST && !ends
}

fn heading(passage: &Passage, notes: &mut Notes<'_>) {
    if looks_like_a_heading(passage) {
        let text = passage.text.trim();
        notes.rule(
            Rule::HeadingPlain,
            &Place::body(passage.number),
            Says {
                excerpt: text.to_owned(),
                zh: format!("“{text}”像是标题：请用标题格式（h2、h3），读屏软件和目录才能找到它。"),
                en: format!("`{text}` looks like a heading: make it one (h2, h3), so that screen readers and the outline find it."),
                instead: None,
            },
        );
    }
}

fn link(link: &Linked, notes: &mut Notes<'_>) {
    let told = link.text.trim_matches(|c: char| c.is_whitespace() || ">》»…．.。！!（）()【】[]：:".contains(c));
    if VAGUE_LINKS.contains(&spell(told).as_str()) {
        notes.rule(
            Rule::LinkVague,
            &Place::body(link.passage),
            Says {
                excerpt: link.text.clone(),
                zh: format!("链接文字“{}”没有说明去向：请写明所链接的内容，如文件标题。", link.text),
                en: format!("The link `{}` does not say where it leads: name what is there.", link.text),
                instead: None,
            },
        );
    }
}
