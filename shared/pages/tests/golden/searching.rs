//! What must hold for the page of the search and for the ways to it.

use super::{city, search, text};

fn page(wanted: &str) -> String {
    let (_, page) = search::pages().into_iter().find(|(name, _)| *name == wanted).unwrap();
    text(page)
}

#[test]
fn every_page_leads_to_the_search_and_a_site_searches_itself_first() {
    let site = "<input type=\"hidden\" name=\"site\" value=\"jyj\">";
    for (name, page) in city::all_pages() {
        let page = text(page);
        if name.ends_with(".html") {
            assert_eq!(page.matches("role=\"search\" action=\"/search\"").count(), 1, "{name}");
            assert_eq!(page.matches("<link rel=\"search\"").count(), 1, "{name}");
            assert_eq!(page.contains(site), page.contains("政府网站 · 澄湖市教育局主办"), "{name}");
        }
    }
}

#[test]
fn the_page_of_the_search_has_one_field_for_words_and_keeps_filters() {
    for (name, page) in search::pages() {
        let page = text(page);
        assert_eq!(page.matches("role=\"search\"").count(), 1, "{name}");
        for (at, link) in page.match_indices("href=\"#") {
            let target = page[at + link.len()..].split('"').next().unwrap();
            assert!(page.contains(&format!(" id=\"{target}\"")), "{name}: #{target}");
        }
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{name}");
        assert!(!page.contains("rel=\"canonical\"") && !page.contains("application/json\""), "{name}");
        assert!(page.find("name=\"q\"") < page.find("class=\"aside\"").or(page.find("class=\"notice\"")), "{name}");
    }
    let found = page("search-found.html");
    assert_eq!(found.matches("<input type=\"hidden\" name=\"department\" value=\"jyj\">").count(), 2, "both forms");
}

#[test]
fn a_document_that_is_over_says_so_in_words_beside_its_title_and_why() {
    let page = page("search-found.html");
    assert!(page.contains("管理办法</a> <strong class=\"tag over\">已废止</strong></h3>"));
    let why = "<p class=\"reason\">已被<a href=\"/zwgk/zcwj/2024/04/28/fzjd.html\">《市政府关于废止〈澄湖市住房公积金提取管理办法〉等文件的决定》</a>废止（2024年5月1日起）</p>";
    assert!(page.contains(why));
    assert!(page.contains("<p class=\"reason\">2023年1月1日起失效</p>") && page.contains("有效期至2031年11月30日"));
    assert!(page.contains("有效性：有效") && page.contains("有效性：未知") && page.contains("（无标题）"));
}

#[test]
fn what_was_searched_for_is_marked_in_titles_and_texts() {
    let page = page("search-found.html");
    assert!(page.contains(">关于调整住房<mark>公积金</mark><mark>提取</mark>政策的通知</a>"));
    assert!(page.contains("职工租房<mark>提取</mark>住房<mark>公积金</mark>的"));
}

#[test]
fn a_facet_shows_eight_values_and_all_chosen_ones_and_folds_the_others() {
    let page = page("search-found.html");
    let folded = page.split("<summary>更多部门</summary>").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(folded.contains("市统计局") && !folded.contains("市教育局") && folded.matches("<li>").count() == 1);
    assert_eq!(page.matches("<summary>更多").count(), 1);
    assert_eq!(page.matches("aria-current=\"true\">").count(), 3, "a department, a subject and the order");
}

#[test]
fn who_finds_nothing_is_told_what_to_try() {
    let page = page("search-nothing.html");
    for part in [
        "没有找到相关内容",
        "您是不是要找：",
        "在全市政府网站查找",
        "href=\"/zwgk/\">政府信息公开目录",
        "<a href=\"/form/disclosure/information-request\">申请公开</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_question_that_cannot_be_read_stays_in_its_fields() {
    let page = page("search-refused.html");
    assert!(page.contains("<title>错误：搜索 - 澄湖市人民政府</title>"));
    assert!(page.contains(&"公积金".repeat(200)) && page.contains("<details class=\"narrow\" open>"));
    assert!(page.contains("<input type=\"text\" id=\"on\" name=\"on\" value=\"2022年5月\""), "no browser drops it");
    assert!(page.contains("<a href=\"#q\">") && page.contains("<a href=\"#on\">"));
}

#[test]
fn where_the_index_cannot_be_read_columns_and_map_remain() {
    let page = page("search-unavailable.html");
    let told = page.split("搜索暂时不能使用</h2>").nth(1).unwrap();
    assert!(told.contains("href=\"/map/\"") && told.contains("href=\"/zwgk/zcwj/\""));
    assert!(page.contains("value=\"公积金 提取\""));
}

#[test]
fn browsers_are_told_of_the_search_within_the_limits_of_the_format() {
    for (name, description) in search::descriptions() {
        let xml = text(description);
        let short = xml.split("<ShortName>").nth(1).unwrap().split('<').next().unwrap();
        assert!((1..=16).contains(&short.chars().count()), "{name}: {short}");
        assert_eq!(xml.contains("{searchTerms}&amp;site=jyj"), name == "search-of-a-site.xml");
    }
}
