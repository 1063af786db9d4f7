//! How a block of code looks: its title, its numbers, the lines that are marked, and its HTML.

use super::body::{Body, Fill};
use super::code::CodeBlock;
use super::escape;
use crate::diagnostic::did_you_mean;
use crate::highlight::{self, Token};

/// A block of code whose text is in another file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IncludedCode {
    /// The file, as the author wrote it, and behind a `#` its region or lines.
    pub target: String,
    /// The block without the text.
    pub block: CodeBlock,
}

/// An attribute that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) attribute: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Some lines, from 1.
#[derive(Debug, Default)]
struct Lines(Vec<(usize, usize)>);

impl Lines {
    /// Reads `1,3-5`; none if it is no such list.
    fn read(text: &str) -> Option<Self> {
        let mut list = vec![];
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (first, last): (usize, usize) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            if first == 0 || last < first {
                return None;
            }
            list.push((first, last));
        }
        (!list.is_empty()).then_some(Self(list))
    }

    fn has(&self, line: usize) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    fn last(&self) -> usize {
        self.0.iter().map(|(_, last)| *last).max().unwrap_or(0)
    }
}

/// What the attributes of a block ask for.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) title: Option<String>,
    pub(super) include: Option<String>,
    /// The number of the first line.
    numbers: Option<usize>,
    wrap: bool,
    marked: Lines,
    added: Lines,
    removed: Lines,
    focused: Lines,
    hidden: Lines,
}

/// Attributes with a value.
const NAMES: [&str; 9] = ["title", "include", "hl", "add", "del", "focus", "hide", "linenos", "start"];

/// A block as HTML.
pub(super) struct Written {
    pub(super) body: Body,
    /// There are numbers in it that the list behind it explains.
    pub(super) callouts: bool,
}

impl Look {
    /// Reads the attributes. Words without a value that nobody knows are left to other tools.
    pub(super) fn of(block: &CodeBlock, troubles: &mut Vec<Trouble>) -> Self {
        let mut look = Self::default();
        let lines = block.text.lines().count();
        for attribute in &block.attributes {
            let name = attribute.name.as_str();
            let Some(value) = attribute.value.as_deref() else {
                match name {
                    "linenos" | "numbers" | "lineNumbers" | "showLineNumbers" => look.numbers = Some(1),
                    "wrap" => look.wrap = true,
                    _ => {}
                }
                continue;
            };
            let mut trouble = |message: String, hint: Option<String>| {
                troubles.push(Trouble {
                    attribute: if name == "lines" { value.to_owned() } else { name.to_owned() },
                    message,
                    hint,
                });
            };
            match name {
                "title" | "filename" | "file" => look.title = Some(value.to_owned()),
                "include" => look.include = Some(value.to_owned()),
                "linenos" | "numbers" | "start" | "linenostart" => match value.parse() {
                    Ok(first) => look.numbers = Some(first),
                    Err(_) if value == "true" => look.numbers = Some(1),
                    Err(_) if value == "false" => look.numbers = None,
                    Err(_) => trouble(format!("`{value}` is no number of a line"), None),
                },
                "wrap" => look.wrap = value != "false",
                _ => match look.list(name) {
                    Some(list) => match Lines::read(value) {
                        Some(read) if read.last() > lines && lines > 0 && look_has_text(block) => {
                            trouble(
                                format!("the block ends with line {lines}, and line {} is asked for", read.last()),
                                None,
                            );
                            *list = read;
                        }
                        Some(read) => *list = read,
                        None => trouble(
                            format!("`{value}` is no list of lines"),
                            Some("write numbers from 1 and ranges: `1,3-5`".to_owned()),
                        ),
                    },
                    None => trouble(format!("a block of code has no attribute `{name}`"), did_you_mean(name, NAMES)),
                },
            }
        }
        look
    }

    fn list(&mut self, name: &str) -> Option<&mut Lines> {
        Some(match name {
            "hl" | "lines" | "highlight" | "hl_lines" => &mut self.marked,
            "add" | "ins" => &mut self.added,
            "del" | "rem" => &mut self.removed,
            "focus" => &mut self.focused,
            "hide" => &mut self.hidden,
            _ => return None,
        })
    }

    fn by_line(&self) -> bool {
        let lists = [&self.marked, &self.added, &self.removed, &self.focused, &self.hidden];
        self.numbers.is_some() || self.wrap || lists.into_iter().any(|list| !list.0.is_empty())
    }

    /// The block as HTML; `listed` when an ordered list follows it, which can explain numbers in comments.
    pub(super) fn html(&self, block: &CodeBlock, listed: bool) -> Written {
        let mut body = Body::default();
        let boxed = self.title.is_some() || !self.hidden.0.is_empty();
        let (open, close) = if self.title.is_some() {
            ("<figure class=\"code-block\">\n", "</figure>\n")
        } else {
            ("<div class=\"code-block\">\n", "</div>\n")
        };
        if boxed {
            body.html.push_str(open);
        }
        if let Some(title) = &self.title {
            body.html.push_str("<figcaption class=\"code-title\">");
            escape::text(&mut body.html, title);
            body.html.push_str("</figcaption>\n");
        }
        if !self.hidden.0.is_empty() {
            body.html.push_str("<label class=\"code-more\"><input type=\"checkbox\"> ");
            body.hole(Fill::Interface("code-show-hidden"));
            body.html.push_str("</label>\n");
        }
        self.open_pre(&mut body.html, block);
        let language = highlight::language(&block.language);
        let tokens = language.map(|language| highlight::remembered(&block.text, language)).unwrap_or_default();
        let start = body.html.len();
        if self.by_line() {
            self.lines(&mut body.html, &block.text, &tokens);
        } else {
            highlight::write(&mut body.html, &block.text, &tokens);
        }
        let callouts = listed && number_callouts(&mut body.html, start);
        body.html.push_str("</code></pre>\n");
        if boxed {
            body.html.push_str(close);
        }
        Written { body, callouts }
    }

