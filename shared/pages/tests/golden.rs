//! Every kind of page against its golden file, and what must hold for all of them.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests: a page that fails must stop the test")]

#[path = "golden/city.rs"]
mod city;
#[path = "golden/data.rs"]
mod data;
#[path = "golden/front.rs"]
mod front;
#[path = "golden/kinds.rs"]
mod kinds;
#[path = "golden/migration.rs"]
mod migration;
#[path = "golden/search.rs"]
mod search;
#[path = "golden/searching.rs"]
mod searching;

use std::collections::BTreeSet;

fn text(rendered: Result<pages::Rendered, pages::RenderError>) -> String {
    String::from_utf8(rendered.expect("a page").bytes).expect("UTF-8")
}

/// Asset names change with every edit of the stylesheet; the golden files tell of the pages.
fn without_hashes(html: &str) -> String {
    pages::assets().iter().fold(html.to_owned(), |html, asset| {
        let stem = asset.name.split('.').next().unwrap();
        let extension = asset.name.rsplit('.').next().unwrap();
        html.replace(&asset.name, &format!("{stem}.HASH.{extension}"))
    })
}

#[test]
fn every_kind_of_page_looks_as_agreed() {
    let all = city::all_pages().into_iter().chain(migration::pages()).chain(kinds::pages()).chain(front::pages());
    let all = all.chain(search::pages()).chain(search::descriptions());
    for (name, page) in all {
        insta::assert_snapshot!(name, without_hashes(&text(page)));
    }
}

#[test]
fn the_json_of_every_kind_of_page_is_as_agreed() {
    for (name, written) in data::all() {
        insta::assert_snapshot!(name, data::laid_out(&text(written)));
    }
}

#[test]
fn hostile_text_stays_text_in_every_field_of_every_page() {
    let of_a_source = ("hostile-migrated.html", migration::hostile());
    for (name, page) in city::hostile::hostile_pages().into_iter().chain([of_a_source]).chain(kinds::hostile()) {
        let page = text(page);
        assert!(!page.contains("<script>"), "{name}");
        assert!(!page.contains("<img src=x"), "{name}");
        assert!(!page.contains(['\0', '\u{1b}', '\u{202e}']), "{name}");
        assert!(page.contains("{{ 7*7 }}") || name == "hostile-404.html", "{name}: a template would have computed it");
        assert_eq!(page.matches("<!--").count(), usize::from(name.ends_with(".xml")), "{name}");
        if name.ends_with(".html") {
            assert_eq!(page.matches("<script ").count(), 1, "{name}");
            assert_eq!(page.matches("</script>").count(), 1, "{name}");
            let drawn = page.matches("<svg role=\"img\"").count();
            assert_eq!(page.matches("</title>").count(), 1 + drawn, "{name}");
            assert!(!page.contains("onclick="), "{name}");
        }
        insta::assert_snapshot!(name, without_hashes(&page));
    }
}

#[test]
fn hostile_text_stays_text_in_every_field_of_a_form() {
    for (name, page) in front::hostile().into_iter().chain(search::hostile()) {
        let page = text(page);
        assert!(!page.contains("<script>") && !page.contains("<img src=x") && !page.contains("<!--"), "{name}");
        assert!(!page.contains(['\0', '\u{1b}', '\u{202e}']), "{name}");
        assert!(page.contains("{{ 7*7 }}"), "{name}: a template would have computed it");
        // Its data, and the one file of the check.
        let scripts = 1 + usize::from(name == "hostile-front-check.html");
        assert_eq!((page.matches("<script ").count(), page.matches("</script>").count()), (scripts, scripts), "{name}");
        insta::assert_snapshot!(name, without_hashes(&page));
    }
}

#[test]
fn pages_of_the_front_door_run_one_file_of_ours_at_most_and_nothing_else() {
    for (name, page) in front::pages() {
        let page = text(page);
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains("javascript:"), "{name}");
        let others = page.matches("<script").count() - page.matches("<script type=\"application/ld+json\">").count();
        assert_eq!(others, page.matches("<script src=\"/_assets/proof.").count(), "{name}");
        assert_eq!(others, usize::from(name == "front-check.html" || name == "front-refused.html"), "{name}");
    }
}

