//! What applicants send: applications for information, and what they do to these afterwards.

use async_trait::async_trait;
use casework::{
    COMPLETE, COMPLETION, Deciding, GIVE_REASONS, Incoming, RATE, RATE_ACT, REASONS, WITHDRAW, Words,
    carry_out_for_citizen,
    front::{self, Filing, given_to, incoming, meant, recalled, received, refused, shown_to},
    rate,
};
use domain::{
    file::FileKind,
    request::{self, Applicant, Application, Completion, Delivery, Received, Request, file},
};
use frontdoor::{
    Act, ActAnswer, ActQuestion, CodeShown, Deed, Personal, Receipt, Reception, ReceptionProblem, SavedFile, Standing,
    Submission, Visit,
};
use jiff::Timestamp;

use crate::{DisclosureState, refusal::Refusal};

/// Parts of the commits' identities, so never renamed.
const FILE: &str = "POST form/disclosure/information-request";
const COMPLETED: &str = "POST form/disclosure/act complete";
const REASONED: &str = "POST form/disclosure/act give-reasons";
const WITHDRAWN: &str = "POST form/disclosure/act withdraw";

/// The form of applications.
pub(crate) const INFORMATION_REQUEST: &str = "information-request";

/// What happens next.
const NEXT: &str = "受理机关与您确认收到申请，答复期限自确认之日起计算";

/// Of which kinds files of a completion may be: of those that the form itself takes.
const COMPLETED_WITH: &[FileKind] =
    &[FileKind::Jpeg, FileKind::Png, FileKind::Pdf, FileKind::Ofd, FileKind::Doc, FileKind::Docx, FileKind::Text];

/// What an applicant may do to his application.
const ACTS: &[Act] = &[
    Act {
        name: COMPLETE,
        title: "提交补正",
        lead: "请按上面的要求一次补齐。答复期限自收到您的补正之日起重新计算；逾期不补正又没有正当理由的，视为放弃申请（条例第三十条）。",
        asks: &[
            ActQuestion {
                name: "text",
                label: "补正的内容",
                help: "逐项回答需要补正的问题。内容加密保存，只有办理本次申请的工作人员可以查看。",
                required: true,
                answer: ActAnswer::Text(2_000),
            },
            ActQuestion {
                name: "files",
                label: "补正的材料",
                help: "没有的不用添加。选好一个，按“添加”；照片超过 4 MB 的，请先缩小。",
                required: false,
                answer: ActAnswer::Files(5, COMPLETED_WITH),
            },
        ],
        done: "已收到您的补正，答复期限重新计算。",
    },
    Act {
        name: GIVE_REASONS,
        title: "说明理由",
        lead: "申请的数量、频次明显超过合理范围的，受理机关可以要求说明理由；理由不合理的，告知不予处理（条例第三十五条）。只提交一次，答复期限照常计算。",
        asks: &[ActQuestion {
            name: "text",
            label: "申请的理由",
            help: "说明为什么需要申请这么多或者这么频繁。内容加密保存，只有办理本次申请的工作人员可以查看。",
            required: true,
            answer: ActAnswer::Text(2_000),
        }],
        done: "已收到您说明的理由。",
    },
    Act {
        name: WITHDRAW,
        title: "撤回申请",
        lead: "撤回后本次申请不再办理，不能恢复；以后可以重新申请。",
        asks: &[],
        done: "已撤回本次申请。",
    },
    RATE_ACT,
];

/// Takes in what applicants send.
pub(crate) struct Applications(pub(crate) DisclosureState);

#[async_trait]
impl Reception for Applications {
    fn capability(&self) -> &str {
        "disclosure"
    }

    fn forms(&self) -> &[&str] {
        &[INFORMATION_REQUEST]
    }

    async fn recall(&self, submission: &Submission) -> Result<Option<Receipt>, ReceptionProblem> {
        let (incoming, _) = self.incoming(submission).await?;
        recalled::<_, Request>(&self.0, &incoming).await
    }

    async fn receive(&self, submission: &Submission, _: &Visit) -> Result<Receipt, ReceptionProblem> {
        let (incoming, application) = self.incoming(submission).await?;
        let limits = self.0.limits.clone();
        received(&self.0, &incoming, |case, opening, now| file(case, opening, application.clone(), limits.clone(), now))
            .await
    }

    async fn open(&self, number: &str, code: &Personal, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        shown_to::<_, Request>(&self.0, number, code, now).await
    }

    async fn file(
        &self,
        shown: &CodeShown<'_>,
        file: &str,
        now: Timestamp,
    ) -> Result<Option<SavedFile>, ReceptionProblem> {
        given_to::<_, Request>(&self.0, shown, file, now).await
    }

    fn acts(&self) -> &'static [Act] {
        ACTS
    }

    async fn act(&self, deed: &Deed, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        let Some(found) = meant::<_, Request>(&self.0, deed).await? else { return Ok(None) };
        match deed.act {
            COMPLETE => {
                carry_out_for_citizen(&self.0, &found.stream, COMPLETED, deed, |case, written: &Deciding<'_>, now| {
                    let (content, files) = (written.sealed::<Refusal>(COMPLETION)?, written.files());
                    Ok(request::complete(case, Completion { content, files }, Received::Now, now)?)
                })
                .await?;
            }
            GIVE_REASONS => {
                carry_out_for_citizen(&self.0, &found.stream, REASONED, deed, |case, written: &Deciding<'_>, now| {
                    let reasons = written.sealed::<Refusal>(REASONS)?;
                    Ok(request::give_reasons(case, reasons, Received::Now, now)?)
                })
                .await?;
            }
            RATE => rate(&self.0, &found, deed).await?,
            _ => {
                carry_out_for_citizen(&self.0, &found.stream, WITHDRAWN, deed, |case, _, now| {
                    Ok(request::withdraw(case, now)?)
                })
                .await?;
            }
        }
        self.open(&deed.number, &deed.code, now).await
    }

    async fn did(&self, deed: &Deed) -> Result<Option<bool>, ReceptionProblem> {
        let action = match deed.act {
            COMPLETE => COMPLETED,
            GIVE_REASONS => REASONED,
            RATE => Request::ACTIONS.rate,
            _ => WITHDRAWN,
        };
        front::did::<_, Request>(&self.0, deed, action).await
    }
}

impl Applications {
    /// What was sent, checked, and what of it an application tells in the open.
    async fn incoming(&self, submission: &Submission) -> Result<(Incoming, Application), ReceptionProblem> {
        let site = front::site_of(submission)?;
        let department = front::sponsor(&self.0, &site).await?;
        let application = application(submission).ok_or_else(|| refused("applicant", "请选择申请人和获取方式。"))?;
        let filing = Filing { action: FILE, next: NEXT, site, department, kept_for: self.0.limits.kept_for };
        Ok((incoming(&self.0, submission, filing).await?, application))
    }
}

pub(crate) fn application(submission: &Submission) -> Option<Application> {
    let applicant = match submission.chosen("applicant")? {
        "citizen" => Applicant::Citizen,
        "organisation" => Applicant::Organisation,
        _ => return None,
    };
    let delivery = match submission.chosen("way")? {
        "online" => Delivery::Online,
        "email" => Delivery::Email,
        "post" => Delivery::Post,
        "in-person" => Delivery::InPerson,
        _ => return None,
    };
    // The form does not ask: whoever is asked for a fee says so then.
    Some(Application { applicant, delivery, asks_for_relief: false, received_on: None })
}
