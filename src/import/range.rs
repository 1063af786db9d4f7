//! Line ranges as a recipe writes them: `79-81, 103, 105+85, 87-101`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Lines in the order in which they are to be read.
///
/// The text is a list of `7`, `7-23` (from one to another) and `41+43` (43 goes on in the paragraph of 41), parted by
/// commas; numbers are the source's own, from 1. A stretch may be joined to the one before: `1-3+7`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    stretches: Vec<Stretch>,
}

/// Some lines without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: usize,
    last: usize,
    /// Whether the first line goes on in the paragraph of the line before it in the list.
    joined: bool,
}

impl Lines {
    /// Reads a list of lines.
    ///
    /// # Errors
    /// A clause that says what cannot be read: a number that is none or 0, a range that runs backwards.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut stretches = vec![];
        for item in text.split([',', '，', '、']) {
            for (index, part) in item.split('+').enumerate() {
                stretches.push(stretch(part.trim(), index > 0)?);
            }
        }
        Ok(Self { stretches })
    }

    /// The list of these lines, neighbours drawn together.
    pub fn of(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut stretches: Vec<Stretch> = vec![];
        for number in numbers {
            match stretches.last_mut() {
                Some(stretch) if stretch.last + 1 == number => stretch.last = number,
                _ => stretches.push(Stretch { first: number, last: number, joined: false }),
            }
        }
        Self { stretches }
    }

    /// The lines up to `limit`, in order; a line past it is left out.
    pub fn numbers(&self, limit: usize) -> impl Iterator<Item = usize> + '_ {
        self.stretches.iter().flat_map(move |stretch| stretch.first..=stretch.last.min(limit))
    }

    /// The greatest line that is named; 0 if there is none.
    pub fn greatest(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.last).max().unwrap_or(0)
    }

    /// The pairs that were written with `+`: a line, and the one that goes on in its paragraph.
    pub fn joins(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.stretches.windows(2).filter(|pair| pair[1].joined).map(|pair| (pair[0].last, pair[1].first))
    }
}

fn stretch(text: &str, joined: bool) -> Result<Stretch, String> {
    let number = |part: &str| match part.trim().parse::<usize>() {
        Ok(0) => Err("lines are counted from 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err(format!("`{}` is not a line: write `7`, `7-23` or `41+43`", part.trim().escape_debug())),
    };
    let (first, last) = match text.split_once(['-', '–', '—']) {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(text)?, number(text)?),
    };
    if last < first {
        return Err(format!("`{first}-{last}` runs backwards: list the lines in the order in which they are read"));
    }
    Ok(Stretch { first, last, joined })
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, stretch) in self.stretches.iter().enumerate() {
            let before = if index == 0 { "" } else { [", ", "+"][usize::from(stretch.joined)] };
            if stretch.first == stretch.last {
                write!(f, "{before}{}", stretch.first)?;
            } else {
                write!(f, "{before}{}-{}", stretch.first, stretch.last)?;
            }
        }
        Ok(())
    }
}

impl Serialize for Lines {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u64),
            Text(String),
        }
        let text = match Written::deserialize(from)? {
            Written::Number(number) => number.to_string(),
            Written::Text(text) => text,
        };
        Lines::read(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_shown() {
        let lines = Lines::read("79-81，103, 105+85, 87-88").unwrap();
        assert_eq!(lines.numbers(100).collect::<Vec<_>>(), [79, 80, 81, 85, 87, 88]);
        assert_eq!(lines.joins().collect::<Vec<_>>(), [(105, 85)]);
        assert_eq!(lines.to_string(), "79-81, 103, 105+85, 87-88");
        assert_eq!(lines.greatest(), 105);
        assert_eq!(Lines::of([1, 2, 3, 5]).to_string(), "1-3, 5");
        for bad in ["", "0", "3-1", "a", "1,", "1-2-3", "99999999999999999999999"] {
            assert!(Lines::read(bad).is_err(), "{bad}");
        }
    }
}