#[test]
fn only_who_begins_to_apply_for_information_is_led_to_the_guide() {
    let leads = |path: &str, model| {
        text(pages::front::questions(&city::frame(path, &[]), &model)).contains("/gkzn/\">政府信息公开指南</a>")
    };
    assert!(leads("/form/disclosure/information-request", front::first()));
    assert!(!leads("/form/disclosure/information-request", front::wrong()), "a later page");
    assert!(!leads("/form/letter/error-report", front::first()), "another form");
}

#[test]
fn what_is_wrong_with_a_form_is_told_first_and_leads_to_its_field() {
    let page = text(pages::front::questions(&city::frame("/form/x/y", &[]), &front::wrong()));
    assert!(page.contains("<title>错误：怎样与您联系 - 政府信息公开申请 - 澄湖市人民政府</title>"));
    for (link, id) in [("#phone", "id=\"phone\""), ("#media", "id=\"media\"")] {
        assert_eq!((page.matches(&format!("<a href=\"{link}\">")).count(), page.matches(id).count()), (1, 1), "{id}");
    }
    assert!(page.contains("aria-describedby=\"phone-help phone-error\" aria-invalid=\"true\""));
    assert!(page.find("class=\"errors\"") < page.find("<h1>"));
}

#[test]
fn every_output_carries_digest_and_generation() {
    for (name, page) in city::all_pages() {
        let page = text(page);
        assert!(page.contains("9f2c4be1d07a35c86e41f0b9a7d2583c1e6f4a90b8d7c2e53f1a6b04d9e8c7f2"), "{name}");
        assert!(page.contains("generation 3") || page.contains("name=\"taihu:generation\" content=\"3\""), "{name}");
    }
}

#[test]
fn the_same_models_give_the_same_bytes() {
    let twice: Vec<_> = [city::all_pages(), city::all_pages()]
        .into_iter()
        .map(|pages| pages.into_iter().map(|(_, page)| text(page)).collect::<Vec<_>>())
        .collect();
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn pages_keep_to_the_content_security_policy() {
    for (name, page) in city::all_pages().into_iter().chain(search::pages()) {
        let page = text(page);
        if !name.ends_with(".html") {
            continue;
        }
        assert!(!page.contains(" style=") && !page.contains("<style"), "{name}");
        assert!(!page.contains(" onload=") && !page.contains("javascript:"), "{name}");
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"application/ld+json\">").count(),
            "{name}"
        );
        for attribute in ["src=\"", "<link rel=\"stylesheet\" href=\"", "<link rel=\"icon\" href=\""] {
            for (at, _) in page.match_indices(attribute) {
                let url = page[at + attribute.len()..].split('"').next().unwrap();
                let assets = pages::assets().iter().map(|asset| format!("/_assets/{}", asset.name));
                let known: BTreeSet<_> = assets.chain([pages::COLOURS_PATH.to_owned()]).collect();
                assert!(known.contains(url), "{name}: {url}");
            }
        }
    }
}

#[test]
fn a_document_carries_the_official_tags() {
    let frame = city::frame("/zwgk/zcwj/2026/11/18/sjkf.html", &[("首页", "/")]);
    let page = text(pages::document(&frame, &city::document()));
    for tag in [
        ("SiteName", "澄湖市人民政府"),
        ("SiteDomain", "www.localhost:8080"),
        ("SiteIDCode", "3299000001"),
        ("ColumnName", "政策文件"),
        ("ArticleTitle", "市政府办公室关于印发《澄湖市公共数据开放管理办法》的通知"),
        ("PubDate", "2026-11-18 09:00"),
        ("ContentSource", "澄湖市人民政府办公室"),
        ("Keywords", "公共数据,数据开放,管理办法"),
        ("Author", "市政府办公室"),
        ("Url", "http://www.localhost:8080/zwgk/zcwj/2026/11/18/sjkf.html"),
    ] {
        let expected = format!("<meta name=\"{}\" content=\"{}\">", tag.0, tag.1);
        assert!(page.contains(&expected), "{expected}");
    }
}

#[test]
fn a_link_that_could_run_something_is_no_page() {
    assert!(kinds::of_an_unsafe_address().is_err());
}

#[test]
fn a_column_carries_its_four_official_tags() {
    let page = text(pages::column(&city::frame("/zwgk/tzgg/", &[("首页", "/")]), &city::column()));
    for name in ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"] {
        assert!(page.contains(&format!("<meta name=\"{name}\" content=\"")), "{name}");
    }
}

