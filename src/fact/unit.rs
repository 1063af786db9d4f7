//! The units a figure can be in: the built-in ones and those a site declares.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::scan::Scan;
use crate::diagnostic::nearest;

/// A unit. Cloning shares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit(Arc<Definition>);

#[derive(Debug, PartialEq, Eq)]
struct Definition {
    id: String,
    dimension: String,
    factor: Decimal,
    currency: bool,
    symbols: BTreeMap<String, String>,
    spellings: Vec<String>,
}

impl Unit {
    /// The name by which front matter asks for it.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The id of the unit it is measured in; two units with the same one can be compared.
    pub fn dimension(&self) -> &str {
        &self.0.dimension
    }

    /// How many of the unit of its dimension it is.
    pub fn factor(&self) -> Decimal {
        self.0.factor
    }

    /// Whether it is money.
    pub fn is_currency(&self) -> bool {
        self.0.currency
    }

    /// The sign readers of this language see; empty for a count.
    pub fn symbol(&self, language: &str) -> &str {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let symbols = &self.0.symbols;
        let found = symbols.get(language).or_else(|| symbols.get(primary)).or_else(|| symbols.get("en"));
        found.or_else(|| symbols.values().next()).unwrap_or(&self.0.id)
    }

    /// Whether whole numbers in it are exact.
    pub(super) fn is_count(&self) -> bool {
        self.dimension() == Units::COUNT
    }
}

/// A unit as a site declares it, `[units.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredUnit {
    /// Its name in front matter.
    pub id: String,
    /// The sign shown, by language.
    pub symbols: BTreeMap<String, String>,
    /// The unit it is a multiple of; none if it stands for itself. `count` makes whole numbers exact.
    pub of: Option<String>,
    /// How many of [`DeclaredUnit::of`] it is; none is one.
    pub factor: Option<Decimal>,
    /// Whether it is money, whose sign stands before the number.
    pub currency: bool,
    /// Other ways to write it.
    pub spellings: Vec<String>,
}

/// Why a declared unit was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTrouble {
    /// The id of the unit.
    pub unit: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Every unit of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units(Vec<Unit>);

/// id, whether it is money, the Chinese and the English sign, other spellings
type BuiltIn = (&'static str, bool, &'static str, &'static str, &'static [&'static str]);

/// `¥` is read as CNY, since no other currency with that sign is built in.
const BUILT_IN: [BuiltIn; 6] = [
    (Units::PERCENT, false, "%", "%", &["percent", "per cent"]),
    (Units::POINT, false, "个百分点", "percentage points", &["百分点", "percentage point", "pp"]),
    (Units::COUNT, false, "", "", &["个", "项", "家", "场", "次", "件", "名", "位", "所", "座", "条", "人"]),
    ("CNY", true, "元", "CN¥", &["人民币", "元人民币", "RMB", "yuan", "¥"]),
    ("USD", true, "美元", "US$", &["$", "US dollars", "dollars"]),
    ("EUR", true, "欧元", "€", &["euros", "euro"]),
];

impl Default for Units {
    /// The built-in ones alone.
    fn default() -> Self {
        Self(BUILT_IN.iter().map(built_in).collect())
    }
}

impl Units {
    /// The id of the percent.
    pub const PERCENT: &'static str = "percent";
    /// The id of the percentage point, which stands in changes only.
    pub const POINT: &'static str = "percentage-point";
    /// The id of the count, the only unit a value may leave out.
    pub const COUNT: &'static str = "count";

    /// The built-in units with the declared ones, and why some of these were not taken.
    pub fn with(declared: impl IntoIterator<Item = DeclaredUnit>) -> (Self, Vec<UnitTrouble>) {
        let mut units = Self::default();
        let mut troubles = vec![];
        let (of_another, own): (Vec<_>, Vec<_>) = declared.into_iter().partition(|unit| unit.of.is_some());
        for unit in own.into_iter().chain(of_another) {
            let id = unit.id.clone();
            match units.declare(unit) {
                Ok(unit) => units.0.push(unit),
                Err((message, hint)) => troubles.push(UnitTrouble { unit: id, message, hint }),
            }
        }
        (units, troubles)
    }

    /// The unit with this id.
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.0.iter().find(|unit| unit.id() == id)
    }

    /// Every id, the built-in ones first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Unit::id)
    }

    /// The declared unit, or why it cannot be and the mend.
    fn declare(&self, declared: DeclaredUnit) -> Result<Unit, (String, Option<String>)> {
        let DeclaredUnit { id, symbols, of, factor, currency, spellings } = declared;
        if id.trim().is_empty() || self.get(&id).is_some() {
            return Err((format!("there is already a unit `{id}`"), None));
        }
        let factor = factor.unwrap_or(Decimal::ONE);
        if factor <= Decimal::ZERO {
            return Err((format!("the factor of `{id}` is not above zero"), None));
        }
        let dimension = match &of {
            None => id.clone(),
            Some(of) => match self.get(of) {
                Some(base) if base.dimension() == base.id() => of.clone(),
                Some(base) => {
                    let hint = format!("say how many `{}` it is", base.dimension());
                    return Err((format!("`{of}` is itself a multiple of another unit"), Some(hint)));
                }
                None => {
                    let hint = nearest(of, self.ids()).map(|name| format!("did you mean `{name}`?"));
                    return Err((format!("there is no unit `{of}`"), hint));
                }
            },
        };
        for spelling in symbols.values().chain(&spellings).chain([&id]) {
            let starts_badly =
                spelling.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || "+-.,".contains(c));
            if starts_badly {
                return Err((format!("a unit cannot be written `{spelling}`"), None));
            }
            // A measure word of the plain count may be declared: 家 as a unit of its own.
            let taken = self.0.iter().find(|unit| unit.id() != Self::COUNT && unit.is_written(spelling));
            if let Some(other) = taken.filter(|_| !spelling.is_empty()) {
                return Err((format!("`{spelling}` already means the unit `{}`", other.id()), None));
            }
        }
        Ok(Unit(Arc::new(Definition { id, dimension, factor, currency, symbols, spellings })))
    }

    /// The unit with the longest spelling that stands here, with its length in characters; goes past nothing.
    pub(super) fn find(&self, scan: &Scan) -> Option<(usize, &Unit)> {
        let all = self.0.iter().flat_map(|unit| unit.spellings().map(move |spelling| (unit, spelling)));
        let here = all.filter_map(|(unit, spelling)| {
            let length = scan.length_of(spelling)?;
            // mW and MW differ in case alone, so the written case decides; of equals the declared one wins.
            Some(((length, scan.is_exactly(spelling)), unit))
        });
        here.max_by_key(|(fit, _)| *fit).map(|((length, _), unit)| (length, unit))
    }

    /// The way to write a unit that is nearest to this word.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        nearest(word, self.0.iter().flat_map(Unit::spellings))
    }
}

