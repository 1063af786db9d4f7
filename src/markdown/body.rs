//! HTML with holes: what a body becomes before the site is known.

/// The HTML of a body, whole but for what only the site can say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Body {
    /// The HTML without what belongs into the holes.
    pub html: String,
    /// The holes, in the order of the HTML.
    pub holes: Vec<Hole>,
}

/// A place in the HTML that the site fills.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hole {
    /// The offset in [`Body::html`] where the filling goes.
    pub at: u32,
    /// What goes there.
    pub fill: Fill,
}

/// What belongs into a hole. The numbers are indices into [`super::Markdown::links`] where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fill {
    /// Behind `<a`: the attribute ` href="…"` with the space in front, or nothing if the target is not there.
    Href(u32),
    /// Behind `<data`: the attribute ` value="…"` with the exact figure that the link is about, empty if there is none.
    Exact(u32),
    /// Behind `<img`: the attributes ` src="…"`, and ` width="…" height="…"` if they are known, a space before each.
    Src(u32),
    /// The target's title, escaped: the author wrote `[[Title]]` without a text.
    WikiText(u32),
    /// A word of the interface in the page's language: the title of a callout without one of its own. One of
    /// `note`, `tip`, `important`, `warning`, `caution`, `danger`, `details`, `tab`.
    Word(&'static str),
    /// A word of the interface by its whole key: `code-show-hidden`, `diagram-source`.
    Interface(&'static str),
    /// A block of code from another file; the number is an index into [`super::Markdown::included_code`].
    Code(u32),
    /// A component of the site begins, an index into [`super::Markdown::components`]; what lies up to its end is its body.
    Component(u32),
    /// The same component ends. Components lie inside one another or apart.
    ComponentEnd(u32),
    /// The body of another page.
    Include(u32),
}

impl Body {
    /// The HTML with its holes filled; `fill` appends what belongs into each.
    pub fn fill(&self, fill: impl FnMut(&Hole, &mut String)) -> String {
        self.fill_from(0, self.html.len(), fill)
    }

    /// The same from `start` to `end`, offsets in [`Body::html`] such as [`super::Markdown::summary`].
    pub fn fill_from(&self, start: usize, end: usize, mut fill: impl FnMut(&Hole, &mut String)) -> String {
        let end = end.min(self.html.len());
        let mut out = String::with_capacity(end.saturating_sub(start) + self.holes.len() * 64);
        let mut from = start.min(end);
        let inside = |hole: &&Hole| (hole.at as usize) >= start && (hole.at as usize) < end;
        for hole in self.holes.iter().filter(inside) {
            out.push_str(self.html.get(from..hole.at as usize).unwrap_or_default());
            fill(hole, &mut out);
            from = hole.at as usize;
        }
        out.push_str(self.html.get(from..end).unwrap_or_default());
        out
    }

    /// Notes a hole at the end of what is written so far.
    pub(super) fn hole(&mut self, fill: Fill) {
        let at = offset(self.html.len());
        self.holes.push(Hole { at, fill });
    }

    /// Puts `text` at `at`, which lies in what was written last, and moves the holes behind it.
    pub(super) fn insert(&mut self, at: usize, text: &str) {
        self.html.insert_str(at, text);
        let by = offset(text.len());
        for hole in self.holes.iter_mut().rev().take_while(|hole| hole.at as usize >= at) {
            hole.at = hole.at.saturating_add(by);
        }
    }

    /// Puts `text` at each of some places in order, and moves the holes behind them.
    pub(super) fn insert_all(&mut self, places: &[usize], text: &str) {
        let Some(first) = places.first().copied().filter(|first| *first <= self.html.len()) else { return };
        let behind = self.html.split_off(first);
        let mut from = 0;
        for place in places {
            self.html.push_str(behind.get(from..place - first).unwrap_or_default());
            self.html.push_str(text);
            from = place - first;
        }
        self.html.push_str(behind.get(from..).unwrap_or_default());
        let mut moved = places.len();
        for hole in self.holes.iter_mut().rev() {
            while moved > 0 && places[moved - 1] > hole.at as usize {
                moved -= 1;
            }
            if moved == 0 {
                break;
            }
            hole.at = hole.at.saturating_add(offset(text.len() * moved));
        }
    }

    /// Appends another piece, its holes moved along.
    pub(super) fn append(&mut self, piece: Body) {
        let by = offset(self.html.len());
        self.html.push_str(&piece.html);
        self.holes.extend(piece.holes.into_iter().map(|hole| Hole { at: hole.at.saturating_add(by), ..hole }));
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