#[test]
fn the_foot_has_the_seven_required_items() {
    let page = text(pages::not_found(&city::frame("/404.html", &[])));
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(foot.contains("<a class=\"report\" href=\"/form/letter/correction\">"), "its own address tells nothing");
    for item in [
        "党政机关网站",
        "我为政府网站找错",
        "3299000001",
        "澄湖市人民政府办公室",
        "电话 0519-8100 0001",
        "苏ICP备20260001号",
        "苏公网安备 32990002000001号",
        "站点地图",
    ] {
        assert!(foot.contains(item), "{item}");
    }
}

#[test]
fn every_page_leads_to_the_form_of_error_reports_which_knows_it() {
    for (name, page) in city::all_pages() {
        let page = text(page);
        let links: Vec<&str> = page
            .match_indices("class=\"report\" href=\"")
            .map(|(at, found)| page[at + found.len()..].split('"').next().unwrap())
            .collect();
        let canonical = page.split("rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        match (name, canonical) {
            (name, _) if !name.ends_with(".html") => assert_eq!(links, [""; 0], "{name}"),
            ("404.html", _) => assert_eq!(links, ["/form/letter/correction"]),
            (_, Some(address)) => assert_eq!(links, [format!("/form/letter/correction?page={address}")], "{name}"),
            (_, None) => assert!(links.len() == 1 && links[0].contains("?page=http://www.localhost:8080/"), "{name}"),
        }
    }
}

#[test]
fn an_answer_tells_the_page_and_links_to_none_that_may_be_gone() {
    let page = text(pages::answers(&city::frame("/zhaocuo/", &[("首页", "/")]), &city::answers::newest()));
    assert!(page.contains("<dd>http://www.localhost:8080/zwgk/tzgg/2026/11/26/tingshui.html</dd>"));
    assert!(!page.contains("href=\"http://www.localhost:8080/zwgk/tzgg/2026/11/26/"));
    let places = [
        "<strong>已更正</strong>",
        "<h2>停水通知中的日期写错</h2>",
        "停水时间和范围没有变化",
        "ZC-20261127-482133</dd>",
    ];
    let places = places.map(|part| page.find(part));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "the finding first: {places:?}");
    let silent = text(pages::answers_month(&city::frame("/zhaocuo/2026-10.html", &[]), &city::answers::silent_month()));
    assert!(silent.contains("本月没有公布的答复"));
}

#[test]
fn an_entry_of_the_catalogue_tells_what_the_regulation_asks_for_and_not_what_its_list_says_already() {
    let page = text(pages::catalogue_part(&city::frame("/gkml/zt/02/2026-11-11.html", &[]), &city::catalogue::part()));
    let facts = "<span>索引号 014000329/2026-00412</span><span>发文字号 澄政办发〔2026〕41号</span>\
                 <span>部门 市政府办公室</span><span>主题 政务公开</span><span>体裁 通知</span>\
                 <span>组配 法规文件及解读</span><span>生成日期 2026-11-12</span>";
    assert!(page.contains(facts), "{page}");
    assert!(page.contains("明确公共数据开放的范围") && page.contains("<strong class=\"tag over\">失效</strong>"));
    // What was not signed was made on the day it became public.
    assert!(page.contains("<span>生成日期 2026-11-11</span>"));
    let month = text(pages::catalogue_part(&city::frame("/gkml/bm/zfb/2026-11.html", &[]), &city::catalogue::month()));
    assert!(month.contains("<span>主题 综合政务\\政务公开</span>") && !month.contains("<span>部门"));
}

#[test]
fn the_catalogue_names_every_class_and_links_to_those_that_have_pages() {
    let page = text(pages::catalogue(&city::frame("/gkml/", &[]), &city::catalogue::overview()));
    let names = domain::document::SUBJECTS
        .into_iter()
        .chain(domain::document::Genre::ALL.map(domain::document::Genre::chinese));
    for name in names {
        assert!(page.contains(&format!(">{name}</")), "{name}");
    }
    let lists = ["bm", "zt", "tc", "nf"].map(|way| page.matches(&format!("href=\"/gkml/{way}/")).count());
    assert_eq!(lists, [3, 4, 3, 3]);
    let nothing = text(pages::catalogue(&city::frame("/gkml/", &[]), &city::catalogue::nothing_yet()));
    assert!(!nothing.contains("href=\"/gkml/zt/") && nothing.contains("<span class=\"help\">国防</span>"));
}

