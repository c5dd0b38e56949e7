//! The words in which coverage is told, the same on pages, in JSON and in the table.

use domain::mandatory::{Category, Part, Standing, Tally};

use crate::model::{CategoryCoverage, CoveragePage, DepartmentCoveragePage};

/// What these pages are called.
pub(crate) const NAME: &str = "法定公开内容覆盖情况";

/// The name of a department's page.
pub(crate) fn title(page: &DepartmentCoveragePage) -> String {
    format!("{}{NAME}", page.department.name)
}

/// How many pairs of department and category stand how.
pub(crate) fn tally(page: &CoveragePage) -> Tally {
    page.departments.iter().flat_map(|one| &one.standings).map(|(_, standing)| *standing).collect()
}

/// How many departments stand how with a category.
pub(crate) fn of_category(page: &CoveragePage, category: Category) -> Tally {
    let standings = page.departments.iter().flat_map(|one| &one.standings);
    standings.filter(|(one, _)| *one == category).map(|(_, standing)| *standing).collect()
}

/// What it comes to for all departments.
pub(crate) fn finding(page: &CoveragePage) -> String {
    if page.departments.is_empty() {
        return "尚未登记部门。".to_owned();
    }
    let Tally { covered, lacking, not_concerned } = tally(page);
    let (departments, all) = (page.departments.len(), covered + lacking + not_concerned);
    let mut sentences = format!(
        "{departments} 个部门对照《政府信息公开条例》第二十条的 15 类信息，共 {all} 项：已公开 {covered} 项，缺少 {lacking} 项，不涉及 {not_concerned} 项。"
    );
    let lacked = Category::ALL.map(|category| (of_category(page, category).lacking, category));
    // Of equals the first of the regulation.
    let most = lacked.into_iter().rev().max_by_key(|(lacking, _)| *lacking).filter(|(lacking, _)| *lacking > 0);
    if let Some((lacking, category)) = most {
        sentences.push_str(&format!("缺少最多的是“{}”：{lacking} 个部门。", category.chinese()));
    }
    sentences
}

/// What it comes to for one department.
pub(crate) fn finding_of(page: &DepartmentCoveragePage) -> String {
    let Tally { covered, lacking, not_concerned } = page.categories.iter().map(|one| one.standing).collect();
    let mut sentences = format!(
        "对照《政府信息公开条例》第二十条的 15 类信息：已公开 {covered} 类，缺少 {lacking} 类，不涉及 {not_concerned} 类。"
    );
    let names: Vec<&str> = page
        .categories
        .iter()
        .filter(|one| one.standing == Standing::Lacking)
        .map(|one| one.category.chinese())
        .collect();
    if !names.is_empty() {
        sentences.push_str(&format!("缺少：{}。", names.join("；")));
    }
    sentences
}

/// What is to be said of a category beside its numbers: of the profile, and why it does not concern the department.
pub(crate) fn remark(one: &CategoryCoverage) -> Option<String> {
    if let Some(reason) = &one.reason {
        return Some(format!("不涉及的理由：{reason}"));
    }
    let untold = one.untold.as_ref()?;
    if untold.is_empty() {
        return Some("由部门资料公开。".to_owned());
    }
    let parts: Vec<&str> = untold.iter().copied().map(Part::chinese).collect();
    Some(format!("部门资料没有填写：{}。", parts.join("、")))
}
