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
        let highest = self.high.unwrap_or(self.low);
        let (low, high) = self.ends()?;
        let wide = |number: Decimal, base: Decimal| Some(self.slack(number)?.max(shift(base.abs().normalize(), -1)?));
        Some(match self.qualifier {
            Qualifier::Exact => (
                Bound::Included(low.checked_sub(self.slack(self.low)?)?),
                Bound::Included(high.checked_add(self.slack(highest)?)?),
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
        self.in_base(Decimal::try_new(5, number.scale() + 1).ok()?)
    }
}
