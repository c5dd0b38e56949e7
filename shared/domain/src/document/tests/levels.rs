//! More than one level of review.

use super::*;
use crate::column::Post;

fn three() -> Levels {
    Levels::try_from(vec![Post::default(); 3]).unwrap()
}

#[test]
fn each_level_approves_in_turn_and_each_with_other_eyes() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    for (approvals, reviewer) in ["first", "second", "third"].into_iter().enumerate() {
        assert_eq!(history.publish_after(&three()), Err(missing(approvals, 3)));
        assert_eq!(history.approve(reviewer, &three()), Ok(()));
        if approvals < 2 {
            assert_eq!(history.approve(reviewer, &three()), Err(DocumentRefusal::OwnApproval));
            assert_eq!(history.approve(EDITOR, &three()), Err(DocumentRefusal::OwnEdit));
        }
    }
    assert_eq!(history.approve("fourth", &three()), Err(DocumentRefusal::AlreadyApproved));
    let approvals: Vec<&str> =
        history.state.draft.as_ref().unwrap().stage.approvals().iter().map(ActorId::as_str).collect();
    assert_eq!(approvals, ["first", "second", "third"]);
    assert_eq!(history.publish_after(&three()), Ok(()));
}

#[test]
fn any_level_sends_the_draft_back_to_the_first() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    history.approve("first", &three()).unwrap();
    let (revision, remark) = (history.revision(), Line::new("请核对数据").unwrap());
    history.take("second", |s, c| return_to_editor(s, revision, remark, c)).unwrap();
    history.take(EDITOR, submit).unwrap();
    assert_eq!(history.publish_after(&three()), Err(missing(0, 3)));
    assert_eq!(history.approve("second", &three()), Ok(()), "in another round he may be the first");
}

#[test]
fn a_column_that_asks_for_more_is_given_more_and_one_that_asks_for_less_has_enough() {
    let mut history = History::approved();
    assert_eq!(history.publish_after(&three()), Err(missing(1, 3)));
    history.approve("second", &three()).unwrap();
    assert_eq!(history.approve("third", &one()), Err(DocumentRefusal::AlreadyApproved));
    assert_eq!(history.publish_after(&one()), Ok(()));
}
