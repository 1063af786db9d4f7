//! Doubts: what only a person can decide, each with an id that stays the same from run to run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::ink::{excerpt, ink};
use super::range::Lines;
use crate::sha256;

/// How much a doubt weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The page may be wrong until it is decided; `--strict` fails while it is open.
    Doubt,
    /// The page is right as it stands and could be richer: a heading, a fact.
    Offer,
}

/// A rule that raises doubts.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its searchable word, which begins the ids of its doubts.
    pub name: &'static str,
    /// How much its doubts weigh.
    pub weight: Weight,
    /// Whether a line that it names is for review as long as it is open, since it may not belong where it stands.
    pub holds: bool,
    /// What it saw, in Chinese.
    pub zh: &'static str,
    /// What it saw, in English.
    pub en: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $id:ident = $name:literal, $weight:ident, $holds:literal, $zh:literal, $en:literal;)*) => {
        $($(#[$doc])* pub(crate) const $id: &Rule = &Rule { name: $name, weight: Weight::$weight, holds: $holds, zh: $zh, en: $en };)*

        /// Every rule that raises doubts.
        pub const RULES: &[&Rule] = &[$($id,)*];
    };
}

rules! {
    PREAMBLE = "preamble", Doubt, false, "第一篇报告之前的文字：是整份文件的名称，还是单独的一页？",
        "Text before the first report: is it the name of the whole document, or a page of its own?";
    NO_TITLE = "no-title", Doubt, false, "原文没有写出标题；暂用署名行或文件名，请在配方里写 title。",
        "The source states no title; the byline or the file's name stands in for it: write `title` in the recipe.";
    UNPLACED = "unplaced", Doubt, true, "配方没有提到这些行，它们不在任何页面里。", "The recipe does not name these lines; they stand on no page.";
    CUT = "cut", Doubt, true, "段落在句子中间断了，后面没有接上的文字。", "The paragraph is cut in the middle of a sentence, and what follows does not go on with it.";
    LOST_START = "lost-start", Doubt, true, "段落从句子中间开始，开头不在它前面。", "The paragraph begins in the middle of a sentence; its start does not stand before it.";
    ORDER = "order", Doubt, true, "断开的段落和另一处没有开头的段落像是同一段；所选的行会移到那一段之前并接上。",
        "A paragraph that is cut and one elsewhere that lacks its start look like one; the lines chosen are moved before the latter and joined to it.";
    STRAY = "stray", Doubt, true, "段首序号前面没有应有的序号，这一段可能属于别处。", "The ordinal in front has no predecessor: the paragraph may belong elsewhere.";
    DUPLICATE = "duplicate", Doubt, true, "两段文字几乎相同。", "Two paragraphs say nearly the same.";
    RUNNING_HEAD = "running-head", Doubt, true, "同一短行重复出现，像是页眉。", "The same short line stands here again and again, as a running head does.";
    JOIN = "join", Doubt, false, "段落末尾没有标点，下一段可能是它的后半。", "The paragraph ends without punctuation; the next may be its other half.";
    SEQUENCE = "sequence", Doubt, false, "序号不连续，因此仍作正文。", "The ordinals are not complete, so they stay prose.";
    LINK = "link", Doubt, false, "链接指向没有导入的文件，因此写成普通文字。", "A link leads to a file that was not imported, so it is written as text.";
    NO_ALT = "no-alt", Doubt, false, "图片没有替代文字。", "The picture has no text for those who cannot see it.";
    HEADING = "heading", Offer, false, "像是标题。", "This looks like a heading.";
    FACT = "fact", Offer, false, "一个带单位的数字，可以写成事实；选择时写指标的名称。", "A figure with its unit could be a fact; the choice is the indicator's id.";
}

/// One doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Its rule and eight digits of a hash over the words it is about: the same words give the same id wherever they stand.
    pub id: String,
    /// The rule's word.
    pub rule: &'static str,
    /// How much it weighs.
    pub weight: Weight,
    /// The lines it is about, in the source's numbering.
    pub lines: Lines,
    /// The beginning of what it is about.
    pub excerpt: String,
    /// What can be chosen; the first is what is done as long as it is open.
    pub choices: Vec<String>,
    /// What was chosen; none while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// Whether a choice that is not listed is taken too (the id of an indicator).
    #[serde(skip)]
    pub free: bool,
}

impl Doubt {
    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.chosen.is_none()
    }
}

