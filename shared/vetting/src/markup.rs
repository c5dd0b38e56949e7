//! What a body's pictures, headings and links must be for everybody to read them (GB/T 37668-2019; WCAG 1.1.1, 1.3.1, 2.4.4).
//!
//! A picture without alternative text is refused when it is written, and headings are put in order then (`pages::inspect`): what is left is what only sense tells.

use domain::vetting::{Rule, Spot};

use crate::{
    examiner::Notes,
    finding::{Place, Says},
    passage::{Kind, Linked, Passage, Picture, Reading},
    shown::Shown,
    spelling::spell,
};

/// Alternative texts that tell nothing.
const VAGUE_PICTURES: &[&str] = &[
    "图",
    "图片",
    "图像",
    "照片",
    "截图",
    "插图",
    "配图",
    "未命名",
    "示意图",
    "效果图",
    "现场图",
    "现场图片",
    "现场照片",
    "微信图片",
    "微信截图",
    "屏幕截图",
    "qq图片",
    "qq截图",
    "image",
    "img",
    "dsc",
    "picture",
    "photo",
    "screenshot",
    "untitled",
];

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
    reading.pictures.iter().enumerate().for_each(|(place, picture)| self::picture(place + 1, picture, notes));
    reading.passages.iter().for_each(|passage| heading(passage, notes));
    reading.links.iter().for_each(|link| self::link(link, notes));
}

fn picture(number: usize, picture: &Picture, notes: &mut Notes<'_>) {
    let told = picture.alternative.trim();
    let shown = Shown::of(told).line();
    let file = Shown::of(picture.address.rsplit('/').next().unwrap_or_default()).line();
    if is_vague(told, &picture.address) {
        notes.rule(
            Rule::AlternativeVague,
            &Place::picture(number, picture.passage),
            Spot::Whole,
            Says {
                zh: format!("图片 {file} 的替代文字“{shown}”没有说明内容：请写出看不见图片的人需要知道的内容。"),
                en: format!(
                    "The alternative text `{shown}` of {file} says nothing: tell what somebody who does not see the picture needs."
                ),
                excerpt: shown,
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

/// A short paragraph all in bold, or one that counts (一、…; （一）…; 第一章 …), without the end of a sentence.
fn looks_like_a_heading(passage: &Passage) -> bool {
    const LONGEST: usize = 40;
    let text = passage.text.trim();
    let numeral = |text: &str| !text.is_empty() && text.chars().all(|c| "一二三四五六七八九十百".contains(c));
    let behind = text
        .split_once('、')
        .filter(|(number, _)| numeral(number))
        .or_else(|| text.strip_prefix('（')?.split_once('）').filter(|(number, _)| numeral(number)))
        .or_else(|| text.strip_prefix('第')?.split_once(['章', '节', '编']).filter(|(number, _)| numeral(number)));
    // What goes on with a pause or a colon is a sentence: 一、时间：…; 一、二、三年级.
    let counted =
        behind.is_some_and(|(_, rest)| !rest.is_empty() && !rest.contains(['，', '：', '；', '、', '。', ':']));
    let ends = text.ends_with(['。', '；', '！', '？', '：', '，', '.', ';', '!', '?', ':', ',']);
    passage.kind == Kind::Paragraph && (passage.bold || counted) && text.chars().count() <= LONGEST && !ends
}

fn heading(passage: &Passage, notes: &mut Notes<'_>) {
    if looks_like_a_heading(passage) {
        let text = Shown::of(&passage.text).line();
        notes.rule(
            Rule::HeadingPlain,
            &Place::body(passage.number),
            Spot::Whole,
            Says {
                zh: format!("“{text}”像是标题：请用标题格式（h2、h3），读屏软件和目录才能找到它。"),
                en: format!("`{text}` looks like a heading: make it one (h2, h3), so that screen readers and the outline find it."),
                excerpt: text,
                instead: None,
            },
        );
    }
}

fn link(link: &Linked, notes: &mut Notes<'_>) {
    let told = link.text.trim_matches(|c: char| c.is_whitespace() || ">》»…．.。！!（）()【】[]：:".contains(c));
    let spelled = spell(told);
    let bare = ["http://", "https://", "www."].iter().any(|front| spelled.starts_with(front));
    if bare || VAGUE_LINKS.contains(&spelled.as_str()) {
        let text = Shown::of(&link.text).line();
        notes.rule(
            Rule::LinkVague,
            &Place::body(link.passage),
            Spot::Thing(link.nth),
            Says {
                zh: format!("链接文字“{text}”没有说明去向：请写明所链接的内容，如文件标题。"),
                en: format!("The link `{text}` does not say where it leads: name what is there."),
                excerpt: text,
                instead: None,
            },
        );
    }
}
