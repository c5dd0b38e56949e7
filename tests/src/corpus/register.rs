//! Departments, sites and columns of the archive.

use domain::column::{Archive, ColumnKind, Prominence};
use rand::{Rng, rngs::StdRng};

/// A department.
#[derive(Debug, PartialEq, Eq)]
pub struct DepartmentPlace {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Organisation code.
    pub organisation: &'static str,
    /// First characters of its document numbers.
    pub numbers: &'static str,
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub struct ColumnPlace {
    /// Site and path.
    pub id: &'static str,
    /// Whose documents stand there; none: everybody's.
    pub department: Option<&'static DepartmentPlace>,
    /// What it is for.
    pub kind: ColumnKind,
    /// Name.
    pub name: &'static str,
    /// Place among its neighbours.
    pub position: u16,
    /// Where it is shown.
    pub prominence: Prominence,
    /// How its archive is cut.
    pub archive: Archive,
}

macro_rules! departments {
    ($($place:ident: $code:literal, $name:literal, $organisation:literal, $numbers:literal;)*) => {
        $(static $place: DepartmentPlace =
            DepartmentPlace { code: $code, name: $name, organisation: $organisation, numbers: $numbers };)*

        /// Every department.
        pub static DEPARTMENTS: &[&DepartmentPlace] = &[$(&$place),*];
    };
}

departments! {
    OFFICE: "zf", "人民政府办公室", "014006400", "澄政办发";
    EDUCATION: "jyj", "教育局", "014006438", "澄教发";
    FINANCE: "czj", "财政局", "014006446", "澄财规";
    POLICE: "gaj", "公安局", "014006454", "澄公发";
    HEALTH: "wjw", "卫生健康委员会", "014006462", "澄卫健发";
    LABOUR: "rsj", "人力资源和社会保障局", "014006470", "澄人社发";
    HOUSING: "zjj", "住房和城乡建设局", "014006489", "澄建发";
    TRANSPORT: "jtj", "交通运输局", "014006497", "澄交发";
}

/// Label, name and department of every site.
pub static SITES: &[(&str, &str, &DepartmentPlace)] = &[
    ("www", "澄湖市人民政府", &OFFICE),
    ("jyj", "澄湖市教育局", &EDUCATION),
    ("wjw", "澄湖市卫生健康委员会", &HEALTH),
    ("rsj", "澄湖市人力资源和社会保障局", &LABOUR),
    ("zjj", "澄湖市住房和城乡建设局", &HOUSING),
    ("jtj", "澄湖市交通运输局", &TRANSPORT),
];

const fn column(
    id: &'static str,
    department: Option<&'static DepartmentPlace>,
    kind: ColumnKind,
    name: &'static str,
    position: u16,
    prominence: Prominence,
) -> ColumnPlace {
    ColumnPlace { id, department, kind, name, position, prominence, archive: Archive::Month }
}

macro_rules! columns_of_a_site {
    ($site:literal, $department:ident, $news:expr) => {
        [
            column(
                concat!($site, ".tzgg"),
                Some(&$department),
                ColumnKind::Notices,
                "通知公告",
                1,
                Prominence::Both,
            ),
            ColumnPlace {
                archive: $news,
                ..column(concat!($site, ".xw"), Some(&$department), ColumnKind::News, "工作动态", 2, Prominence::Both)
            },
            column(
                concat!($site, ".zcwj"),
                Some(&$department),
                ColumnKind::Policies,
                "政策文件",
                3,
                Prominence::Both,
            ),
            column(
                concat!($site, ".zcjd"),
                Some(&$department),
                ColumnKind::Interpretations,
                "政策解读",
                4,
                Prominence::Navigation,
            ),
        ]
    };
}

static PORTAL: [ColumnPlace; 7] = [
    column("www.zwgk", Some(&OFFICE), ColumnKind::Other, "政务公开", 1, Prominence::Navigation),
    column("www.zwgk.tzgg", None, ColumnKind::Notices, "通知公告", 2, Prominence::Both),
    column("www.zwgk.zcwj", None, ColumnKind::Policies, "政策文件", 3, Prominence::Both),
    column("www.zwgk.zcjd", None, ColumnKind::Interpretations, "政策解读", 4, Prominence::Both),
    column("www.zwgk.rsxx", Some(&OFFICE), ColumnKind::Other, "人事信息", 5, Prominence::Plain),
    column("www.xw", Some(&OFFICE), ColumnKind::News, "湖城要闻", 6, Prominence::Both),
    column("www.xw.bmdt", None, ColumnKind::News, "部门动态", 7, Prominence::Home),
];
static OF_EDUCATION: [ColumnPlace; 4] = columns_of_a_site!("jyj", EDUCATION, Archive::Day);
static OF_HEALTH: [ColumnPlace; 4] = columns_of_a_site!("wjw", HEALTH, Archive::Month);
static OF_LABOUR: [ColumnPlace; 4] = columns_of_a_site!("rsj", LABOUR, Archive::Month);
static OF_HOUSING: [ColumnPlace; 4] = columns_of_a_site!("zjj", HOUSING, Archive::TenDays);
static OF_TRANSPORT: [ColumnPlace; 4] = columns_of_a_site!("jtj", TRANSPORT, Archive::Month);

/// Columns of every site.
pub static COLUMNS: std::sync::LazyLock<Vec<&'static ColumnPlace>> = std::sync::LazyLock::new(|| {
    let sites = [&OF_EDUCATION, &OF_HEALTH, &OF_LABOUR, &OF_HOUSING, &OF_TRANSPORT];
    PORTAL.iter().chain(sites.into_iter().flatten()).collect()
});

/// A column; those named first, the portal's, get more.
pub(super) fn column_of(random: &mut StdRng) -> &'static ColumnPlace {
    let at = random.random_range(0..COLUMNS.len()).min(random.random_range(0..COLUMNS.len() * 2));
    COLUMNS.get(at).copied().unwrap_or(&PORTAL[0])
}

/// A department.
pub(super) fn department_of(random: &mut StdRng) -> &'static DepartmentPlace {
    DEPARTMENTS.get(random.random_range(0..DEPARTMENTS.len())).copied().unwrap_or(&OFFICE)
}
