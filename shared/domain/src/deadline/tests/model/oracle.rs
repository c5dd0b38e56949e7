//! What the days tell: it walks them, and asks the words of the rules each time.

/// Half days from the beginning, so that acts and adoptions also fall on the instants at which terms end.
pub(super) type Tick = i64;

/// A day of January 2027.
pub(super) type Day = i64;

/// The days off that everybody knows without a calendar.
const WEEKENDS: &[Day] = &[2, 3, 9, 10, 16, 17];

/// The half day in which the objection begins: noon of Saturday the 2nd.
pub(super) const BEGUN: Tick = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Meet,
    Stop,
    Resume,
    Extend,
    Restart,
}

pub(super) const ACTS: [Act; 5] = [Act::Meet, Act::Stop, Act::Resume, Act::Extend, Act::Restart];

/// How a deadline of the oracle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Stands {
    Runs { until: Tick },
    Stopped,
    Met(Tick),
    Fell(Tick),
}

/// The objection has one working day, the reply that follows its silence another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Oracle {
    off: &'static [Day],
    begun: Tick,
    pub(super) objection: Stands,
    pub(super) reply: Option<(Tick, Stands)>,
    extended: Day,
    stopped: Vec<(Tick, Option<Tick>)>,
}

impl Oracle {
    /// The end of the last day: so many days that count after the start.
    fn until(begun: Tick, days: Day, stopped: &[(Tick, Option<Tick>)], off: &[Day]) -> Option<Tick> {
        let start: Day = begun / 2 + 1;
        let mut left = days;
        for day in start + 1..40 {
            // A day ends with the half day before `2 * day`.
            let end = 2 * day;
            match stopped.iter().find(|(from, until)| *from < end && until.is_none_or(|until| end <= until)) {
                Some((_, None)) => return None,
                Some(_) => {}
                None if off.contains(&day) => {}
                None => left -= 1,
            }
            if left == 0 {
                return Some(end);
            }
        }
        None
    }

    pub(super) fn new() -> Self {
        let (objection, stopped) = (Stands::Stopped, Vec::new());
        let mut oracle = Self { off: WEEKENDS, begun: BEGUN, objection, reply: None, extended: 0, stopped };
        oracle.count(0);
        oracle
    }

    fn count(&mut self, not_before: Tick) {
        let off = self.off;
        if matches!(self.objection, Stands::Runs { .. } | Stands::Stopped) {
            let until = Self::until(self.begun, 1 + self.extended, &self.stopped, off);
            self.objection = until.map_or(Stands::Stopped, |until| Stands::Runs { until: until.max(not_before) });
        }
        if let Some((begun, stands @ Stands::Runs { .. })) = &mut self.reply
            && let Some(until) = Self::until(*begun, 1, &[], off)
        {
            *stands = Stands::Runs { until: until.max(not_before) };
        }
    }

    /// A half day begins: what is due is due.
    pub(super) fn tick(&mut self, now: Tick) {
        if let Stands::Runs { until } = self.objection
            && until <= now
        {
            self.objection = Stands::Fell(until);
            self.reply = Self::until(until, 1, &[], self.off).map(|end| (until, Stands::Runs { until: end }));
        }
        if let Some((_, stands)) = &mut self.reply
            && let Stands::Runs { until } = *stands
            && until <= now
        {
            *stands = Stands::Fell(until);
        }
    }

    /// Whether somebody may do that now; if so it is done.
    pub(super) fn act(&mut self, act: Act, now: Tick) -> bool {
        match (act, self.objection) {
            (_, Stands::Met(_) | Stands::Fell(_))
            | (Act::Stop, Stands::Stopped)
            | (Act::Resume, Stands::Runs { .. }) => {
                return false;
            }
            (Act::Meet, _) => self.objection = Stands::Met(now),
            (Act::Stop, Stands::Runs { .. }) => self.stopped.push((now, None)),
            (Act::Resume, Stands::Stopped) => {
                if let Some(last) = self.stopped.last_mut() {
                    last.1 = Some(now);
                }
            }
            (Act::Extend, _) if self.extended > 0 => return false,
            (Act::Extend, _) => self.extended += 1,
            (Act::Restart, _) => {
                (self.begun, self.extended) = (now, 0);
                self.stopped.clear();
            }
        }
        self.count(0);
        true
    }

    pub(super) fn adopt(&mut self, off: &'static [Day], now: Tick) {
        self.off = off;
        self.count(now);
        self.tick(now);
    }
}
