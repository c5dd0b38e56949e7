//! `GET` and `POST /api/desk/departments/{code}/disclosure`: who takes a department's applications for information.

use futures::join;
use gateway::PathParam;
use http::Method;
use serde::Serialize;

use super::ACTION;
use crate::{
    api::{
        department::{Department, Office},
        part,
        problem::Refusal,
        receipt::Receipt,
        staff::Permissions,
    },
    fields::Fields,
    posted::Posted,
    routes::edit::form_again,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    /// What the department is called.
    name: String,
    /// Whether he may change it; neither where that cannot be read now.
    may: Option<bool>,
    form: FormSeal,
    filled: Office,
    trouble: Option<Trouble>,
}

pub(crate) async fn show(visit: Visit, PathParam(code): PathParam) -> Answer {
    let at = at(&code);
    let (read, permissions) = join!(visit.api.read::<Department>(&at), visit.api.read::<Permissions>("/staff/me"));
    let department = read.map_err(|refusal| visit.refused(&refusal))?;
    let page = Page {
        name: department.profile.name,
        may: permissions.ok().map(|permissions| permissions.allow(ACTION, Some(&code), None)),
        form: visit.form(&format!("/api/desk{at}/disclosure"), Some(department.version)),
        filled: department.profile.disclosure.unwrap_or_default(),
        trouble: None,
    };
    Ok(visit.page("department_disclosure.html", &page.title(), &page))
}

/// Names who takes them, or nobody where the form is empty.
pub(crate) async fn change(PathParam(code): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let filled = typed(&posted.fields);
    let at = at(&code);
    let department: Department = match visit.api.read(&at).await {
        Ok(department) => department,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let command = format!("{at}/disclosure-office");
    let sent: Result<Receipt, Refusal> = visit.api.send(Method::PUT, &command, envelope, &filled.command()).await;
    let refusal = match sent {
        Ok(_) => return Ok(visit.done(&format!("/api/desk{at}/disclosure"), "已登记，公开指南几秒内更新。")),
        Err(refusal) if refusal.ends_session() => return Ok(posted.refused(&refusal)),
        Err(refusal) => refusal,
    };
    let trouble = Trouble::of(&refusal, |error| field(&error.pointer).map(str::to_owned));
    let (trouble, form) = if refusal.problem.code == "stale" {
        let registered = department.profile.disclosure.unwrap_or_default();
        (too_late(trouble, &filled, &registered), visit.form(&visit.path, Some(department.version)))
    } else {
        (trouble, form_again(&posted, &refusal))
    };
    let name = department.profile.name;
    let page = Page { name, may: Some(true), form, filled, trouble: Some(trouble) };
    Ok(visit.again(refusal.status, "department_disclosure.html", &page.title(), &page))
}

/// Says at each field that is registered otherwise what stands there now: whoever sends the form again knows what he writes over.
fn too_late(mut trouble: Trouble, filled: &Office, registered: &Office) -> Trouble {
    trouble.over = None;
    trouble.detail.push_str("与现在登记的不同之处已逐项注明，请先核对；再按一次按钮，登记的就是您填写的内容。");
    let both = fields(filled).into_iter().zip(fields(registered));
    both.filter(|((_, ours), (_, now))| ours != now).fold(trouble, |trouble, (_, (id, now))| {
        let said = if now.is_empty() {
            "现在没有登记。".to_owned()
        } else {
            format!("现在登记的是“{now}”。")
        };
        trouble.and(id, &said)
    })
}

/// What an office says, by the fields of the form.
fn fields(office: &Office) -> [(&'static str, &str); 6] {
    [
        ("office_name", office.name.as_str()),
        ("office_address", office.address.as_str()),
        ("office_hours", office.office_hours.as_str()),
        ("office_telephone", office.telephone.as_str()),
        ("fax", office.fax.as_str()),
        ("mailbox", office.mailbox.as_str()),
    ]
}

/// Where the API has the department, behind `/api/publish`.
fn at(code: &str) -> String {
    format!("/departments/{}", part(code))
}

fn typed(fields: &Fields) -> Office {
    let text = |name: &str| fields.filled(name).unwrap_or_default().to_owned();
    Office {
        name: text("office_name"),
        address: text("office_address"),
        office_hours: text("office_hours"),
        telephone: text("office_telephone"),
        fax: text("fax"),
        mailbox: text("mailbox"),
    }
}

/// The field that a pointer of the API leads to.
fn field(pointer: &str) -> Option<&'static str> {
    Some(match pointer.strip_prefix("/office/")? {
        "name" => "office_name",
        "address" => "office_address",
        "office_hours" => "office_hours",
        "telephone" => "office_telephone",
        "fax" => "fax",
        "mailbox" => "mailbox",
        _ => return None,
    })
}

impl Page {
    fn title(&self) -> String {
        format!("受理申请的机构：{}", self.name)
    }
}
