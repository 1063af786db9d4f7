// What was typed: words, quoted phrases and filters.
"use strict";
(function (S) {
  const quotes = { '"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "„": "“", "«": "»" };

  /** The pieces that blanks part, quoted ones whole: `{ text, phrase }`. A quote that is not closed goes to the end. */
  function pieces(text) {
    const found = [];
    let rest = text;
    while ((rest = rest.replace(/^\s+/u, "")) !== "") {
      const closing = quotes[rest[0]];
      if (closing) {
        const end = rest.slice(1).search(closing === "”" ? /[”"]/ : new RegExp("[" + closing + "]"));
        const inner = end < 0 ? rest.slice(1) : rest.slice(1, end + 1);
        found.push({ text: inner, phrase: true });
        rest = end < 0 ? "" : rest.slice(end + 2);
      } else {
        const filter = /^[^\s"“「『:：]+[:：]["“「『]([^"”」』]*)["”」』]?/u.exec(rest);
        const piece = filter ? filter[0] : /^[^\s"“「『„«＂]+|^./u.exec(rest)[0];
        found.push({ text: piece, phrase: false });
        rest = rest.slice(piece.length);
      }
    }
    return found;
  }

  /** The facet that a filter names: by its name, the beginning of it, or a title; null if it is none. */
  function facetNamed(index, name) {
    const wanted = S.normalise(name);
    const titles = (facet) => Object.values(facet.titles).map(S.normalise);
    return (
      index.facets.find((facet) => S.normalise(facet.name) === wanted || titles(facet).includes(wanted)) ||
      (wanted.length > 2 && index.facets.find((facet) => S.normalise(facet.name).startsWith(wanted.replace(/y$/, "")))) ||
      null
    );
  }

  /** The numbers of a facet's terms that a text means: exactly named, else those that begin with or hold it. */
  function termsNamed(facet, text) {
    const wanted = S.normalise(text);
    const names = (term) => [term.slug, ...Object.values(term.titles)].map(S.normalise);
    const by = (test) => facet.terms.filter((term) => names(term).some(test)).map((term) => term.number);
    const exact = by((name) => name === wanted);
    const beginning = exact.length ? exact : by((name) => name.startsWith(wanted));
    return beginning.length ? beginning : by((name) => name.includes(wanted));
  }

  /** One word with what it is looked up by. */
  function word(text, phrase) {
    const normal = S.normalise(text);
    const own = { text: normal, phrase, pairs: [], singles: [], words: [] };
    for (const run of S.runs(normal)) {
      const terms = S.termsOf(run);
      if (!run.wide) own.words.push(S.beginning(run.text));
      else if (terms.length === 1) own.singles.push(run.text);
      else own.pairs.push(...terms.slice(0, -1));
    }
    own.pairs = [...new Set(own.pairs)];
    own.words = [...new Set(own.words)];
    // Where one term says all, a page that has it has the word.
    const count = own.pairs.length + own.singles.length + own.words.length;
    own.sure = count === 1 && normal === (own.pairs[0] || own.singles[0] || own.words[0]);
    own.latin = /^[a-z]+$/.test(normal) ? normal : "";
    return count ? own : null;
  }

  /** What was typed: `{ words, facets: Map of facet to term numbers, language, marks }`. */
  S.parse = (text, index) => {
    const query = { text, words: [], facets: new Map(), language: null, marks: "" };
    const marks = [];
    for (const piece of pieces(text)) {
      const filter = piece.phrase ? null : /^([^:：]+)[:：](.+)$/u.exec(piece.text);
      const value = filter && filter[2].replace(/^["“「『]|["”」』]$/gu, "");
      if (filter && /^(lang|language|语言)$/i.test(filter[1]) && index.languages.includes(value)) {
        query.language = value;
        continue;
      }
      const facet = filter && facetNamed(index, filter[1]);
      if (facet) {
        query.facets.set(facet, (query.facets.get(facet) || []).concat(termsNamed(facet, value)));
        continue;
      }
      const own = word(piece.text, piece.phrase);
      if (!own) continue;
      query.words.push(own);
      marks.push(piece.phrase ? '"' + piece.text + '"' : piece.text);
    }
    query.words = query.words.slice(0, 32);
    query.marks = marks.join(" ");
    query.normal = S.normalise(query.words.map((own) => own.text).join(" "));
    return query;
  };

  /** The words of a text, for marking them on a page; filters are not known there. */
  S.markedWords = (text) => pieces(text).map((piece) => S.normalise(piece.text)).filter((normal) => S.runs(normal).length);
})((self.fangzhiSearch = self.fangzhiSearch || {}));
