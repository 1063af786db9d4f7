//! What kind of thing an indicator counts, which decides how its values are read.

use std::str::FromStr;

use super::Trouble;
use crate::diagnostic::{Code, did_you_mean};

/// The kind of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something that happens over a period: money spent, events held.
    Flow,
    /// Something that is there at a date: laboratories, incubators.
    Stock,
    /// A share or an intensity.
    Ratio,
    /// A name that looks like a number (`20+8`) and is never one.
    Label,
    /// Yes, partial with a reason, planned, no.
    Support,
    /// A version number.
    Version,
    /// A date.
    Date,
    /// An amount of money asked for something.
    Price,
}

impl Kind {
    /// Every kind there is, in the order of the manual.
    pub const ALL: [Kind; 8] =
        [Kind::Flow, Kind::Stock, Kind::Ratio, Kind::Label, Kind::Support, Kind::Version, Kind::Date, Kind::Price];

    /// The word that stands in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Flow => "flow",
            Kind::Stock => "stock",
            Kind::Ratio => "ratio",
            Kind::Label => "label",
            Kind::Support => "support",
            Kind::Version => "version",
            Kind::Date => "date",
            Kind::Price => "price",
        }
    }

    /// Whether values of this kind measure something: numbers in one unit, that can be drawn and reckoned with.
    pub fn is_measure(self) -> bool {
        matches!(self, Kind::Flow | Kind::Stock | Kind::Ratio)
    }

    /// Whether values of this kind are numbers with a unit.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Flow | Kind::Stock | Kind::Ratio | Kind::Price)
    }
}

impl FromStr for Kind {
    type Err = Trouble;

    /// Fails with [`Code::BadValue`] and the nearest name, or all of them.
    fn from_str(text: &str) -> Result<Self, Trouble> {
        let names = || Kind::ALL.into_iter().map(Kind::as_str);
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let all = || format!("one of {}", names().collect::<Vec<_>>().join(", "));
            Trouble::new(Code::BadValue, 0..text.len(), format!("`{text}` is not a kind of indicator"))
                .hint(did_you_mean(text, names()).unwrap_or_else(all))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_names() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("flwo".parse::<Kind>().unwrap_err().hint.unwrap(), "did you mean `flow`?");
        assert!("x".parse::<Kind>().unwrap_err().hint.unwrap().contains("one of flow, stock"));
    }
}
