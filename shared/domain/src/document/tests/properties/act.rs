//! What people try, and the ways in which it must not be answered.

/// Who there is. Who may give which command is asked elsewhere: here everybody may.
pub(super) const PEOPLE: [&str; 8] = ["an", "bo", "chen", "ding", "en", "fang", "gao", "hu"];
/// Where the document may stand.
pub(super) const COLUMNS: [&str; 3] = ["www.tzgg", "www.zcwj", "jyj.xw"];
/// How many texts there are.
pub(super) const TEXTS: usize = 5;

/// What somebody tries. A text that he read is told where it is not the one that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Draft(usize),
    Revise(usize),
    /// Brings back one of the texts in the history.
    Restore(usize),
    Submit,
    Return(Option<usize>),
    Approve(Option<usize>),
    Publish,
    Correct,
    PublishUrgently,
    ReviewAfter(Option<usize>),
    Move(usize),
    /// For so many minutes later.
    Schedule(Option<usize>, u64),
    Unschedule,
    /// The clock carries out what it read: the last schedule but so many, early, late or once more.
    PublishOnTime(usize),
    Fail(usize),
    SetExpiry(u64),
    ClearExpiry,
    Expire(usize),
    Discard(Option<usize>),
    Withdraw,
    Migrate(usize),
    /// A column asks for so many levels from now on.
    ChangeReview(usize, usize),
}

/// Somebody tries something, so many minutes after what was tried before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) who: usize,
    pub(super) minutes: u64,
    pub(super) act: Act,
}

/// A way in which this could have been built, and must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shortcut {
    /// As it is built.
    None,
    /// An edit leaves the draft where it stands in review.
    ApprovalsSurviveAnEdit,
    /// A move does.
    ApprovalsSurviveAMove,
    /// Nobody asks who edited the draft or approved it before.
    AnybodyApproves,
    /// An approval is of what stands, whatever its reviewer had read.
    ApprovedUnread,
    /// A text needs the levels that its column had when it was submitted.
    LevelsAsWhenSubmitted,
    /// What is saved beside a public text is shown at once.
    SavedIsShown,
    /// What could not wait for its review owes none.
    UrgencyOwesNothing,
    /// Whoever wrote a draft that was thrown away has written nothing.
    ThrowingAwayForgets,
    /// Whoever wrote what was withdrawn before its review has written nothing.
    WithdrawingForgets,
}
