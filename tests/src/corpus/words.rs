//! The archive's words: official Chinese, put together by a seed. The city, its places and its acts are invented.

use domain::column::ColumnKind;
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

use super::register::DepartmentPlace;

/// What a text says.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) document_number: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) body: String,
}

const PLACES: &[&str] = &[
    "湖滨路",
    "澄江街道",
    "望湖社区",
    "青石镇",
    "东山片区",
    "南埠新城",
    "西塘工业园",
    "北闸水厂",
    "柳浪公园",
    "石桥菜市场",
    "云溪小学",
    "城南客运站",
    "滨河步道",
    "老城历史街区",
    "白鹭湿地",
    "松涛路口",
];

const SUBJECTS: &[&str] = &[
    "老旧小区改造",
    "义务教育招生入学",
    "城市内涝治理",
    "基层医疗服务能力提升",
    "公共就业服务",
    "农村公路养护",
    "既有住宅加装电梯",
    "饮用水水源保护",
    "安全生产专项整治",
    "政务服务事项标准化",
    "养老服务设施建设",
    "职业技能培训",
    "公交线网优化",
    "建筑垃圾处置",
    "校园食品安全",
    "中小微企业纾困",
    "传染病防控",
    "住房公积金缴存",
    "非机动车管理",
    "文物建筑保护利用",
];

const AIMS: &[&str] = &[
    "切实保障人民群众合法权益",
    "进一步优化营商环境",
    "提升公共服务质量和水平",
    "防范化解重大风险隐患",
    "推动城乡融合发展",
    "补齐民生短板",
    "规范行政行为、压缩办理时限",
    "巩固来之不易的工作成果",
];

const MEASURES: &[&str] = &[
    "各有关单位应当建立工作台账，明确责任人和完成时限，每月底前报送进展情况",
    "实行清单管理、销号办结，对逾期未完成的事项由督查部门予以通报",
    "通过政府网站、政务新媒体和社区公告栏同步公开办理条件、所需材料和咨询电话",
    "对符合条件的申请即来即办，材料不齐的一次性告知需要补正的全部内容",
    "组织业务骨干深入基层开展现场指导，及时回应群众关切，避免简单转办",
    "健全部门会商机制，对跨区域、跨部门的问题由牵头单位统筹协调解决",
    "加强资金使用监管，专款专用，依法接受审计监督和社会监督",
    "推行电子证照共享应用，凡能够通过数据核验的材料不再要求重复提交",
    "在施工期间设置明显的警示标志和绕行指引，夜间施工依法办理审批并提前告知周边居民",
    "委托第三方机构开展满意度调查，调查结果作为年度考核的重要依据",
];

const FACTS: &[&str] = &[
    "截至上月末，全市累计受理相关申请{a}件，办结{b}件，按时办结率达到{p}",
    "本年度共安排专项资金{a}万元，涉及{c}个街道（镇）、{b}个点位",
    "现场核查中发现的{c}类共性问题，已全部交由责任单位限期整改",
    "经公开征求意见，共收到意见建议{b}条，采纳{c}条，未采纳的已逐条说明理由",
    "项目建成后，可惠及{place}及周边居民约{a}户",
    "自{m}月{d}日起，{place}等{c}处设立便民服务窗口，提供延时服务",
    "与上一年度同期相比，平均办理时限缩短{c}个工作日，群众跑动次数减少{p}",
    "下一阶段将重点做好{place}的配套建设，计划于{m}月底前完成主体工程",
];

const NEWS: &[&str] = &[
    "{m}月{d}日，{department}有关负责同志到{place}实地调研{subject}工作，听取一线工作人员和居民代表的意见",
    "会议强调，要把{subject}作为当前的一项重点任务抓实抓细，{aim}",
    "在{place}，工作人员向来访群众详细介绍了{subject}的申请条件和办理流程",
    "与会人员围绕{subject}中的难点堵点进行了深入交流，并就下一步工作达成共识",
];

const HEADINGS: &[&str] = &[
    "总体要求",
    "适用范围",
    "主要任务",
    "申请条件",
    "办理程序",
    "保障措施",
    "监督检查",
    "时间安排",
    "组织领导",
    "附则",
];

const NUMERALS: &[&str] = &["一", "二", "三", "四", "五", "六"];

const KEYWORDS: &[&str] =
    &["通知", "民生", "规划", "服务", "公告", "实施方案", "管理办法", "监督", "资金", "安全", "教育", "交通"];

const CORRECTIONS: &[&str] =
    &["更正联系电话。", "更正受理截止日期。", "补充办理地点。", "更正附表中的计量单位。", "修正文中单位名称。"];

/// What the note of a correction says.
pub(super) fn correction(random: &mut StdRng) -> String {
    pick(random, CORRECTIONS).to_owned()
}

