// From a query to pages: candidates by their terms, checked against their texts, with the places to land on.
"use strict";
(function (S) {
  /** Pages are checked ten at a time, at most three times for one showing. */
  const BATCH = 10;
  const ROUNDS = 3;
  /** The most places that one page shows. */
  const PLACES = 3;
  /** Half of the width of an excerpt, in units of text that are as wide as a Chinese character. */
  const HALF = 34;

  /** What a page is worth for its title and names alone: as much for each word, for so is what its text is worth. */
  function titleWorth(index, page, query) {
    const { title, names } = index.normal(page);
    const text = query.normal;
    const each = () => {
      if (title === text) return 14;
      if (names.includes(text)) return 12;
      if (title.startsWith(text)) return 7;
      if (title.includes(text) || names.some((name) => name.includes(text))) return 5;
      return query.words.every((word) => title.includes(word.text)) ? 3 : 0;
    };
    return each() * query.words.length;
  }

  /** The pages and headings that typed letters may read as pinyin: a map from chunks to what that is worth. */
  async function byPinyin(index, word) {
    const found = new Map();
    if (!word.latin || word.phrase) return found;
    await index.learnReadings();
    for (let page = 0; page < index.count; page++) {
      const { title, names } = index.normal(page);
      for (const text of [title, ...names]) {
        const read = S.pinyinIn(index, text, word.latin);
        if (!read) continue;
        const length = Array.from(text).length;
        const worth = read[0] === 0 ? (read[1] === length ? 12 : 7) : 4;
        const chunk = index.firstChunk[page];
        found.set(chunk, Math.max(worth, found.get(chunk) || 0));
      }
    }
    for (const chunk of await S.pinyinChunks(index, word.latin)) if (!found.has(chunk)) found.set(chunk, 2);
    return found;
  }

  /** The chunks that may hold a word, with what they are worth. */
  async function candidates(index, word) {
    const terms = await S.termScores(index, word);
    const found = S.allOf(terms);
    const read = await byPinyin(index, word);
    for (const [chunk, worth] of read) found.set(chunk, Math.max(worth, found.get(chunk) || 0));
    word.also = [];
    if (found.size === 0 && !word.phrase && word.words.length === 1 && word.pairs.length + word.singles.length === 0) {
      word.also = await S.slips(index, word.words[0]);
      if (word.also.length) for (const [chunk, score] of (await S.anyWord(index, word.also)).scores) found.set(chunk, score);
    }
    return { word, terms, found };
  }

  /** The pages that have all words somewhere: `{ page, score, chunks }`, the best first. */
  function ranked(index, query, lists, allowed) {
    const pages = new Map();
    lists.forEach(({ found }, at) => {
      const best = new Map();
      for (const [chunk, score] of found) {
        const page = index.pageOf[chunk];
        if (score > (best.get(page) || -1)) best.set(page, score);
      }
      for (const [page, score] of best) {
        const known = pages.get(page);
        if (at === 0) pages.set(page, { page, score, words: 1 });
        else if (known && known.words === at) {
          known.score += score;
          known.words++;
        }
      }
    });
    const kept = [...pages.values()].filter(({ page, words }) => words === lists.length && allowed(page));
    const chunks = new Map(kept.map(({ page }) => [page, new Map()]));
    for (const { found } of lists) {
      for (const [chunk, score] of found) {
        const own = chunks.get(index.pageOf[chunk]);
        if (own) own.set(chunk, (own.get(chunk) || 0) + score);
      }
    }
    for (const one of kept) {
      const own = [...chunks.get(one.page)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      one.chunks = own.map(([chunk]) => chunk);
      // Words that stand together are worth more than words that are spread over a page.
      one.score = weighed(index, one.page, query, one.score + (lists.length > 1 ? 0.5 * own[0][1] : 0));
    }
    return kept.sort((a, b) => b.score - a.score || a.page - b.page);
  }

  function weighed(index, page, query, score) {
    const own = index.language[page] === query.reader ? 1.25 : 1;
    return (score + titleWorth(index, page, query)) * index.prior[page] * own;
  }

  /** Pages that have most of the terms, for a query that none has as a whole. */
  function nearly(index, query, lists, allowed) {
    const found = S.mostOf(lists.flatMap(({ terms }) => terms));
    const pages = new Map();
    for (const [chunk, score] of found) {
      const page = index.pageOf[chunk];
      if (!allowed(page)) continue;
      const known = pages.get(page) || { page, score: 0, chunks: [] };
      known.chunks.push([chunk, score]);
      known.score = Math.max(known.score, score);
      pages.set(page, known);
    }
    for (const one of pages.values()) {
      one.chunks = one.chunks.sort((a, b) => b[1] - a[1]).map(([chunk]) => chunk);
      one.score = weighed(index, one.page, query, one.score);
    }
    return [...pages.values()].sort((a, b) => b.score - a.score || a.page - b.page);
  }

  /** Where a word stands in a normalised text: `[start, end]` in its units. */
  const stands = (index, word, text) =>
    [word.text, ...word.also].flatMap((needle) => S.places(text, needle, word.phrase).map((at) => [at, at + needle.length]));

  /** The same, and where its letters are read as pinyin. */
  function standsOrSounds(index, word, text) {
    const found = stands(index, word, text);
    if (found.length || !word.latin || word.phrase || !index.readings.size) return found;
    const read = S.pinyinIn(index, text, word.latin);
    if (!read) return found;
    const characters = Array.from(text);
    const units = (count) => characters.slice(0, count).join("").length;
    return [[units(read[0]), units(read[1])]];
  }

  /** A text with the parts to be marked: `[{ text, marked }]`; nothing in it is ever read as HTML. */
  function marked(index, query, text, heading, around) {
    const { text: normal, starts, ends } = S.mapped(text);
    const find = heading ? standsOrSounds : stands;
    const spans = query.words
      .flatMap((word) => find(index, word, normal))
      .map(([from, to]) => [starts[from], ends[to - 1]])
      .sort((a, b) => a[0] - b[0]);
    const [from, to] = around ? excerpt(text, spans) : [0, text.length];
    const parts = [];
    const add = (start, end, on) => start < end && parts.push({ text: text.slice(start, end).replace(/\s+/g, " "), marked: on });
    // Dots stand where a block goes on, not between blocks.
    if (from > 0 && text[from - 1] !== "\n") parts.push({ text: "…", marked: false });
    let at = from;
    for (const [start, end] of spans) {
      if (end <= at || start >= to) continue;
      add(at, Math.max(at, start), false);
      add(Math.max(at, start), Math.min(end, to), true);
      at = Math.min(end, to);
    }
    add(at, to, false);
    if (to < text.length && text[to] !== "\n") parts.push({ text: "…", marked: false });
    return parts;
  }

  /** The part of a text that shows the most of what was found, about as wide as an excerpt. */
  function excerpt(text, spans) {
    const wide = (c) => (S.isWide(c.codePointAt(0)) ? 1 : 0.5);
    const step = (from, by, room) => {
      let at = from;
      while (room > 0 && at + by >= 0 && at + by <= text.length) {
        const c = text[by > 0 ? at : at - 1];
        if (c === "\n") break;
        room -= wide(c);
        at += by;
      }
      return at;
    };
    const first = spans.length ? spans.reduce((best, span) => (crowd(spans, span[0]) > crowd(spans, best[0]) ? span : best))[0] : 0;
    let from = step(first, -1, HALF / 2);
    // An excerpt begins with a sentence if one begins near by.
    const sentence = text.slice(from, first).search(/[。！？；.!?;]\s*\S/u);
    if (sentence >= 0 && from > 0) from += sentence + 1;
    let to = step(first, 1, HALF * 2.2);
    // Neither words nor pairs of surrogates are torn.
    const letters = (at) => /[\p{L}\p{N}'’-]/u.test(text[at] || "") && !S.isWide(text.codePointAt(at));
    for (let most = 24; most && from < first && letters(from - 1) && letters(from); most--) from++;
    for (let most = 24; most && to < text.length && letters(to - 1) && letters(to); most--) to++;
    if (/[\udc00-\udfff]/.test(text[from] || "")) from++;
    if (/[\udc00-\udfff]/.test(text[to] || "")) to++;
    while (from < first && /\s/.test(text[from])) from++;
    return [from, Math.max(to, Math.min(text.length, first + 1))];
  }

  const crowd = (spans, from) => spans.filter(([start]) => start >= from && start < from + HALF * 2).length;

  /** What a heading or block tells of the query. */
  function place(index, query, chunk, piece) {
    const heading = S.normalise(piece.heading);
    const text = S.normalise(piece.text);
    const here = query.words.map((word) => ({
      heading: standsOrSounds(index, word, heading).length > 0,
      text: stands(index, word, text).length > 0,
    }));
    const count = here.filter((word) => word.heading || word.text).length;
    if (count === 0) return null;
    const phrase = text.includes(query.normal);
    const titled = here.every((word) => word.heading);
    const worth = count * 2 + (phrase ? 3 : 0) + (titled ? (heading === query.normal ? 6 : 4) : 0);
    return { chunk, piece, here, phrase, titled, worth, exact: heading === query.normal };
  }

  /** Reads the texts of a page until every word was found in it. */
  async function check(index, query, candidate) {
    const { page } = candidate;
    const { title, names } = index.normal(page);
    const said = [title, ...names, ...index.termsOf[page].map((term) => S.normalise(index.titleOf(index.terms[term], index.language[page])))];
    const missing = new Set(query.words.filter((word) => !said.some((text) => standsOrSounds(index, word, text).length)));
    const places = [];
    let opening = null;
    for (const chunk of candidate.chunks) {
      const text = await index.text(chunk);
      for (const word of [...missing]) {
        if ([text.description, ...text.keywords].some((own) => stands(index, word, S.normalise(own)).length)) missing.delete(word);
      }
      opening = opening || text.description || (text.pieces.find((piece) => piece.text) || { text: "" }).text;
      for (const piece of text.pieces) {
        const own = place(index, query, chunk, piece);
        if (!own) continue;
        places.push(own);
        query.words.forEach((word, at) => (own.here[at].heading || own.here[at].text) && missing.delete(word));
      }
      if (missing.size === 0 && places.length) break;
    }
    return { ...candidate, places, opening: opening || "", found: missing.size === 0 };
  }

  /** A checked page as it is shown. */
  function shown(index, query, checked) {
    const { page } = checked;
    const phrase = checked.places.some((place) => place.phrase);
    const titled = checked.places.some((place) => place.titled);
    const exact = checked.places.some((place) => place.exact);
    const best = checked.places
      .slice()
      .sort((a, b) => b.worth - a.worth)
      .slice(0, PLACES)
      .sort((a, b) => a.chunk - b.chunk || 0);
    // Letters that were read as pinyin are marked as the characters that they stand for.
    const normal = index.normal(page).title;
    const marks = query.words.map((word, at) => {
      if (word.also.length) return word.also[0];
      const [read] = checked.places.some((place) => place.here[at].text) ? [] : standsOrSounds(index, word, normal);
      return read ? normal.slice(read[0], read[1]) : word.text;
    });
    return {
      page,
      url: index.urls[page],
      language: index.language[page],
      title: marked(index, query, index.titles[page], true, false),
      terms: index.termsOf[page].map((term) => index.titleOf(index.terms[term], index.language[page])),
      score: checked.score + (query.words.length > 1 && phrase ? 6 : 0) + (exact ? 5 : titled ? 2 : 0),
      phrase,
      marks: marks.map((word) => (/\s/.test(word) ? '"' + word + '"' : word)).join(" "),
      // Without a place in the text the page's beginning says what it is about.
      opening: best.length ? [] : [{ text: checked.opening.slice(0, 120), marked: false }],
      places: best.map(({ piece, here }) => ({
        id: piece.id,
        heading: piece.heading ? marked(index, query, piece.heading, true, false) : null,
        text: marked(index, query, here.some((word) => word.text) ? piece.text : piece.text.slice(0, 200), false, true),
      })),
    };
  }

  /** What was found so far, and more of it on request. */
  class Finding {
    constructor(index, query, list, exact) {
      this.index = index;
      this.query = query;
      this.rest = list;
      /** Whether the pages have all of the words; else only most of the terms. */
      this.exact = exact;
      this.total = list.length;
      this.shown = [];
      this.related = [];
    }

    /** Checks more pages: those that hold the words follow those that are shown, the others stand below as related. */
    async more() {
      const round = [];
      let size = BATCH;
      for (let batch = 0, read = 0; batch < ROUNDS && this.rest.length; batch++) {
        const checked = await Promise.all(this.rest.splice(0, size).map((one) => check(this.index, this.query, one)));
        read += checked.length;
        for (const one of checked) {
          const view = shown(this.index, this.query, one);
          if (this.exact && one.found) round.push(view);
          else this.related.push(view);
        }
        const enough = round.length >= BATCH || (!this.exact && this.related.length >= BATCH);
        if (enough && (this.query.words.length === 1 || !this.exact || round.some((view) => view.phrase))) break;
        // As many more as it takes to have ten, if as many of them hold the words as of those before.
        if (!enough && this.exact) size = Math.min(BATCH, Math.ceil(((BATCH - round.length) * read) / Math.max(1, round.length)));
        else size = BATCH;
      }
      this.shown.push(...round.sort((a, b) => b.score - a.score || a.page - b.page));
      return this;
    }
  }

  const none = (index, query) => new Finding(index, query, [], true);

  async function find(index, text, options) {
    const query = S.parse(text, index);
    query.reader = options.reader;
    if (options.language) query.language = options.language;
    const facets = [...query.facets.values()].concat((options.terms || []).map((term) => [term]));
    const allowed = (page) =>
      (!query.language || index.language[page] === query.language) &&
      facets.every((terms) => terms.some((term) => index.termsOf[page].includes(term)));
    if (query.words.length === 0) {
      if (facets.length === 0) return none(index, query);
      const all = Array.from({ length: index.count }, (_, page) => page).filter(allowed);
      const list = all.map((page) => ({ page, score: index.prior[page], chunks: [index.firstChunk[page]] }));
      return new Finding(index, query, list, true).more();
    }
    const lists = await Promise.all(query.words.map((word) => candidates(index, word)));
    const pages = ranked(index, query, lists, allowed);
    if (pages.length) return new Finding(index, query, pages, true).more();
    if (query.words.some((word) => word.phrase)) return none(index, query);
    return new Finding(index, query, nearly(index, query, lists, allowed), false).more();
  }

  /** What a text finds: a Finding. `options`: the reader's language, a language to keep to, numbers of terms. */
  S.find = async (text, options = {}) => {
    try {
      return await find(await S.open(), text, options);
    } catch (error) {
      if (!(error instanceof S.Stale)) throw error;
      return find(await S.reopen(), text, options);
    }
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