/// What a rule asks.
pub(crate) struct Question<'a> {
    pub(crate) rule: &'static Rule,
    /// The words that make the id.
    pub(crate) anchor: &'a str,
    /// Line indices from 0.
    pub(crate) lines: &'a [usize],
    pub(crate) excerpt: &'a str,
    pub(crate) choices: Vec<String>,
    pub(crate) free: bool,
}

/// All doubts of a run, and the decisions that settle them.
#[derive(Clone)]
pub(crate) struct Docket<'a> {
    decisions: &'a BTreeMap<String, String>,
    times: HashMap<String, usize>,
    used: BTreeSet<String>,
    pub(crate) doubts: Vec<Doubt>,
    /// Decisions that cannot be carried out, as whole clauses.
    pub(crate) complaints: Vec<String>,
}

impl<'a> Docket<'a> {
    pub(crate) fn new(decisions: &'a BTreeMap<String, String>) -> Self {
        Self { decisions, times: HashMap::new(), used: BTreeSet::new(), doubts: vec![], complaints: vec![] }
    }

    /// Puts a doubt on the list; the choice that holds, the first one where nothing was decided.
    pub(crate) fn ask(&mut self, question: Question) -> String {
        let rule = question.rule;
        let words: String = ink(question.anchor).collect();
        let hash = sha256::hex(format!("{}\0{words}", rule.name).as_bytes());
        let mut id = format!("{}-{}", rule.name, hash.get(..8).unwrap_or_default());
        let times = self.times.entry(id.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            id = format!("{id}-{times}");
        }
        let chosen = self.decision(&id, &question);
        let first = question.choices.first().cloned().unwrap_or_default();
        let choice = chosen.clone().unwrap_or(first);
        self.doubts.push(Doubt {
            id,
            rule: rule.name,
            weight: rule.weight,
            lines: Lines::of(question.lines.iter().map(|line| line + 1)),
            excerpt: excerpt(question.excerpt, 60),
            choices: question.choices,
            chosen,
            free: question.free,
        });
        choice
    }

    fn decision(&mut self, id: &str, question: &Question) -> Option<String> {
        let (key, choice) =
            self.decisions.get_key_value(id).or_else(|| self.decisions.get_key_value(question.rule.name))?;
        self.used.insert(key.clone());
        let slug = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        // One indicator for every figure of a text is never meant.
        if question.choices.contains(choice) || question.free && slug(choice) && key == id {
            return Some(choice.clone());
        }
        // A rule's decision need not fit all of its doubts; one that names this doubt must.
        if key == id {
            let choices = question.choices.join("`, `");
            self.complaints.push(format!(
                "`{}` cannot be decided as `{}`: choose `{choices}`",
                id,
                choice.escape_debug()
            ));
        }
        None
    }

    /// Puts the list in the order of the source, and complains of decisions that no doubt asked for.
    pub(crate) fn close(&mut self) {
        self.doubts.sort_by_cached_key(|doubt| (doubt.lines.numbers(usize::MAX).next(), doubt.id.clone()));
        let known = |key: &String| self.used.contains(key) || RULES.iter().any(|rule| rule.name == *key);
        let unused = self.decisions.keys().filter(|key| !known(key));
        self.complaints.extend(
            unused.map(|key| format!("no doubt has the id `{}`: its decision does nothing", key.escape_debug())),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question<'a>(anchor: &'a str, lines: &'a [usize]) -> Question<'a> {
        Question {
            rule: JOIN,
            anchor,
            lines,
            excerpt: anchor,
            choices: vec!["keep".into(), "join".into()],
            free: false,
        }
    }

    #[test]
    fn ids_follow_the_words_and_not_the_place() {
        let none = BTreeMap::new();
        let mut docket = Docket::new(&none);
        assert_eq!(docket.ask(question("一 二", &[3])), "keep");
        docket.ask(question("一二", &[9]));
        let mut later = Docket::new(&none);
        later.ask(question("一\n二", &[30]));
        assert_eq!(docket.doubts[0].id, later.doubts[0].id);
        assert_eq!(docket.doubts[1].id, format!("{}-2", later.doubts[0].id));
        let decided =
            BTreeMap::from([(later.doubts[0].id.clone(), "join".to_owned()), ("cut-0".to_owned(), "keep".to_owned())]);
        let mut again = Docket::new(&decided);
        assert_eq!(again.ask(question("一二", &[3])), "join");
        again.close();
        assert!(!again.doubts[0].is_open());
        assert_eq!(again.complaints.len(), 1);
    }
}
