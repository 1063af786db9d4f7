//! Postings in files of about the same size, each a range of sorted terms.

use super::digits::{digit, push_postings};
use super::run::{Run, Word, merge, unpack};

/// The size at which a shard is full, in bytes.
const FULL: usize = 20_000;

/// One range of terms.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shard {
    /// The first term in it.
    pub first: String,
    /// Its terms and their postings.
    pub text: String,
}

/// Pairs of characters: for each first character itself, all its second ones (`_` where it ends a run), `!`, their
/// postings parted by blanks, `!`.
pub fn pairs(runs: &[&Run<u64>]) -> Vec<Shard> {
    let mut shards = Vec::new();
    let mut open = Shard::default();
    let (mut group, mut seconds, mut lists) = (None, String::new(), String::new());
    let close = |open: &mut Shard, group: Option<char>, seconds: &mut String, lists: &mut String| {
        open.text.extend(group);
        open.text.push_str(seconds);
        open.text.push('!');
        open.text.push_str(lists);
        open.text.push('!');
        seconds.clear();
        lists.clear();
    };
    merge(runs, |pair, postings| {
        let (first, second) = unpack(*pair);
        let full = open.text.len() + seconds.len() + lists.len() >= FULL;
        if group.is_some() && (group != Some(first) || full) {
            close(&mut open, group, &mut seconds, &mut lists);
            if full {
                shards.push(std::mem::take(&mut open));
            }
        }
        if open.first.is_empty() {
            open.first = [Some(first), second].into_iter().flatten().collect();
        }
        group = Some(first);
        seconds.push(second.unwrap_or('_'));
        if !lists.is_empty() {
            lists.push(' ');
        }
        push_postings(&mut lists, postings);
    });
    if group.is_some() {
        close(&mut open, group, &mut seconds, &mut lists);
        shards.push(open);
    }
    shards
}

/// Words: all of them as [`push_word`] writes them, `!`, their postings parted by blanks.
///
/// The second value is every word, written in the same way, for what looks inside words.
pub fn words(runs: &[&Run<Word>]) -> (Vec<Shard>, String) {
    let mut shards = Vec::new();
    let mut open = Shard::default();
    let mut lists = String::new();
    let (mut before, mut all, mut before_all) = (String::new(), String::new(), String::new());
    merge(runs, |Word(word), postings| {
        if open.text.len() + lists.len() >= FULL {
            open.text.push('!');
            open.text.push_str(&std::mem::take(&mut lists));
            shards.push(std::mem::take(&mut open));
            before.clear();
        }
        if open.first.is_empty() {
            open.first.clone_from(word);
        }
        push_word(&mut open.text, &mut before, word);
        push_word(&mut all, &mut before_all, word);
        if !lists.is_empty() {
            lists.push(' ');
        }
        push_postings(&mut lists, postings);
    });
    if !open.first.is_empty() {
        open.text.push('!');
        open.text.push_str(&lists);
        shards.push(open);
    }
    (shards, all)
}

/// Appends a word to a sorted list: a blank unless it is the first, a digit for how many UTF-16 units it shares with
/// the word before, and the rest of it.
fn push_word(out: &mut String, before: &mut String, word: &str) {
    let shared: usize =
        word.chars().zip(before.chars()).take_while(|(a, b)| a == b).take(64).map(|(c, _)| c.len_utf8()).sum();
    let (same, rest) = word.split_at(shared);
    if !out.is_empty() {
        out.push(' ');
    }
    out.push(digit(u32::try_from(same.encode_utf16().count()).unwrap_or(0)));
    out.push_str(rest);
    word.clone_into(before);
}
