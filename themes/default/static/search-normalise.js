// The one form in which words are looked for: the index is made with the same rules (src/search/normalise.rs, terms.rs).
"use strict";
(function (S) {
  const LONGEST_WORD = 32;
  const mark = /\p{M}/u;
  const wordly = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const number = /\p{N}/u;

  /** Simplified characters by the code points of traditional ones; filled when the index is opened. */
  S.han = new Map();

  /** Takes the table of the index: each traditional character followed by its simplified form. */
  S.learnHan = (text) => {
    const characters = Array.from(text);
    for (let at = 0; at + 1 < characters.length; at += 2) S.han.set(characters[at].codePointAt(0), characters[at + 1]);
  };

  const within = (ranges) => (code) => {
    for (let at = 0; at < ranges.length; at += 2) {
      if (code >= ranges[at] && code <= ranges[at + 1]) return true;
    }
    return false;
  };
  const ignoredRanges = within([0x34f, 0x34f, 0x61c, 0x61c, 0x180b, 0x180e, 0x200b, 0x200f, 0x202a, 0x202e, 0x2060,
    0x206f, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xfff9, 0xfffb, 0xe0000, 0xe0fff]);
  const tightRanges = within([0x4e00, 0x9fff, 0x3041, 0x312f, 0x3400, 0x4dbf, 0x2e80, 0x2fdf, 0x3005, 0x3007, 0x3021,
    0x3029, 0x3031, 0x3035, 0x31a0, 0x31bf, 0x31f0, 0x31ff, 0xf900, 0xfaff, 0x20000, 0x3ffff]);
  const wideRanges = within([0xac00, 0xd7af, 0xe00, 0xeff, 0x1000, 0x109f, 0x1100, 0x11ff, 0x1780, 0x17ff, 0x3131,
    0x318e]);
  const joining = within([0x1160, 0x11ff, 0x3131, 0x318e, 0xff9e, 0xffdc]);

  const isIgnored = (code) => code === 0xad || (code >= 0x34f && ignoredRanges(code));
  const isTight = (code) => code >= 0x2e80 && tightRanges(code);
  const isWide = (code) => code >= 0xe00 && (isTight(code) || wideRanges(code));
  const isLineEnd = (code) => (code >= 0xa && code <= 0xd) || code === 0x85 || code === 0x2028 || code === 0x2029;
  const isBlank = (code) =>
    code === 0x20 || code === 9 || code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f || code === 0x205f || code === 0x3000;
  const continues = (code) =>
    code >= 0x300 && !(code >= 0x4e00 && code <= 0x9fff) && (joining(code) || mark.test(String.fromCodePoint(code)));
  const isWord = (code) =>
    code < 0x80
      ? (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
      : wordly.test(String.fromCodePoint(code));

  S.isWide = isWide;
  S.isWord = isWord;

  /** Text on its way into normal form; `starts` and `ends`, where given, map each of its units to the source. */
  class Folded {
    constructor(starts, ends) {
      this.text = "";
      this.last = 0xa;
      this.pending = "";
      this.starts = starts;
      this.ends = ends;
    }

    push(character, from, to) {
      const code = character.codePointAt(0);
      if (isLineEnd(code)) {
        this.pending = "\n";
      } else if (isBlank(code)) {
        this.pending = this.pending || " ";
      } else {
        if (this.pending === "\n" ? this.text !== "" : this.pending && this.last !== 0xa && !isTight(this.last) && !isTight(code)) {
          this.add(this.pending, from, from);
        }
        this.pending = "";
        const simple = S.han.get(code) || character;
        this.add(simple, from, to);
        this.last = simple.codePointAt(0);
      }
    }

    add(text, from, to) {
      this.text += text;
      if (this.starts) {
        for (let unit = 0; unit < text.length; unit++) {
          this.starts.push(from);
          this.ends.push(to);
        }
      }
    }

    lower(segment, from, to) {
      for (const composed of segment.normalize("NFKC")) {
        for (const c of composed.toLowerCase()) {
          if (!isIgnored(c.codePointAt(0))) this.push(c === "ς" ? "σ" : c, from, to);
        }
      }
    }
  }

  function fold(text, starts, ends) {
    const out = new Folded(starts, ends);
    const length = text.length;
    let at = 0;
    while (at < length) {
      const from = at;
      const code = text.codePointAt(at);
      at += code > 0xffff ? 2 : 1;
      if (isIgnored(code)) continue;
      let segment = "";
      let end = at;
      while (at < length) {
        const next = text.codePointAt(at);
        const size = next > 0xffff ? 2 : 1;
        if (isIgnored(next)) {
          at += size;
        } else if (continues(next)) {
          segment += text.substr(at, size);
          at += size;
          end = at;
        } else break;
      }
      if (segment) out.lower(String.fromCodePoint(code) + segment, from, end);
      else if (code >= 65 && code <= 90) out.push(String.fromCharCode(code + 32), from, end);
      else if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)) out.push(String.fromCharCode(code), from, end);
      else out.lower(String.fromCodePoint(code), from, end);
    }
    return out.text;
  }

  /** The text as it is searched. */
  S.normalise = (text) => fold(text, null, null);

  /** The text as it is searched, and for each of its units where the source's characters begin and end. */
  S.mapped = (text) => {
    const starts = [];
    const ends = [];
    return { text: fold(text, starts, ends), starts, ends };
  };

  const beginning = (word) => (word.length > LONGEST_WORD ? Array.from(word).slice(0, LONGEST_WORD).join("") : word);

  /** The runs of a normalised text: `{ wide, text }`, runs of characters and words. */
  S.runs = (text) => {
    const runs = [];
    let kind = 0;
    let run = "";
    for (const c of text) {
      const code = c.codePointAt(0);
      const next = isWide(code) ? 1 : isWord(code) ? 2 : 0;
      if (next !== kind && kind) runs.push({ wide: kind === 1, text: run });
      run = next === kind ? run + c : c;
      kind = next;
    }
    if (kind) runs.push({ wide: kind === 1, text: run });
    return runs;
  };

  /** The terms of a run: pairs and the last character, or the word and its parts. */
  S.termsOf = (run) => {
    const characters = Array.from(run.text);
    if (run.wide) return characters.map((c, at) => c + (characters[at + 1] || ""));
    const parts = [];
    let kind = null;
    for (const c of characters) {
      const digit = number.test(c);
      if (digit === kind) parts[parts.length - 1] += c;
      else parts.push(c);
      kind = digit;
    }
    return [run.text].concat(parts.length > 1 ? parts : []).map(beginning);
  };

  /** Every term of a normalised text, in order. */
  S.terms = (text) => S.runs(text).flatMap(S.termsOf);

  const letter = (c) => c !== undefined && isWord(c.codePointAt(0)) && !isWide(c.codePointAt(0));
  const borders = (text, at) => !(letter(text[at - 1]) && letter(text[at]));

  /**
   * Where a typed word stands in a normalised text: the units at which it begins. A quoted phrase stands there as whole
   * words; one or two letters begin a word; anything longer may stand inside of one.
   */
  S.places = (text, word, quoted) => {
    const found = [];
    const short = word.length < 3 && letter(word[0]);
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if ((!short && !quoted) || borders(text, at)) {
        if (!quoted || borders(text, at + word.length)) found.push(at);
      }
    }
    return found;
  };

  /** A word as the index knows it, not longer than the longest. */
  S.beginning = beginning;
})((self.fangzhiSearch = self.fangzhiSearch || {}));
