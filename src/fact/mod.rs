//! A figure as a value: from what an author wrote to a number with its unit, and back to words for readers.
//!
//! 1. [`Units`] are the built-in ones and those that a site declares.
//! 2. [`read_value`], [`read_change`], [`read_rank`] and [`read_period`] understand one written text each.
//! 3. [`agree`] says whether two statements can both be true, [`larger`] whether a part outgrows its whole.
//! 4. `show` on each of them writes it for a reader, in the language's own scale and never more precise than written.
//! 5. [`chart`] says what of several figures may be drawn beside each other, and how; [`courses`] what over time; [`sum`] adds them up.
//! 6. [`figures`] finds the figures in running text, [`Said`] tells whether one is what is stated.
//! 7. [`read_formula`] understands what one indicator is of others, and [`Formula::refutes`] what does not fit.
//!
//! Numbers are exact decimals throughout. Nothing here knows of pages, front matter or a site.

mod agree;
mod amount;
mod change;
mod chart;
mod course;
mod find;
mod formula;
mod kind;
mod number;
mod period;
mod qualifier;
mod quantity;
mod quote;
mod rank;
mod scan;
mod show;
mod sum;
mod trouble;
mod unit;
mod value;

pub use agree::{Agreement, agree, larger};
pub use change::{Change, Direction, read_change};
pub use chart::{Chart, Form, Mark, NoChart, Point, THINGS, chart};
pub use course::{Course, Place, courses};
pub use find::figures;
pub use formula::{Formula, Operator, read_formula};
pub use kind::Kind;
pub use number::Scale;
pub use period::{Date, MONTHS, Period, check_period, read_period};
pub use qualifier::Qualifier;
pub use quantity::{Interval, Quantity};
pub use quote::{Measure, Said};
pub use rank::{Rank, read_rank};
pub use sum::sum;
pub use trouble::Trouble;
pub use unit::{DeclaredUnit, Unit, UnitTrouble, Units};
pub use value::{Missing, Reading, Support, SupportLevel, Value, doubt, read_value};

/// Whether texts for this language are written in Chinese; every other language gets English.
fn is_chinese(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("zh"))
}