#[test]
fn coverage_tells_its_finding_first_then_who_lacks_what_in_words() {
    let page = text(pages::coverage(&city::frame("/gkfg/", &[]), &city::disclosure::overview()));
    let places = [
        "3 个部门对照《政府信息公开条例》第二十条的 15 类信息，共 45 项：已公开 12 项，缺少 28 项，不涉及 5 项。\
         缺少最多的是“行政许可和管理服务事项”：3 个部门。",
        "“有”表示已经公开，“缺”表示没有公开",
        "<abbr title=\"法规、规章和规范性文件\">（一）</abbr>",
        "<a href=\"/gkfg/jyj/\">市教育局</a></th><td>有</td><td>缺</td>",
        "<td>（十）</td><th scope=\"row\">重大建设项目的批准和实施情况</th><td>1</td><td>1</td><td>1</td>",
        "<a href=\"/gkfg/gkfg.csv\">",
    ];
    let found = places.map(|part| page.find(part));
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
    let nobody = text(pages::coverage(&city::frame("/gkfg/", &[]), &city::disclosure::nobody()));
    assert!(nobody.contains("尚未登记部门"));
}

#[test]
fn a_departments_coverage_says_where_a_category_is_found_or_why_it_is_not() {
    let of = |page| text(pages::department_coverage(&city::frame("/gkfg/jyj/", &[]), &page));
    let page = of(city::disclosure::of_department());
    for part in [
        "已公开 1 类，缺少 13 类，不涉及 1 类。缺少：机构职能与联系方式；",
        "<td>已公开</td><td>12</td><td><time datetime=\"2026-11-18\">2026-11-18</time></td>",
        "<a href=\"/zwgk/zcwj/\">政策文件</a>（3 条）",
        "部门资料没有填写：办公时间、负责人姓名。",
        "规划计划</a>（暂无信息）",
        "<td>不涉及</td><td>0</td><td>无</td><td>不涉及的理由：学校建设项目由发展改革部门批准并公开</td>",
        "没有公开该类信息的栏目",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let whole = of(city::disclosure::of_model_department());
    assert!(whole.contains("已公开 14 类，缺少 0 类，不涉及 1 类。</p>") && whole.contains("由部门资料公开"));
}

#[test]
fn the_table_of_coverage_has_a_line_for_each_department_and_category() {
    let rendered = pages::coverage_table(&city::frame("/gkfg/gkfg.csv", &[]), &city::disclosure::overview());
    let table = String::from_utf8(rendered.bytes).unwrap();
    let lines: Vec<&str> = table.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + 3 * 15);
    assert!(lines.iter().all(|line| line.split(',').count() == 7), "{table}");
    insta::assert_snapshot!("coverage.csv", lines.join("\n"));
}

