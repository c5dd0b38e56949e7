//! How a case stores what happens to its deadlines.

use serde_json::json;

use super::*;

#[test]
fn a_change_is_stored_inside_an_event_of_the_case_and_read_back() {
    let calendars = national();
    let history = owing(Limit { starts: Starts::Receipt, ..working_days(20) }, "2026-11-02T10:00", &calendars);
    let stored = serde_json::to_value(&history.log[0]).unwrap();
    assert_eq!(
        stored,
        json!({"type": "DeadlineChanged", "data": {
            "deadline": "reply",
            "effective_at": "2026-11-02T02:00:00Z",
            "change": {
                "kind": "started",
                "limit": {
                    "title": "答复期限", "rule": "《政府信息公开条例》第三十三条", "count": 20, "unit": "working-day",
                    "starts": "receipt", "ends": "midnight", "extensions": {"times": 2, "most": 10},
                },
                "from": "2026-11-02T02:00:00Z",
                "due": "2026-11-30T16:00:00Z",
                "calendar": 1,
            },
        }})
    );
    assert_eq!(serde_json::from_value::<ToyEvent>(stored).unwrap(), history.log[0]);
}

#[test]
fn every_change_is_read_back_as_it_was_stored() {
    let due = at("2026-11-10T00:00");
    let changes = [
        Happened::Stopped { reason: line("征求意见") },
        Happened::Resumed { due, calendar: 1 },
        Happened::Extended { by: count(3), reason: line("案情复杂"), due: Some(due), calendar: 1 },
        Happened::Extended { by: count(3), reason: line("案情复杂"), due: None, calendar: 1 },
        Happened::Delayed {
            by: count(30),
            rule: line("《政府信息公开条例》第三十五条"),
            reason: line("申请数量大"),
            due: Some(due),
            calendar: 1,
        },
        Happened::Restarted { from: due, due, calendar: 1 },
        Happened::Recomputed { due: Some(due), calendar: 2 },
        Happened::Recomputed { due: None, calendar: 2 },
        Happened::Recounted {
            stops: vec![Stop { from: due, until: Some(due), reason: line("征求意见") }],
            due: Some(due),
            calendar: 2,
        },
        Happened::Recounted {
            stops: vec![Stop { from: due, until: None, reason: line("征求意见") }],
            due: None,
            calendar: 2,
        },
        Happened::Met,
        Happened::Lifted,
        Happened::FellDue,
    ];
    for change in changes {
        let event = ToyEvent::DeadlineChanged(Change { deadline: Owed::Reply, effective_at: due, change });
        let stored = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<ToyEvent>(&stored).unwrap(), event, "{stored}");
    }
}

#[test]
fn what_happened_to_a_deadline_that_never_began_is_nothing() {
    let mut deadlines = Deadlines::default();
    deadlines.evolve(Change { deadline: Owed::Reply, effective_at: at("2026-11-02T10:00"), change: Happened::Met });
    assert_eq!(deadlines, Deadlines::default());
}

#[test]
fn a_limit_is_between_one_and_a_thousand() {
    assert!([0, 1001].into_iter().all(|number| Count::try_from(number).is_err()));
    assert!([1, 1000].into_iter().all(|number| Count::try_from(number).is_ok()));
}
