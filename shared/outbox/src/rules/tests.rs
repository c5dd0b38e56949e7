//! Given what happened to a case, then who is told of it.

use domain::{CaseId, CommitId, Fact, IdentityId, Sealed, case::CaseNumber};
use domain::{
    StreamId,
    case::{Addressee, CaseEvent, Channel as Came, ErasureBasis, Opening, Shown, Years, own},
    correction::{Correction, CorrectionDeadline, CorrectionEvent, Fault, Finding},
    deadline::{Change, Count, Happened},
    request::{Consulted, Lapsed, Recorded, Request, RequestDeadline, RequestEvent, ShownBy},
    text::{Line, Prose},
};
use serde_json::{Value, json};

use super::*;

fn now() -> Timestamp {
    "2026-11-30T01:00:00Z".parse().unwrap()
}

fn sealed() -> Sealed {
    Sealed::new(b"sealed".to_vec()).unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

fn opening<K: Kind>(identity: Option<IdentityId>) -> Occurrence<K> {
    let creation = CommitId::derive(&"citizen:web".parse().unwrap(), "report", "new", 0, "key");
    Occurrence::Common(CaseEvent::CaseOpened(Box::new(Opening {
        number: CaseNumber::derive(K::PREFIX, &CaseId::derive(&creation), now(), 0),
        channel: Came::Web,
        site: "jyj".parse().unwrap(),
        form: Shown { name: line("correction"), version: 1 },
        notice: Shown { name: line("correction"), version: 1 },
        kept_for: Years::try_from(2).unwrap(),
        department: "jyj".parse().unwrap(),
        code_key: 1,
        identity,
        content: sealed(),
        files: Vec::new(),
    })))
}

fn known() -> Option<IdentityId> {
    Some(IdentityId::from_bits([7; 16]))
}

/// What the last of `events` asks for.
fn told<K: Noticed>(events: &[Occurrence<K>]) -> Vec<(Notice, String)> {
    let fact = Fact { commit: 1, at: now(), actor: "clerk".parse().unwrap() };
    let mut case = CaseFile::<K>::default();
    for event in events {
        case.evolve(event.clone(), &fact);
    }
    asked(events.last().unwrap(), &case).into_iter().map(|asked| (asked.notice, asked.recipient.to_string())).collect()
}

/// What an event asks for on a case whose citizen said who he is.
fn of<K: Noticed>(event: Occurrence<K>) -> Vec<(Notice, String)> {
    told(&[opening(known()), event])
}

fn citizen(notice: Notice) -> Vec<(Notice, String)> {
    vec![(notice, "citizen".to_owned())]
}

fn change<K: Kind>(deadline: K::Deadline, change: Happened) -> Occurrence<K> {
    Occurrence::Common(CaseEvent::DeadlineChanged(Change { deadline, effective_at: now(), change }))
}

fn extended() -> Happened {
    Happened::Extended { by: Count::try_from(20).unwrap(), reason: line("案情复杂"), due: Some(now()), calendar: 1 }
}

fn handler() -> Occurrence<Correction> {
    Occurrence::Common(CaseEvent::HandlerNamed { handler: "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap() })
}

fn reminded() -> Occurrence<Correction> {
    Occurrence::Common(CaseEvent::DeadlineReminded { deadline: CorrectionDeadline::Answer, due: now() })
}

#[test]
fn a_citizen_is_told_that_it_came_in_if_he_said_who_he_is() {
    assert_eq!(told::<Correction>(&[opening(known())]), citizen(Notice::Received));
    assert_eq!(told::<Request>(&[opening(known())]), citizen(Notice::Received));
    assert_eq!(told::<Correction>(&[opening(None)]), []);
}

#[test]
fn a_reader_is_told_of_the_answer_of_its_withdrawal_and_of_a_dismissal() {
    let answered = CorrectionEvent::ErrorAnswered {
        finding: Finding::Corrected,
        subject: line("日期"),
        answer: Prose::new("已更正。").unwrap(),
    };
    assert_eq!(of::<Correction>(own(answered)), citizen(Notice::Answered));
    let withdrawn = CorrectionEvent::AnswerWithdrawn { reason: line("有误"), reopened: true };
    assert_eq!(of::<Correction>(own(withdrawn)), citizen(Notice::AnswerWithdrawn));
    let dismissed = CorrectionEvent::ReportDismissed { reason: line("不是找错") };
    assert_eq!(of::<Correction>(own(dismissed)), citizen(Notice::ClosedUnanswered));
    assert_eq!(of::<Correction>(own(CorrectionEvent::ErrorReported { page: None, fault: Fault::Other })), []);
}

#[test]
fn an_applicant_is_told_of_every_step_that_is_the_authoritys() {
    let told = |event| of::<Request>(own(event));
    assert_eq!(told(RequestEvent::CompletionAsked { missing: sealed() }), citizen(Notice::CompletionAsked));
    let reasons = RequestEvent::ReasonsAsked { applications: 31, question: sealed() };
    assert_eq!(told(reasons), citizen(Notice::ReasonsAsked));
    let fee = serde_json::from_value(json!({"type": "FeeAsked", "data": {"item": 11, "amount": 100}})).unwrap();
    assert_eq!(told(fee), citizen(Notice::FeeAsked));
    let outcome = domain::request::Outcome::DoesNotExist;
    assert_eq!(
        told(RequestEvent::RequestDecided { outcome, text: sealed(), files: Vec::new() }),
        citizen(Notice::Answered)
    );
    let elsewhere = RequestEvent::RequestRedirected { channel: line("信访渠道"), reason: line("属于信访") };
    assert_eq!(told(elsewhere), citizen(Notice::Redirected));
    let lapsed = RequestEvent::DeemedAbandoned { lapsed: Lapsed::Fee, effective_at: now() };
    assert_eq!(told(lapsed), citizen(Notice::ClosedUnanswered));
    let undone = RequestEvent::AbandonmentUndone { lapsed: Lapsed::Fee };
    assert_eq!(told(undone), citizen(Notice::Received), "he was told that it ended");
    let reopened = RequestEvent::ApplicationReopened { reason: sealed() };
    assert_eq!(told(reopened), citizen(Notice::CompletionAsked));
    let recorded = Recorded { reason: sealed(), shown_by: ShownBy::Call };
    let taken_back = RequestEvent::ApplicationWithdrawn { recorded: Some(recorded) };
    assert_eq!(told(taken_back), citizen(Notice::ClosedUnanswered), "who did not take it back will say so");
}

#[test]
fn nobody_is_told_what_he_did_himself_or_what_goes_on_between_authorities() {
    for event in [
        RequestEvent::ApplicationConfirmed { effective_at: now() },
        RequestEvent::ApplicationCompleted { content: sealed(), files: Vec::new(), received_on: None },
        RequestEvent::ReasonsGiven { reasons: sealed(), received_on: None },
        RequestEvent::OpinionLapseUndone { number: 1.try_into().unwrap(), of: Consulted::ThirdParty },
        RequestEvent::OpinionSought {
            number: None,
            of: Consulted::ThirdParty,
            letter: sealed(),
            delivered_on: None,
            further: None,
        },
        RequestEvent::OpinionLapsed { number: None, of: Consulted::OtherBody, undelivered: false, effective_at: now() },
        RequestEvent::FeePaid { received_on: None },
        RequestEvent::ApplicationWithdrawn { recorded: None },
        RequestEvent::ReplyDrafted {
            outcome: domain::request::Outcome::DoesNotExist,
            text: sealed(),
            files: Vec::new(),
        },
        RequestEvent::RequestArchived { file: line("2026-1") },
    ] {
        assert_eq!(of::<Request>(own(event)), []);
    }
}

#[test]
fn more_time_for_what_is_owed_is_told_and_for_nothing_else() {
    assert_eq!(of::<Request>(change(RequestDeadline::Reply, extended())), citizen(Notice::Extended));
    assert_eq!(of::<Request>(change(RequestDeadline::Fee, extended())), []);
    let (by, rule, reason) = (Count::try_from(30).unwrap(), line("《政府信息公开条例》第三十五条"), line("数量大"));
    let delayed = Happened::Delayed { by, rule, reason, due: Some(now()), calendar: 1 };
    assert_eq!(of::<Request>(change(RequestDeadline::Reply, delayed)), citizen(Notice::Extended));
}

#[test]
fn lateness_is_told_to_the_supervisors_of_the_department_that_answers() {
    let late = vec![(Notice::Overdue, "supervisors:jyj".to_owned())];
    assert_eq!(of::<Correction>(change(CorrectionDeadline::Answer, Happened::FellDue)), late);
    assert_eq!(of::<Request>(change(RequestDeadline::Reply, Happened::FellDue)), late);
    assert_eq!(of::<Request>(change(RequestDeadline::Completion, Happened::FellDue)), []);
    assert_eq!(of::<Correction>(change(CorrectionDeadline::Answer, Happened::Met)), []);
}

#[test]
fn a_last_day_is_told_to_who_answers_else_to_the_departments_supervisors() {
    assert_eq!(of(reminded()), [(Notice::Reminder, "supervisors:jyj".to_owned())]);
    let named = [opening(None), handler(), reminded()];
    assert_eq!(told(&named), [(Notice::Reminder, "handler:b2l5s7k3qj4yx6tmr2v7hcnz5e".to_owned())]);
}

#[test]
fn a_last_day_of_the_applicants_is_told_to_him_and_one_that_obliges_nobody_to_nobody() {
    let reminded = |deadline| Occurrence::<Request>::Common(CaseEvent::DeadlineReminded { deadline, due: now() });
    let named = Occurrence::<Request>::Common(CaseEvent::HandlerNamed {
        handler: "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap(),
    });
    for deadline in [RequestDeadline::Completion, RequestDeadline::Fee] {
        assert_eq!(told(&[opening(known()), named.clone(), reminded(deadline)]), citizen(Notice::Reminder));
        assert_eq!(told(&[opening(None), named.clone(), reminded(deadline)]), [], "he did not say who he is");
    }
    for deadline in
        [RequestDeadline::CompletionNotice, RequestDeadline::ThirdPartyOpinion, RequestDeadline::OtherBodyOpinion]
    {
        assert_eq!(told(&[opening(known()), named.clone(), reminded(deadline)]), []);
    }
    let handler = [(Notice::Reminder, "handler:b2l5s7k3qj4yx6tmr2v7hcnz5e".to_owned())];
    for deadline in [RequestDeadline::Confirmation, RequestDeadline::Reply] {
        assert_eq!(told(&[opening(known()), named.clone(), reminded(deadline)]), handler);
    }
}

#[test]
fn a_department_is_told_what_it_answers_for_now_and_its_supervisors_are_the_ones_reminded() {
    let assigned = Occurrence::<Correction>::Common(CaseEvent::CaseAssigned {
        department: "czj".parse().unwrap(),
        reason: line("属于财政"),
    });
    assert_eq!(of(assigned.clone()), [(Notice::HandedOver, "department:czj".to_owned())]);
    let handed_over = [opening(None), handler(), assigned, reminded()];
    assert_eq!(told(&handed_over), [(Notice::Reminder, "supervisors:czj".to_owned())]);
}

#[test]
fn erased_citizens_are_told_nothing_and_what_could_not_be_delivered_asks_for_no_further_message() {
    let erased = Occurrence::<Correction>::Common(CaseEvent::CaseErased {
        basis: ErasureBasis::Request,
        reason: line("本人申请"),
    });
    let withdrawn = own(CorrectionEvent::AnswerWithdrawn { reason: line("有误"), reopened: true });
    assert_eq!(told(&[opening(known()), erased, withdrawn]), []);
    let undeliverable = Occurrence::<Correction>::Common(CaseEvent::MessageUndeliverable {
        message: "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap(),
        notice: Notice::Answered,
        to: Addressee::Citizen,
    });
    assert_eq!(of(undeliverable), []);
}

/// A deadline that began, and is due at `now()`.
fn started<K: Kind>(deadline: K::Deadline) -> Occurrence<K> {
    let limit = json!({"title": "期限", "rule": "办法", "count": 20, "unit": "working-day", "starts": "receipt", "ends": "midnight"});
    let limit = serde_json::from_value(limit).unwrap();
    change::<K>(deadline, Happened::Started { limit, from: now(), due: now(), calendar: 1 })
}

fn completion_asked() -> [Occurrence<Request>; 2] {
    let asked = own(RequestEvent::CompletionAsked { missing: sealed() });
    [asked, started(RequestDeadline::Completion)]
}

#[test]
fn a_notice_of_what_is_asked_for_tells_of_the_applicants_deadline_that_begins_with_it() {
    let stopped = change(RequestDeadline::Reply, Happened::Stopped { reason: line("等待补正") });
    let [asked, begins] = completion_asked();
    let commit = [asked, stopped, begins];
    assert_eq!(deadline(&commit, 0), Some(RequestDeadline::Completion));
    assert_eq!(deadline(&commit, 1), Some(RequestDeadline::Reply), "what happened to a deadline tells of it");
    let confirmed = own::<Request>(RequestEvent::ApplicationConfirmed { effective_at: now() });
    assert_eq!(deadline(&[confirmed, started(RequestDeadline::Reply)], 0), None, "that one is the department's");
    assert_eq!(deadline::<Request>(&[], 0), None);
}

/// Whether what the first event of a commit asks for is so still after what happened since.
fn so<K: Noticed>(before: &[Occurrence<K>], of: &[Occurrence<K>], since: &[Occurrence<K>]) -> bool {
    let fact = Fact { commit: 1, at: now(), actor: "clerk".parse().unwrap() };
    let mut case = CaseFile::<K>::default();
    for event in before.iter().chain(of) {
        case.evolve(event.clone(), &fact);
    }
    let asked = asked(&of[0], &case).remove(0);
    let message = message(&commit(2, &[]), 0, asked, "jyj".parse().unwrap());
    for event in since {
        case.evolve(event.clone(), &fact);
    }
    holds(&message, of, &case)
}

fn answered() -> Occurrence<Correction> {
    let (subject, answer) = (line("日期"), Prose::new("已更正。").unwrap());
    own(CorrectionEvent::ErrorAnswered { finding: Finding::Corrected, subject, answer })
}

#[test]
fn nobody_is_told_of_lateness_or_of_a_last_day_of_what_was_done_meanwhile() {
    let before = [opening(None), handler(), started(CorrectionDeadline::Answer)];
    let late = [change(CorrectionDeadline::Answer, Happened::FellDue)];
    assert!(so(&before, &late, &[]));
    assert!(!so(&before, &late, &[answered()]));
    let recounted = Happened::Recomputed { due: Some("2026-12-08T16:00:00Z".parse().unwrap()), calendar: 2 };
    assert!(so(&before, &[reminded()], &[]));
    for since in [Happened::Met, Happened::FellDue, recounted] {
        assert!(!so(&before, &[reminded()], &[change(CorrectionDeadline::Answer, since.clone())]), "{since:?}");
    }
}

#[test]
fn nobody_is_asked_for_what_he_brought() {
    let before = [opening(known())];
    assert!(so(&before, &completion_asked(), &[]));
    for since in [Happened::Met, Happened::FellDue, Happened::Lifted] {
        let since = change(RequestDeadline::Completion, since);
        assert!(!so(&before, &completion_asked(), std::slice::from_ref(&since)), "{since:?}");
    }
    let longer = [change::<Request>(RequestDeadline::Reply, extended())];
    let before = [opening(known()), started(RequestDeadline::Reply)];
    assert!(so(&before, &longer, &[]));
    assert!(!so(&before, &longer, &[change(RequestDeadline::Reply, Happened::Met)]));
}

#[test]
fn nobody_is_asked_for_reasons_that_he_gave_or_of_a_case_that_ended() {
    let before = [opening(known())];
    let asked = [own::<Request>(RequestEvent::ReasonsAsked { applications: 31, question: sealed() })];
    assert!(so(&before, &asked, &[]));
    let given = own(RequestEvent::ReasonsGiven { reasons: sealed(), received_on: None });
    let taken_back = own(RequestEvent::ApplicationWithdrawn { recorded: None });
    for since in [given, taken_back] {
        assert!(!so(&before, &asked, std::slice::from_ref(&since)), "{since:?}");
    }
}

#[test]
fn an_answer_is_told_while_it_stands_and_its_withdrawal_until_there_is_another() {
    let before = [opening(known())];
    let withdrawn = own(CorrectionEvent::AnswerWithdrawn { reason: line("有误"), reopened: true });
    assert!(so::<Correction>(&before, &[opening(known())], &[answered()]), "it came in, whatever became of it");
    assert!(so(&before, &[answered()], &[]));
    assert!(!so(&before, &[answered()], std::slice::from_ref(&withdrawn)));
    assert!(so(&before, std::slice::from_ref(&withdrawn), &[]));
    assert!(!so(&before, &[withdrawn], &[answered()]));
    let outcome = domain::request::Outcome::DoesNotExist;
    let decided = own(RequestEvent::RequestDecided { outcome, text: sealed(), files: Vec::new() });
    assert!(so::<Request>(&[opening(known())], &[decided], &[]));
}

#[test]
fn a_hand_over_is_told_until_somebody_answers_for_it_or_another_department_does() {
    let over = |code: &str| {
        let department = code.parse().unwrap();
        Occurrence::<Correction>::Common(CaseEvent::CaseAssigned { department, reason: line("属于其他部门") })
    };
    let before = [opening(None)];
    assert!(so(&before, &[over("czj")], &[]));
    assert!(!so(&before, &[over("czj")], &[handler()]));
    assert!(!so(&before, &[over("czj")], &[over("jyj")]));
    assert!(!so(&before, &[over("czj")], &[answered()]));
}

fn stream() -> StreamId {
    "correction:b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap()
}

fn commit(number: u64, events: &[Value]) -> Commit {
    Commit {
        stream: stream(),
        number,
        id: "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap(),
        at: now(),
        actor: "clerk".parse().unwrap(),
        fingerprint: None,
        events: events.iter().map(|event| serde_json::from_value(event.clone()).unwrap()).collect(),
        hash: [0; 32],
    }
}

fn stored<K: Kind>(event: &Occurrence<K>) -> Value {
    let mut stored = serde_json::to_value(event).unwrap();
    stored["version"] = 1.into();
    stored
}

fn since(instant: &str) -> Starts {
    let instant: Timestamp = instant.parse().unwrap();
    Starts(Notice::ALL.map(|notice| (notice, instant)).into())
}

#[test]
fn commits_past_the_checkpoint_ask_and_the_same_event_asks_for_the_same_message() {
    let dismissed = own(CorrectionEvent::ReportDismissed { reason: line("不是找错") });
    let reported = own(CorrectionEvent::ErrorReported { page: None, fault: Fault::Other });
    let commits = [
        commit(1, &[stored::<Correction>(&opening(known())), stored::<Correction>(&reported)]),
        commit(2, &[stored::<Correction>(&dismissed)]),
    ];
    let asked = |after| messages(&stream(), &commits, after, &since("2026-11-01T00:00:00Z")).unwrap();
    let all = asked(0);
    let told: Vec<_> = all.iter().map(|message| (message.number, message.index, message.notice)).collect();
    assert_eq!(told, [(1, 0, Notice::Received), (2, 0, Notice::ClosedUnanswered)]);
    assert_eq!(asked(1), all[1..]);
    assert_eq!(asked(2), []);
    assert_ne!(all[0].id, all[1].id);
    assert_eq!((all[0].department.as_str(), all[0].channel), ("jyj", Channel::EmailElseText));
}

#[test]
fn what_is_older_than_its_rule_asks_for_nothing() {
    let commits = [commit(1, &[stored::<Correction>(&opening(known()))])];
    let asked = |start: &str| messages(&stream(), &commits, 0, &since(start)).unwrap().len();
    assert_eq!(asked("2026-11-30T01:00:00Z"), 1, "the instant of the start counts");
    assert_eq!(asked("2026-11-30T01:00:00.001Z"), 0);
    assert_eq!(messages(&stream(), &commits, 0, &Starts::default()).unwrap(), [], "a rule without a start");
}

#[test]
fn what_was_brought_in_from_elsewhere_asks_for_nothing() {
    let mut commit = commit(1, &[stored::<Correction>(&opening(known()))]);
    let asked = || vec![Asked { notice: Notice::Received, recipient: Recipient::Citizen }];
    let starts = since("2026-11-01T00:00:00Z");
    let department = "jyj".parse().unwrap();
    assert_eq!(wanted(&commit, 0, asked(), &department, &starts).len(), 1);
    let migrated = json!({"type": "CaseMigrated", "version": 1, "data": {}});
    commit.events.push(serde_json::from_value(migrated).unwrap());
    assert_eq!(wanted(&commit, 0, asked(), &department, &starts), []);
}

#[test]
fn streams_that_are_no_cases_ask_for_nothing() {
    let document: StreamId = "document:b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap();
    assert!(!concerns(&document) && concerns(&stream()));
    assert_eq!(messages(&document, &[], 0, &since("2026-11-01T00:00:00Z")).unwrap(), []);
}