#[test]
fn the_guide_tells_terms_fees_kinds_of_reply_contacts_and_remedies() {
    let page = text(pages::guide(&city::frame("/gkzn/", &[]), &city::disclosure::guide()));
    for part in [
        "<li>（十五）法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息</li>",
        "<th scope=\"row\">答复期限</th><td>20 个工作日；经批准可以延长 1 次，合计不超过 20 个工作日，并告知申请人</td><td>《政府信息公开条例》第三十三条</td>",
        "第 11 件至第 30 件，每件收取信息处理费 100 元",
        "<strong>不予公开</strong>：告知不予公开并说明理由",
        "<a href=\"tel:051981000001\">",
        "<td>办公室（政务公开科）</td>",
        "<td>0519-8100 0002</td><td>jyj-gk@chenghu.example</td>",
        "<td>未填写</td><td>未填写</td><td>未填写</td>",
        "<strong>行政复议</strong>",
        "政府信息公开工作主管部门：<a href=\"/bm/zfb/\">市政府办公室</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(domain::mandatory::Category::ALL.iter().filter(|one| page.contains(one.wording())).count(), 15);
}

#[test]
fn a_report_has_the_six_parts_and_names_what_no_event_tells() {
    let page = text(pages::report(&city::frame("/gknb/2026/jyj/", &[]), &city::reports::of_department()));
    let places = [
        "2026年主动公开信息 97 条；新收政府信息公开申请 8 件，上年结转 3 件，办结 9 件，结转下年度 2 件。",
        "<h2>一、总体情况</h2>",
        "<h2>二、主动公开政府信息情况</h2>",
        "<th scope=\"row\">行政许可</th><td>尚无事件记录</td>",
        "<h2>三、收到和处理政府信息公开申请情况</h2>",
        "一、本年新收政府信息公开申请数量</th><td>6</td><td>未记录</td><td>未记录</td><td>未记录</td><td>未记录</td><td>未记录</td><td>2</td><td>8</td>",
        "（三）不予公开　1. 属于国家秘密</th><td>未记录</td>",
        "（三）不予公开　小计</th><td>1</td><td>0</td>",
        "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>",
        "<h2>五、存在的主要问题及改进情况</h2>",
        "<h2>六、其他需要报告的事项</h2>",
        "信息处理费 200.50 元",
        "<a href=\"/gknb/2026/jyj/report.csv\">",
    ];
    let found = places.map(|part| page.find(part));
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
    let city = text(pages::report(&city::frame("/gknb/2025/", &[]), &city::reports::of_the_city()));
    assert!(city.contains("（三）不予公开　1. 属于国家秘密</th><td>0</td>"), "nothing was handled, so it is known");
    assert!(city.contains("全市各部门合计") && city.contains("<a href=\"/gknb/2025/zfb/\">"));
}

#[test]
fn the_table_of_a_report_leaves_empty_what_no_event_tells_and_says_so() {
    let rendered = pages::report_table(&city::frame("/x.csv", &[]), &city::reports::of_department());
    let table = String::from_utf8(rendered.bytes).unwrap();
    let lines: Vec<&str> = table.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert!(lines.iter().all(|line| line.split(',').count() == 16), "{table}");
    assert!(table.contains(",二,第二十条第（五）项,行政许可：本年处理决定数量,,,,,,,,,尚无事件记录,"));
    assert!(table.contains(",（三）不予公开,小计,1,0,0,0,0,0,0,1,,"));
    insta::assert_snapshot!("report.csv", lines.join("\n"));
}

#[test]
fn a_month_tells_its_finding_first_then_the_chart_then_the_tables() {
    let page = text(pages::statistics_month(&city::frame("/tongji/2026-11.html", &[]), &city::statistics::month()));
    let places = [
        "2026年11月共收到 25 件，办结 23 件。依申请公开：样本少于5件，不计算。网民找错：按时率 90.9%，半数在 2 个工作日内办结",
        "<svg role=\"img\" aria-labelledby=\"chart-title chart-desc\"",
        "<title id=\"chart-title\">2026年11月办理统计：",
        "<desc id=\"chart-desc\">依申请公开：收到 3 件，办结 3 件，按时 样本少于5件，不计算。网民找错：",
        "fill=\"url(#late)\"",
        "<th scope=\"row\">按时率</th><td>样本少于5件，不计算</td><td>90.9%</td>",
        "<th scope=\"row\">满意度</th><td>样本少于5件，不计算</td><td>81.8%（11 件评价）</td>",
        "<a href=\"/bm/jyj/\">市教育局</a></th><td>2</td><td>2</td><td>样本不足</td>",
        "<a href=\"/tongji/2026-11.csv\">",
    ];
    let found = places.map(|part| page.find(part));
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
}

#[test]
fn bars_are_as_long_as_what_they_tell() {
    let page = text(pages::statistics_month(&city::frame("/tongji/2026-11.html", &[]), &city::statistics::month()));
    // 22 came in at most: half of the room.
    for part in ["width=\"6.8%\"", "width=\"50.0%\"", "width=\"45.4%\"", "x=\"45.4%\"", "width=\"4.5%\""] {
        assert!(page.contains(part), "{part}");
    }
    let quiet = text(pages::statistics_month(&city::frame("/x/", &[]), &city::statistics::quiet_month()));
    assert!(!quiet.contains("fill=\"url(#late)\"") && quiet.contains("2027年的放假安排尚未公布"));
}

#[test]
fn a_table_is_what_spreadsheets_read_and_names_the_version_of_its_data() {
    for (name, month) in [
        ("statistics-month.csv", city::statistics::month()),
        ("statistics-month-quiet.csv", city::statistics::quiet_month()),
    ] {
        let rendered = pages::statistics_table(&city::frame("/tongji/2026-11.csv", &[]), &month);
        assert_eq!(rendered.content_type, "text/csv; charset=utf-8");
        let table = String::from_utf8(rendered.bytes).unwrap();
        let lines: Vec<&str> = table.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
        let wide = lines[0].split(',').count();
        assert!(lines.iter().all(|line| line.split(',').count() == wide), "{table}");
        assert!(
            lines[1..]
                .iter()
                .all(|line| line.ends_with(",3.9f2c4be1d07a35c86e41f0b9a7d2583c1e6f4a90b8d7c2e53f1a6b04d9e8c7f2"))
        );
        insta::assert_snapshot!(name, lines.join("\n"));
    }
    let hostile = pages::statistics_table(&city::hostile::hostile_frame(), &city::statistics::hostile().1);
    let hostile = String::from_utf8(hostile.bytes).unwrap();
    assert!(!hostile.contains(['\0', '\u{1b}', '\u{202e}']));
    assert!(hostile.contains("<img src=x onerror=\"\"alert(1)\"\">"), "quotes are doubled: {hostile}");
}

#[test]
fn refuses_an_address_that_could_run_a_script() {
    let mut page = city::moved();
    page.to = "javascript:alert(1)".to_owned();
    let refusal = pages::moved(&city::frame("/x.html", &[]), &page).unwrap_err();
    assert!(matches!(&refusal, pages::RenderError::UnsafeUrl(unsafe_url) if unsafe_url.url == page.to), "{refusal:?}");
    let mut feed = city::feeds::feed();
    feed.entries[0].url = "data:text/html,x".to_owned();
    assert!(matches!(pages::atom(&city::frame("/feed.xml", &[]), &feed), Err(pages::RenderError::UnsafeUrl(_))));
}

#[test]
fn a_deep_site_map_loses_no_column() {
    let mut node =
        pages::MapNode { link: pages::Link { name: "底".to_owned(), url: "/200/".to_owned() }, children: Vec::new() };
    for depth in (0..200).rev() {
        node = pages::MapNode {
            link: pages::Link { name: format!("层{depth}"), url: format!("/{depth}/") },
            children: vec![node],
        };
    }
    let page = text(pages::site_map(
        &city::frame("/map/", &[]),
        &pages::SiteMapPage {
            tree: vec![node],
            disclosure: Vec::new(),
            interaction: Vec::new(),
            departments: Vec::new(),
        },
    ));
    for depth in 0..=200 {
        assert!(page.contains(&format!("href=\"/{depth}/\"")), "{depth}");
    }
}

#[test]
fn a_blank_title_still_gives_a_link_to_press() {
    let mut page = city::month();
    page.entries[0].title = " ".to_owned();
    assert!(text(pages::month(&city::frame("/x/", &[]), &page)).contains("（无标题）"));
}

#[test]
fn a_site_that_is_not_live_says_so_on_every_page_with_its_day() {
    let pages: std::collections::BTreeMap<_, _> = city::all_pages().into_iter().collect();
    let page = |name: &str| String::from_utf8(pages[name].as_ref().unwrap().bytes.clone()).unwrap();
    let rectifying = page("home-rectifying.html");
    assert!(
        rectifying.contains("本网站正在整改") && rectifying.contains("<time datetime=\"2026-12-31\">2026年12月31日")
    );
    let archived = page("column-archived.html");
    assert!(archived.contains("本网站已归档") && archived.contains("<time datetime=\"2026-11-01\">2026年11月1日"));
    assert_eq!(page("column.html").matches("class=\"state\"").count(), 0);
}

#[test]
fn banners_stand_before_everything_but_the_way_to_skip_them_the_most_general_first() {
    let page = text(pages::home(&city::under_banners("/"), &city::home()));
    let places = ["class=\"skip\"", "台风红色预警", "查看避险指引", "系统维护", "<header"].map(|part| page.find(part));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert_eq!(page.matches("<aside class=\"banner").count(), 2);
}

#[test]
fn the_registered_domain_stands_in_the_meta_tag_and_not_in_links() {
    let page = text(pages::home(&city::department_site("/"), &city::home()));
    assert!(page.contains("<meta name=\"SiteDomain\" content=\"jyj.chenghu.gov.cn\">"));
    assert_eq!(page.matches("jyj.chenghu.gov.cn").count(), 1);
}
