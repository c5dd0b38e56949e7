//! What a department's own profile tells of category （二）.

/// The parts of a profile that the regulation asks for; 机构设置 has no part of its own and is told with the duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 机构职能.
    Duties,
    /// 办公地址.
    Address,
    /// 办公时间.
    OfficeHours,
    /// 联系方式.
    Telephone,
    /// 负责人姓名.
    Leaders,
}

impl Part {
    /// As the regulation calls it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Duties => "机构职能",
            Self::Address => "办公地址",
            Self::OfficeHours => "办公时间",
            Self::Telephone => "联系方式",
            Self::Leaders => "负责人姓名",
        }
    }

    /// As programs call it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Duties => "duties",
            Self::Address => "address",
            Self::OfficeHours => "office-hours",
            Self::Telephone => "telephone",
            Self::Leaders => "leaders",
        }
    }
}

/// What a department's profile says of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Institution<'a> {
    /// 机构职能.
    pub duties: &'a str,
    /// 办公地址.
    pub address: &'a str,
    /// 办公时间.
    pub office_hours: &'a str,
    /// 联系方式.
    pub telephone: &'a str,
    /// 负责人.
    pub leaders: &'a [String],
}

impl Institution<'_> {
    /// The parts that it does not tell, in the order of the regulation; with none of them the category is covered.
    #[must_use]
    pub fn untold(&self) -> Vec<Part> {
        let is_blank = |text: &str| text.trim().is_empty();
        let parts = [
            (Part::Duties, is_blank(self.duties)),
            (Part::Address, is_blank(self.address)),
            (Part::OfficeHours, is_blank(self.office_hours)),
            (Part::Telephone, is_blank(self.telephone)),
            (Part::Leaders, self.leaders.iter().all(|leader| is_blank(leader))),
        ];
        parts.into_iter().filter(|(_, untold)| *untold).map(|(part, _)| part).collect()
    }
}
