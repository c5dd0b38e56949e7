//! The categories of what is to be disclosed, on their way in and out.

use command::mirrored;
use domain::mandatory;

mirrored! {
    mandatory:
    /// A category of information that is disclosed without being asked for (政府信息公开条例 art. 20).
    Category:
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
