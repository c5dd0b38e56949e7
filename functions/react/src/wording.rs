//! What people are told, in words: number, site, where to read on, at most a day. The content of a case is in none of them.

use domain::case::Notice;
use jiff::civil::Date;
use outbox::Recipient;

use crate::facts::Facts;

/// A message in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Subject of a letter.
    pub subject: String,
    /// The letter.
    pub letter: String,
    /// The same in one line, for a telephone.
    pub line: String,
}

/// The words of a notice to `recipient`.
pub(crate) fn of(notice: Notice, recipient: &Recipient, facts: &Facts) -> Wording {
    let news = news(notice, recipient, facts);
    let site = &facts.site;
    match recipient {
        Recipient::Citizen => Wording {
            subject: format!("{}（{}）", heading(notice), facts.number),
            letter: format!(
                "您好：\n\n{news}\n\n查看办理情况：{status}\n打开后请填写受理编号和提交时得到的查询码。\n\n{site}\n本邮件由系统自动发送，请勿回复。\n",
                status = facts.status
            ),
            line: format!("【{site}】{news}凭受理编号和查询码查看：{}", facts.status),
        },
        Recipient::Handler(_) | Recipient::Supervisors(_) | Recipient::Department(_) => Wording {
            subject: format!("{}：{}", notice.chinese(), facts.number),
            letter: format!(
                "您好：\n\n{news}\n\n打开办件：{desk}\n\n来自站点：{site}\n本邮件由系统自动发送，请勿回复。\n",
                desk = facts.desk
            ),
            line: format!("【{site}】{news}"),
        },
    }
}

fn heading(notice: Notice) -> &'static str {
    match notice {
        Notice::Received => "已收到您的来件",
        Notice::CompletionAsked => "您的来件需要补正",
        Notice::ReasonsAsked => "您的来件需要说明理由",
        Notice::Extended => "您的来件延长办理期限",
        Notice::FeeAsked => "您的来件需要缴费",
        Notice::Answered => "您的来件已有答复",
        Notice::Redirected => "您的来件需通过其他渠道办理",
        Notice::ClosedUnanswered => "您的来件已办结",
        Notice::AnswerWithdrawn => "给您的答复已撤回",
        Notice::Reminder | Notice::Overdue | Notice::HandedOver => notice.chinese(),
    }
}

/// What happened, in one or two sentences.
fn news(notice: Notice, recipient: &Recipient, facts: &Facts) -> String {
    let Facts { kind, number, term, .. } = facts;
    let it = format!("您提交的{kind}（受理编号 {number}）");
    let last_day = term.as_ref().and_then(|term| term.last_day).map(spelt);
    let until = |before: &str| last_day.as_ref().map(|day| format!("{before}{day}")).unwrap_or_default();
    match notice {
        Notice::Received => format!("{it}已收到。"),
        Notice::CompletionAsked => {
            format!("{it}需要补正{}；逾期未补正的，可能视为放弃。", until("，补充的最后一天是 "))
        }
        Notice::ReasonsAsked => format!("{it}需要您说明理由，要说明什么已经写明。"),
        Notice::Extended => format!("{it}需要延长办理期限{}。", until("，最迟答复日期为 ")),
        Notice::FeeAsked => {
            format!("{it}需要缴纳信息处理费{}；逾期未缴费的，可能视为放弃。", until("，缴费的最后一天是 "))
        }
        Notice::Answered => format!("{it}已答复。"),
        Notice::Redirected => format!("{it}需通过其他渠道办理，渠道和理由已经写明。"),
        Notice::ClosedUnanswered => format!("{it}已办结，理由已经写明。"),
        Notice::AnswerWithdrawn => format!("{it}的答复已撤回，理由已经写明。"),
        Notice::Reminder => {
            let title = term.as_ref().map_or("期限", |term| term.title.as_str());
            let ends = format!("{title}即将届满{}", until("，最后一天是 "));
            match recipient {
                Recipient::Citizen => format!("{it}的{ends}；逾期未办理的，可能视为放弃。"),
                Recipient::Handler(_) | Recipient::Supervisors(_) | Recipient::Department(_) => {
                    format!("{kind} {number} 的{ends}，请按期办理。")
                }
            }
        }
        Notice::Overdue => format!("{kind} {number} 已过答复期限，尚未办结，请督促办理。"),
        Notice::HandedOver => format!("{kind} {number} 已转由本部门办理，请尽快确定承办人。"),
    }
}

/// `2026年12月3日`.
fn spelt(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Term;

    fn facts() -> Facts {
        Facts {
            holds: true,
            kind: "政府信息公开申请",
            number: "YG-20261130-482137".to_owned(),
            site: "澄湖市教育局".to_owned(),
            status: "https://jyj.example.cn/form/disclosure/status".to_owned(),
            desk: "https://desk.example.cn/api/desk/requests/x".to_owned(),
            term: Some(term(Some(jiff::civil::date(2026, 12, 3)))),
            department: "jyj".parse().unwrap(),
            handler: None,
            identity: None,
        }
    }

    #[test]
    fn every_notice_tells_number_site_and_where_to_read_on_and_does_not_stutter() {
        let recipients = [Recipient::Citizen, Recipient::Supervisors("jyj".parse().unwrap())];
        for notice in Notice::ALL {
            for recipient in &recipients {
                let Wording { subject, letter, line } = of(notice, recipient, &facts());
                assert!(subject.contains("YG-20261130-482137"), "{subject}");
                assert!(!subject.contains('\n') && !line.contains('\n'), "{notice:?}");
                let address = if *recipient == Recipient::Citizen { facts().status } else { facts().desk };
                for part in ["YG-20261130-482137", "澄湖市教育局", address.as_str()] {
                    assert!(letter.contains(part), "{notice:?}: {letter}");
                }
                assert!(line.starts_with("【澄湖市教育局】") && line.contains("YG-20261130-482137"), "{line}");
                assert!(!letter.contains("。。") && !line.contains("。。"), "{letter}");
            }
        }
    }

    fn term(last_day: Option<Date>) -> Term {
        Term { title: "补正期限".to_owned(), last_day }
    }

    #[test]
    fn a_day_is_told_where_the_notice_is_of_a_deadline() {
        let told = |notice| of(notice, &Recipient::Citizen, &facts()).letter;
        assert!(told(Notice::Extended).contains("最迟答复日期为 2026年12月3日。"));
        assert!(told(Notice::CompletionAsked).contains("需要补正，补充的最后一天是 2026年12月3日；"));
        assert!(told(Notice::FeeAsked).contains("缴费的最后一天是 2026年12月3日；"));
        assert!(!told(Notice::Answered).contains("2026年"));
        let stands = Facts { term: Some(term(None)), ..facts() };
        assert!(of(Notice::Extended, &Recipient::Citizen, &stands).letter.contains("需要延长办理期限。"));
    }

    #[test]
    fn a_last_day_is_told_to_whose_it_is_in_words_of_his() {
        let told = |recipient: &Recipient| of(Notice::Reminder, recipient, &facts()).line;
        let applicant = told(&Recipient::Citizen);
        assert!(applicant.contains("您提交的政府信息公开申请") && !applicant.contains("请按期办理"), "{applicant}");
        assert!(applicant.contains("的补正期限即将届满，最后一天是 2026年12月3日；"), "{applicant}");
        let handler = told(&Recipient::Supervisors("jyj".parse().unwrap()));
        assert!(handler.contains("补正期限即将届满，最后一天是 2026年12月3日，请按期办理。"), "{handler}");
    }
}