/// The words of one text.
pub(super) fn text(
    random: &mut StdRng,
    kind: ColumnKind,
    department: &DepartmentPlace,
    number: u32,
    year: i16,
) -> Words {
    let subject = pick(random, SUBJECTS);
    let place = pick(random, PLACES);
    let title = match kind {
        ColumnKind::News => format!("{}推进{subject}工作（第{}期）", department.name, number % 52 + 1),
        ColumnKind::Policies => format!("澄湖市{}关于印发《{subject}实施办法》的通知", department.name),
        ColumnKind::Interpretations => format!("《{subject}实施办法》政策解读（{year}年第{}号）", number % 90 + 1),
        ColumnKind::Notices => format!("关于{place}{subject}有关事项的通知"),
        _ => format!("关于{subject}工作人员职务任免的公示（{place}）"),
    };
    let summary = format!("为{}，现就{subject}有关事项予以公布。", pick(random, AIMS));
    let document_number = matches!(kind, ColumnKind::Policies | ColumnKind::Notices)
        .then(|| format!("{}〔{year}〕{}号", department.numbers, number % 300 + 1));
    let keywords = KEYWORDS.choose_multiple(random, 3).map(|word| (*word).to_owned()).collect();
    let mut writer = Writer { random, department, subject, body: String::new() };
    writer.write(kind);
    Words { title, summary, document_number, keywords, body: writer.body }
}

/// Writes one body.
struct Writer<'a> {
    random: &'a mut StdRng,
    department: &'a DepartmentPlace,
    subject: &'a str,
    body: String,
}

impl Writer<'_> {
    fn write(&mut self, kind: ColumnKind) {
        if kind == ColumnKind::News {
            for _ in 0..self.random.random_range(4..9) {
                self.paragraph(NEWS);
            }
            return;
        }
        self.element(
            "p",
            &format!("各区人民政府，各街道办事处，市各有关单位：为做好{}工作，现通知如下。", self.subject),
        );
        let sections = self.random.random_range(2..6);
        for numeral in NUMERALS.iter().take(sections) {
            let heading = pick(self.random, HEADINGS);
            self.element("h2", &format!("{numeral}、{heading}"));
            for _ in 0..self.random.random_range(1..3) {
                self.paragraph(FACTS);
            }
            match self.random.random_range(0..6) {
                0 => self.list(),
                1 => self.table(),
                _ => {}
            }
        }
        let signed = format!("澄湖市{}", self.department.name);
        self.element("p", &signed);
    }

    fn paragraph(&mut self, opening: &[&'static str]) {
        let mut text = String::new();
        for pool in [opening, MEASURES, FACTS, MEASURES] {
            let sentence = self.sentence(pool);
            text.push_str(&sentence);
            text.push('。');
        }
        self.element("p", &text);
    }

    fn list(&mut self) {
        self.body.push_str("<ol>");
        for _ in 0..self.random.random_range(3..6) {
            let sentence = self.sentence(MEASURES);
            self.element("li", &format!("{sentence}；"));
        }
        self.body.push_str("</ol>");
    }

    fn table(&mut self) {
        self.body.push_str("<table><thead><tr><th>地点</th><th>内容</th><th>数量</th></tr></thead><tbody>");
        for _ in 0..self.random.random_range(3..8) {
            self.body.push_str("<tr>");
            let (place, subject) = (pick(self.random, PLACES), pick(self.random, SUBJECTS));
            let count = self.random.random_range(1..900).to_string();
            for cell in [place, subject, &count] {
                self.element("td", cell);
            }
            self.body.push_str("</tr>");
        }
        self.body.push_str("</tbody></table>");
    }

    fn sentence(&mut self, pool: &[&'static str]) -> String {
        let pattern = pick(self.random, pool);
        let number = |random: &mut StdRng, most: u32| random.random_range(2..most).to_string();
        pattern
            .replace("{a}", &number(self.random, 9_000))
            .replace("{b}", &number(self.random, 900))
            .replace("{c}", &number(self.random, 20))
            .replace("{m}", &number(self.random, 13))
            .replace("{d}", &number(self.random, 29))
            .replace("{p}", &format!("{}%", self.random.random_range(70..100)))
            .replace("{place}", pick(self.random, PLACES))
            .replace("{department}", self.department.name)
            .replace("{subject}", self.subject)
            .replace("{aim}", pick(self.random, AIMS))
    }

    fn element(&mut self, name: &str, text: &str) {
        for part in ["<", name, ">", text, "</", name, ">"] {
            self.body.push_str(part);
        }
    }
}

fn pick(random: &mut StdRng, pool: &[&'static str]) -> &'static str {
    pool.choose(random).copied().unwrap_or_default()
}
