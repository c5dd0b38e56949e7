//! Files: `POST /api/desk/documents/{id}/files` takes one in; `GET …/files/{file}` leads to one as staff may look at it, for five minutes.

use gateway::{PathParam, PathParams};
use http::StatusCode;

use super::attach::Page;
use crate::{
    api::{part, problem::Refusal, receipt::TakenIn},
    page::{Told, see_other},
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::Visit,
};

/// Takes a file in and goes on to its second step. It reads no document and sends no command: on AWS its role could do neither.
pub(crate) async fn take_in(PathParam(id): PathParam, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let at = format!("/api/desk/documents/{}", part(&id));
    let refused = |status: StatusCode, trouble: Trouble| {
        let form = visit.form(&visit.path, None);
        let page = Page { path: at.clone(), to: None, form, taken: None, title: String::new(), trouble: Some(trouble) };
        page.again(visit, status)
    };
    let Some(file) = &posted.file else {
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, Trouble::at("file", "请选择一个文件，不能是空文件。")));
    };
    let taken: Result<TakenIn, Refusal> = visit.api.take_in(&file.name, file.bytes.clone()).await;
    match taken {
        Ok(taken) => {
            // What it is called until somebody says better: its name without the ending.
            let stem = file.name.rsplit_once('.').map_or(&*file.name, |(stem, _)| stem);
            Ok(see_other(&format!("{at}/attach?file={}&title={}", part(&taken.file), part(stem))))
        }
        Err(refusal) if refusal.ends_session() => Ok(posted.held()),
        Err(refusal) => Ok(refused(refusal.status, Trouble::of(&refusal, |_| Some("file".to_owned())))),
    }
}

pub(crate) async fn read(visit: Visit, PathParams(id, file): PathParams) -> Answer {
    let at = format!("/documents/{}/files/{}", part(&id), part(&file));
    let taken: TakenIn = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    match taken.url {
        Some(url) => Ok(see_other(&url)),
        None => {
            let told = Told::new("暂时不能查看这个文件", "文件已经收到，但现在没有可以查看的地址，请稍后再试。");
            Ok(told.page(StatusCode::SERVICE_UNAVAILABLE, |title| visit.around(title)))
        }
    }
}
