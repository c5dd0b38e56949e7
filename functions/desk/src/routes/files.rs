//! `GET /api/desk/documents/{id}/files/{file}`: to a file as staff may look at it, for five minutes.

use gateway::PathParams;
use http::StatusCode;

use crate::{
    api::{part, receipt::TakenIn},
    page::{Told, see_other},
    stop::Answer,
    visit::Visit,
};

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