impl Unit {
    fn spellings(&self) -> impl Iterator<Item = &str> {
        let Definition { id, symbols, spellings, .. } = &*self.0;
        let all = symbols.values().chain(spellings).chain([id]);
        all.map(String::as_str).filter(|spelling| !spelling.is_empty())
    }

    fn is_written(&self, spelling: &str) -> bool {
        self.spellings().any(|known| known == spelling)
    }
}

fn built_in((id, currency, zh, en, spellings): &BuiltIn) -> Unit {
    let symbols = [("zh", zh), ("en", en)].map(|(language, symbol)| (language.to_owned(), (*symbol).to_owned()));
    let spellings = spellings.iter().map(|spelling| (*spelling).to_owned()).collect();
    let (id, dimension) = ((*id).to_owned(), (*id).to_owned());
    let symbols = BTreeMap::from(symbols);
    Unit(Arc::new(Definition { id, dimension, factor: Decimal::ONE, currency: *currency, symbols, spellings }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(id: &str, of: Option<&str>, symbol: &str) -> DeclaredUnit {
        let symbols = [("en".to_owned(), symbol.to_owned())].into();
        DeclaredUnit { id: id.to_owned(), of: of.map(str::to_owned), symbols, ..DeclaredUnit::default() }
    }

    #[test]
    fn the_longest_spelling_in_its_own_case_wins() {
        let (units, troubles) = Units::with([declared("megawatt", None, "MW"), declared("milliwatt", None, "mW")]);
        assert_eq!(troubles, []);
        for (text, id) in [("个百分点", "percentage-point"), ("个", "count"), ("mW", "milliwatt"), ("MW", "megawatt")]
        {
            assert_eq!(units.find(&Scan::new(text)).unwrap().1.id(), id, "{text}");
        }
        assert!(units.find(&Scan::new("吨")).is_none());
    }

    #[test]
    fn declared_units_are_checked() {
        let zero = DeclaredUnit { factor: Some(Decimal::ZERO), ..declared("z", None, "z") };
        let bad = [
            declared("CNY", None, "x"),
            zero,
            declared("a", Some("nothing"), "a"),
            declared("b", None, "元"),
            declared("c", None, "9c"),
        ];
        assert_eq!(Units::with(bad).1.len(), 5);
        let (units, troubles) = Units::with([declared("firm", Some("count"), "家"), declared("t", None, "t")]);
        assert_eq!(troubles, []);
        assert!(units.get("firm").unwrap().is_count());
        assert_eq!(units.find(&Scan::new("家")).unwrap().1.id(), "firm");
    }
}
