//! The fee for handling information (信息处理费), counted by pieces.

use serde::{Deserialize, Serialize};

/// An amount of money in fen: 100 are a yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub u32);

/// What an application costs, by how many the applicant filed in a calendar month (国办函〔2020〕109号, by pieces).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeSchedule {
    /// So many in a month are free.
    pub free: u32,
    /// Up to this one each costs `step`.
    pub first_tier: u32,
    /// Behind it, each so many pieces make a tier that costs `step` more.
    pub tier: u32,
    /// Price of a piece in the first tier, and what each further tier adds.
    pub step: Fen,
}

impl FeeSchedule {
    /// What the `item`-th application of a month costs; nothing where it is free.
    #[must_use]
    pub fn of(self, item: u32) -> Fen {
        let Self { free, first_tier, tier, step: Fen(step) } = self;
        if item <= free {
            return Fen(0);
        }
        let behind = item.saturating_sub(first_tier);
        let tiers = 1 + behind.div_ceil(tier.max(1));
        Fen(step.saturating_mul(tiers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_month_are_free_and_every_ten_beyond_thirty_cost_more() {
        let schedule = FeeSchedule { free: 10, first_tier: 30, tier: 10, step: Fen(10_000) };
        let yuan = |item| schedule.of(item).0 / 100;
        let prices = [1, 10, 11, 30, 31, 40, 41, 50, 51].map(yuan);
        assert_eq!(prices, [0, 0, 100, 100, 200, 200, 300, 300, 400]);
        assert_eq!(schedule.of(u32::MAX), Fen(u32::MAX), "no sum runs over");
    }
}
