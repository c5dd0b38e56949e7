//! Acts on an application that say one thing in words: those are sealed with its key.

use access::Action;
use axum::response::Response;
use casework::{Sealing, target};
use command::{Order, carry_out};
use domain::{
    Sealed,
    case::{CaseFile, Occurrence},
    deadline::Moment,
    request::{Received, Request},
    text::Prose,
};
use serde_json::Value;

use crate::{DisclosureState, refusal::Refusal, shapes::day};

/// Such an act, as it was asked for.
///
/// INVARIANT: it has no `Debug`: nobody logs what citizens say.
pub(crate) struct Written<'a> {
    pub(crate) order: Order,
    /// The body as it was sent.
    pub(crate) body: &'a Value,
    /// What stands at `/text`, 1–2,000 characters.
    pub(crate) text: &'a str,
    /// What its sender has to be allowed.
    pub(crate) action: Action,
}

impl Written<'_> {
    /// Carries it out and answers it: `decide` is given the text, sealed under the name that `name` gives it in the case as it stands.
    pub(crate) async fn carry_out(
        self,
        state: &DisclosureState,
        name: impl Fn(&CaseFile<Request>) -> String + Send + Sync,
        decide: impl FnMut(&CaseFile<Request>, Sealed, Moment<'_>) -> Result<Vec<Occurrence<Request>>, Refusal> + Send,
    ) -> Result<Response, Refusal> {
        let Self { order, body, text, action } = self;
        let sealing = Sealing::of(state, order, body).await?;
        carry_out(state, &sealing.order, async {
            let text: Prose<2000> = target::prose("/text", text)?;
            sealing.act::<_, Request>(state, action, text.as_str(), name, decide).await
        })
        .await
    }

    /// The same, where it came in another way than at the front door: on the day that stands at `/received_on`.
    pub(crate) async fn record(
        self,
        state: &DisclosureState,
        received_on: &str,
        name: &'static str,
        mut decide: impl FnMut(
            &CaseFile<Request>,
            Sealed,
            Received,
            Moment<'_>,
        ) -> Result<Vec<Occurrence<Request>>, Refusal>
        + Send,
    ) -> Result<Response, Refusal> {
        let Self { order, body, text, action } = self;
        let sealing = Sealing::of(state, order, body).await?;
        carry_out(state, &sealing.order, async {
            // What cannot be read is told before anybody is asked who may, whichever field it is.
            let received = Received::On(day("/received_on", received_on)?);
            let text: Prose<2000> = target::prose("/text", text)?;
            let name = |_: &CaseFile<Request>| name.to_owned();
            let text = text.as_str();
            sealing
                .act::<_, Request>(state, action, text, name, |case, sealed, now| decide(case, sealed, received, now))
                .await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    /// Which of two this is can be told only of a type without `Debug`: with it, this does not compile.
    trait Untold<Why> {
        fn is_untold() -> bool {
            true
        }
    }

    impl<T> Untold<()> for T {}
    impl<T: Debug> Untold<u8> for T {}

    #[test]
    fn what_was_written_cannot_be_printed() {
        assert!(<Written<'_> as Untold<_>>::is_untold());
    }
}
