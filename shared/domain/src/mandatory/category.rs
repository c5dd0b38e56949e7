//! The fifteen categories.

use serde::{Deserialize, Serialize};

/// A category of information that is disclosed without being asked for (政府信息公开条例 art. 20).
///
/// Stored in events: the list is the regulation's; a further one is a new version of the events that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// （一）行政法规、规章和规范性文件.
    Regulations,
    /// （二）机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名.
    Organisation,
    /// （三）规划及相关政策.
    Plans,
    /// （四）统计信息.
    Statistics,
    /// （五）行政许可和其他对外管理服务事项.
    Licences,
    /// （六）行政处罚、行政强制.
    Sanctions,
    /// （七）财政预算、决算.
    Budgets,
    /// （八）行政事业性收费.
    Charges,
    /// （九）政府集中采购.
    Procurement,
    /// （十）重大建设项目.
    Projects,
    /// （十一）扶贫、教育、医疗、社会保障、促进就业.
    Welfare,
    /// （十二）突发公共事件.
    Emergencies,
    /// （十三）监督检查.
    Inspections,
    /// （十四）公务员招考.
    Recruitment,
    /// （十五）其他应当主动公开的政府信息.
    Further,
}

impl Category {
    /// All of them, in the order of the regulation.
    pub const ALL: [Self; 15] = [
        Self::Regulations,
        Self::Organisation,
        Self::Plans,
        Self::Statistics,
        Self::Licences,
        Self::Sanctions,
        Self::Budgets,
        Self::Charges,
        Self::Procurement,
        Self::Projects,
        Self::Welfare,
        Self::Emergencies,
        Self::Inspections,
        Self::Recruitment,
        Self::Further,
    ];

    /// As events name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Regulations => "regulations",
            Self::Organisation => "organisation",
            Self::Plans => "plans",
            Self::Statistics => "statistics",
            Self::Licences => "licences",
            Self::Sanctions => "sanctions",
            Self::Budgets => "budgets",
            Self::Charges => "charges",
            Self::Procurement => "procurement",
            Self::Projects => "projects",
            Self::Welfare => "welfare",
            Self::Emergencies => "emergencies",
            Self::Inspections => "inspections",
            Self::Recruitment => "recruitment",
            Self::Further => "further",
        }
    }

    /// The category that events name so.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// The number of its item in article 20: `（十五）`.
    #[must_use]
    pub fn item(self) -> &'static str {
        match self {
            Self::Regulations => "（一）",
            Self::Organisation => "（二）",
            Self::Plans => "（三）",
            Self::Statistics => "（四）",
            Self::Licences => "（五）",
            Self::Sanctions => "（六）",
            Self::Budgets => "（七）",
            Self::Charges => "（八）",
            Self::Procurement => "（九）",
            Self::Projects => "（十）",
            Self::Welfare => "（十一）",
            Self::Emergencies => "（十二）",
            Self::Inspections => "（十三）",
            Self::Recruitment => "（十四）",
            Self::Further => "（十五）",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Regulations => "法规、规章和规范性文件",
            Self::Organisation => "机构职能与联系方式",
            Self::Plans => "规划及相关政策",
            Self::Statistics => "统计信息",
            Self::Licences => "行政许可和管理服务事项",
            Self::Sanctions => "行政处罚、行政强制",
            Self::Budgets => "财政预算、决算",
            Self::Charges => "行政事业性收费",
            Self::Procurement => "政府集中采购",
            Self::Projects => "重大建设项目",
            Self::Welfare => "民生政策及其实施",
            Self::Emergencies => "突发公共事件",
            Self::Inspections => "监督检查",
            Self::Recruitment => "公务员招考",
            Self::Further => "其他应当公开的信息",
        }
    }

    /// The item as the regulation has it.
    #[must_use]
    pub fn wording(self) -> &'static str {
        match self {
            Self::Regulations => "行政法规、规章和规范性文件",
            Self::Organisation => "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
            Self::Plans => "国民经济和社会发展规划、专项规划、区域规划及相关政策",
            Self::Statistics => "国民经济和社会发展统计信息",
            Self::Licences => "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
            Self::Sanctions => {
                "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定"
            }
            Self::Budgets => "财政预算、决算信息",
            Self::Charges => "行政事业性收费项目及其依据、标准",
            Self::Procurement => "政府集中采购项目的目录、标准及实施情况",
            Self::Projects => "重大建设项目的批准和实施情况",
            Self::Welfare => "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
            Self::Emergencies => "突发公共事件的应急预案、预警信息及应对情况",
            Self::Inspections => "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
            Self::Recruitment => "公务员招考的职位、名额、报考条件等事项以及录用结果",
            Self::Further => "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
        }
    }

    /// Whether no department can say that it does not concern it: each has duties, a place and somebody who answers for it.
    #[must_use]
    pub fn concerns_all(self) -> bool {
        self == Self::Organisation
    }
}