    fn open_pre(&self, html: &mut String, block: &CodeBlock) {
        html.push_str("<pre class=\"code");
        for (wanted, class) in
            [(self.numbers.is_some(), " numbered"), (self.wrap, " wrap"), (!self.focused.0.is_empty(), " focusing")]
        {
            html.push_str(if wanted { class } else { "" });
        }
        html.push_str("\" tabindex=\"0\"");
        if let Some(first) = self.numbers.filter(|first| *first != 1) {
            html.push_str(&format!(" style=\"--from:{first}\""));
        }
        html.push_str("><code");
        if !block.language.is_empty() {
            html.push_str(" class=\"language-");
            escape::attribute(html, &block.language);
            html.push('"');
        }
        html.push('>');
    }

    fn lines(&self, html: &mut String, text: &str, tokens: &[Token]) {
        highlight::lines(html, text, tokens, |html, number, end| {
            if end {
                return html.push_str("</span>");
            }
            html.push_str("<span class=\"line");
            for (list, class) in [
                (&self.marked, " marked"),
                (&self.added, " added"),
                (&self.removed, " removed"),
                (&self.focused, " focused"),
                (&self.hidden, " hidden-line"),
            ] {
                html.push_str(if list.has(number + 1) { class } else { "" });
            }
            html.push_str("\">");
        });
    }
}

/// An include has no text of its own yet, so nothing can be said of its lines.
fn look_has_text(block: &CodeBlock) -> bool {
    block.attributes.iter().all(|attribute| attribute.name != "include") || !block.text.trim().is_empty()
}

/// Makes numbers of comments that hold nothing but one in parentheses, `// (1)`; the comment stays for those who copy it.
/// Whether there are any.
fn number_callouts(html: &mut String, from: usize) -> bool {
    const OPEN: &str = "<span class=\"hl-comment\">";
    let written = html.split_off(from);
    let (mut rest, mut any) = (written.as_str(), false);
    while let Some((before, behind)) = rest.split_once(OPEN) {
        html.push_str(before);
        let Some((comment, behind)) = behind.split_once("</span>") else {
            html.push_str(OPEN);
            rest = behind;
            break;
        };
        match callout(comment) {
            Some((before, number, after)) => {
                html.push_str(&format!(
                    "<span class=\"code-callout\"><span>{before}</span>{number}<span>{after}</span></span>"
                ));
                any = true;
            }
            None => {
                html.push_str(OPEN);
                html.push_str(comment);
                html.push_str("</span>");
            }
        }
        rest = behind;
    }
    html.push_str(rest);
    any
}

/// The number in a comment that holds nothing else, with what stands around it.
fn callout(comment: &str) -> Option<(&str, &str, &str)> {
    let open = comment.find('(')?;
    let close = comment.rfind(')')?;
    let number = comment.get(open + 1..close)?;
    let (before, after) = (comment.get(..open + 1)?, comment.get(close..)?);
    let marks =
        |text: &str| text.chars().all(|c| !c.is_alphanumeric()) || text.contains("&lt;") || text.contains("&gt;");
    let short = !number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (short && before.len() < 12 && after.len() < 12 && marks(before) && marks(after)).then_some((before, number, after))
}

impl IncludedCode {
    /// The block as HTML with the text that was found for it; `language` is used if the author named none.
    pub fn html(&self, text: String, language: &str) -> Body {
        let mut block = self.block.clone();
        block.text = text;
        if block.language.is_empty() {
            block.language = language.to_owned();
        }
        let look = Look::of(&block, &mut vec![]);
        look.html(&block, false).body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn attributes_are_read() {
        let mut troubles = vec![];
        let block = |info: &str| CodeBlock::new(info, "a\nb\nc\n".to_owned(), Span::default());
        let look = Look::of(&block("rust {1,3} {title=\"x y\" linenos=5 hide=\"2\"} ignore"), &mut troubles);
        assert!(troubles.is_empty(), "{troubles:?}");
        assert_eq!((look.title.as_deref(), look.numbers), (Some("x y"), Some(5)));
        assert!(look.marked.has(1) && !look.marked.has(2) && look.marked.has(3) && look.hidden.has(2));
        Look::of(&block("rust titel=\"x\" hl=\"a\" del=9"), &mut troubles);
        let words: Vec<&str> = troubles.iter().map(|trouble| trouble.message.as_str()).collect();
        assert_eq!(words.len(), 3, "{words:?}");
        assert_eq!(troubles[0].hint.as_deref(), Some("did you mean `title`?"));
    }

    #[test]
    fn callouts_are_comments_with_a_number_alone() {
        assert_eq!(callout("// (1)"), Some(("// (", "1", ")")));
        assert_eq!(callout("/* (12) */"), Some(("/* (", "12", ") */")));
        assert_eq!(callout("&lt;!-- (3) --&gt;"), Some(("&lt;!-- (", "3", ") --&gt;")));
        assert_eq!(callout("// see (1)"), None);
        assert_eq!(callout("// (a)"), None);
    }
}
