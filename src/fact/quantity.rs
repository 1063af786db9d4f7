//! A number with its scale, unit and qualifier, and what it says exactly.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::number::{multiply, shift};
use super::{Qualifier, Scale, Unit};

/// The lowest and the highest value that a statement allows, in the unit of its dimension.
pub type Interval = (Bound<Decimal>, Bound<Decimal>);

/// A number, or two for a range, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How it is meant; of a range only exact or about.
    pub qualifier: Qualifier,
    /// The number before its scale, with the digits after the point that were written.
    pub low: Decimal,
    /// The upper number of a range, in the same scale.
    pub high: Option<Decimal>,
    /// The word for the power of ten.
    pub scale: Scale,
    /// The unit.
    pub unit: Unit,
}

impl Quantity {
    /// The lower and the upper number in the unit of its dimension, twice the same if there is one; none if too large
    /// to be kept exactly.
    pub fn ends(&self) -> Option<(Decimal, Decimal)> {
        Some((self.in_base(self.low)?, self.in_base(self.high.unwrap_or(self.low))?))
    }

    /// What the statement allows: a whole count is exact, any other number is known to half its last written digit,
    /// "about" reaches a tenth to both sides, "more than" is open to the top. None if too large to be kept exactly.
    pub fn interval(&self) -> Option<Interval> {
        self.interval_by(Self::slack)
    }

    /// As [`Quantity::interval`], with a whole count known to half its last digit, too: it was rounded.
    pub(super) fn rounded(&self) -> Option<Interval> {
        self.interval_by(Self::half)
    }

    /// Whether it says more than another statement about the same: it leaves less room.
    pub fn says_more(&self, other: &Self) -> bool {
        match (self.spread(), other.spread()) {
            (Some(own), Some(other)) => own < other,
            (own, None) => own.is_some(),
            (None, Some(_)) => false,
        }
    }

    /// How far the lowest and the highest value are apart that the statement allows; none where one end is open.
    fn spread(&self) -> Option<Decimal> {
        match self.interval()? {
            (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => {
                high.checked_sub(low)
            }
            _ => None,
        }
    }

    fn interval_by(&self, slack: fn(&Self, Decimal) -> Option<Decimal>) -> Option<Interval> {
        let highest = self.high.unwrap_or(self.low);
        let (low, high) = self.ends()?;
        let wide = |number: Decimal, base: Decimal| Some(slack(self, number)?.max(shift(base.abs().normalize(), -1)?));
        Some(match self.qualifier {
            Qualifier::Exact => (
                Bound::Included(low.checked_sub(slack(self, self.low)?)?),
                Bound::Included(high.checked_add(slack(self, highest)?)?),
            ),
            Qualifier::About => (
                Bound::Included(low.checked_sub(wide(self.low, low)?)?),
                Bound::Included(high.checked_add(wide(highest, high)?)?),
            ),
            Qualifier::Nearly => (Bound::Included(low.checked_sub(wide(self.low, low)?)?), Bound::Included(high)),
            Qualifier::MoreThan => (Bound::Excluded(low), Bound::Unbounded),
            Qualifier::AtLeast => (Bound::Included(low), Bound::Unbounded),
            Qualifier::LessThan => (Bound::Unbounded, Bound::Excluded(high)),
            Qualifier::AtMost => (Bound::Unbounded, Bound::Included(high)),
        })
    }

    fn in_base(&self, number: Decimal) -> Option<Decimal> {
        multiply(shift(number, i64::from(self.scale.power))?, self.unit.factor())
    }

    /// Half of the last written digit, in the unit of the dimension.
    pub(super) fn slack(&self, number: Decimal) -> Option<Decimal> {
        if self.unit.is_count() && self.scale.power == 0 && number.is_integer() {
            return Some(Decimal::ZERO);
        }
        self.half(number)
    }

    fn half(&self, number: Decimal) -> Option<Decimal> {
        self.in_base(Decimal::try_new(5, number.scale() + 1).ok()?)
    }
}
