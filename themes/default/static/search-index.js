// The opened index: pages, filters, and where terms and texts stand.
"use strict";
(function (S) {
  const words = (text) => (text === "" ? [] : text.split(" "));

  class Index {
    constructor(start) {
      this.version = start.version;
      this.layout = start.layout;
      this.weights = start.weights;
      this.languages = start.languages;
      const count = start.language.length;
      this.count = count;
      let code = 0;
      const others = S.numbers(start.others).map((step) => String.fromCodePoint((code += step)));
      const alphabet = Array.from(start.alphabet).concat(others);
      const titles = S.numbers(start.titles).map((number) => alphabet[number]).join("");
      this.titles = count === 0 ? [] : titles.split("\n");
      this.urls = S.listed(start.urls, "\n").map((url) => (url === "" || url.endsWith("/") ? url + "index.html" : url));
      this.names = new Map(start.names);
      this.language = Array.from({ length: count }, (_, page) => start.languages[S.digit(start.language, page)]);
      this.prior = Array.from({ length: count }, (_, page) => Math.exp((S.digit(start.prior, page) - 45) / 8));
      // Words stand in the first shards; pairs begin in the shard `first`.
      this.bounds = { words: { from: 0, terms: words(start.words) }, pairs: { from: start.first, terms: words(start.pairs) } };
      this.parsed = new Map();
      this.readChunks(start);
      this.readFacets(start);
      this.normals = [];
      this.readings = new Map();
      this.syllables = new Set();
    }

    /** Learns how characters are read; only typed letters need it. */
    async learnReadings() {
      if (this.readings.size) return;
      for (const entry of words(await this.file("readings"))) {
        const reading = /^[a-z]+/.exec(entry)[0];
        this.syllables.add(reading);
        for (const c of entry.slice(reading.length)) {
          const known = this.readings.get(c);
          if (known) known.push(reading);
          else this.readings.set(c, [reading]);
        }
      }
    }

    readChunks(start) {
      this.pageOf = [];
      this.firstChunk = [];
      S.numbers(start.chunks).forEach((count, page) => {
        this.firstChunk.push(this.pageOf.length);
        for (let chunk = 0; chunk < count; chunk++) this.pageOf.push(page);
      });
      this.lengths = new Float32Array(this.pageOf.length);
      // For each chunk its file of texts and the first chunk in that file.
      this.fileOf = new Int32Array(this.pageOf.length);
      this.firstOf = new Int32Array(this.pageOf.length);
      let file = -1;
      let first = 0;
      let sum = 0;
      for (let chunk = 0; chunk < this.pageOf.length; chunk++) {
        const digit = S.digit(start.lengths, chunk);
        if (digit >= 32) {
          file++;
          first = chunk;
        }
        this.fileOf[chunk] = file;
        this.firstOf[chunk] = first;
        this.lengths[chunk] = 50 * (Math.pow(2, (digit % 32) / 2) - 1);
        sum += this.lengths[chunk];
      }
      this.mean = Math.max(1, sum / Math.max(1, this.pageOf.length));
    }

    readFacets(start) {
      this.terms = [];
      this.facets = start.facets.map(([name, titles, terms]) => {
        const facet = { name, titles, terms: [] };
        for (const [slug, own] of terms) {
          const term = { facet, number: this.terms.length, slug, titles: own };
          facet.terms.push(term);
          this.terms.push(term);
        }
        return facet;
      });
      this.termsOf = start.terms.split("!").slice(0, this.count).map(S.numbers);
    }

    /** A title in a language, else in any. */
    titleOf(thing, language) {
      const titles = thing.titles;
      return titles[language] || Object.values(titles)[0] || thing.slug || thing.name;
    }

    /** The title and the other names of a page, in normal form. */
    normal(page) {
      let own = this.normals[page];
      if (!own) {
        const names = (this.names.get(page) || []).map(S.normalise);
        own = this.normals[page] = { title: S.normalise(this.titles[page]), names };
      }
      return own;
    }

    /** A data file of the index; `range` is what one of postings must hold. */
    async file(name, range) {
      const value = await S.load("search/" + name, this.version);
      if (value[0] !== this.layout || value[2] !== range) throw new S.Stale(name);
      return value[1];
    }

    /** What a shard holds, as src/search/shard.rs writes it. */
    rangeOf(number) {
      const { words, pairs } = this.bounds;
      const name = (shard) => (words.terms[shard] || "") + " " + (pairs.terms[shard - pairs.from] || "");
      return name(number) + " " + name(number + 1);
    }

    /** The number of the shard in which a term would stand; below 0 if it stands before all. */
    shardOf(kind, term) {
      const { from, terms } = this.bounds[kind];
      let low = 0;
      let high = terms.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (terms[middle] <= term) low = middle + 1;
        else high = middle;
      }
      return low === 0 ? -1 : from + low - 1;
    }

    /** One shard, parsed once: its sorted words and the pairs by their first characters, with the postings of each. */
    async shard(number) {
      let shard = this.parsed.get(number);
      if (!shard) {
        const parts = (await this.file("terms/" + number, this.rangeOf(number))).split("!");
        const words = S.listed(parts[0], " ");
        const groups = parts.slice(1, -1).map((group) => Array.from(group));
        const count = words.length + groups.reduce((sum, group) => sum + group.length - 1, 0);
        const lists = S.postings(parts[parts.length - 1], count, this.pageOf.length);
        shard = { words, lists, pairs: new Map() };
        let from = words.length;
        for (const [first, ...seconds] of groups) {
          shard.pairs.set(first, { seconds, lists: lists.slice(from, (from += seconds.length)) });
        }
        this.parsed.set(number, shard);
      }
      return shard;
    }

    /** The shards from that of one term to that of another. */
    shards(kind, first, last) {
      const numbers = [];
      for (let number = Math.max(this.bounds[kind].from, this.shardOf(kind, first)); number <= this.shardOf(kind, last); number++) {
        numbers.push(number);
      }
      return Promise.all(numbers.map((number) => this.shard(number)));
    }

    /** The postings of a pair of characters. */
    async pair(term) {
      const [first, second] = Array.from(term);
      const number = this.shardOf("pairs", term);
      if (number < 0) return S.nowhere;
      const group = (await this.shard(number)).pairs.get(first);
      const at = group ? group.seconds.indexOf(second || "_") : -1;
      return at < 0 ? S.nowhere : group.lists[at];
    }

    /** The postings of every pair that begins with a character: all places where it stands. */
    async character(first) {
      const lists = [];
      for (const shard of await this.shards("pairs", first, first + "\uffff")) {
        const group = shard.pairs.get(first);
        if (group) lists.push(...group.lists);
      }
      return lists;
    }

    /** The words that begin with a text, each with its postings. */
    async words(prefix) {
      const found = [];
      for (const shard of await this.shards("words", prefix, prefix + "\uffff")) {
        shard.words.forEach((word, at) => {
          if (word.startsWith(prefix)) found.push({ word, postings: shard.lists[at] });
        });
      }
      return found;
    }

    /** The postings of one word or key of pinyin, if there is such. */
    async word(word) {
      const number = this.shardOf("words", word);
      if (number < 0) return S.nowhere;
      const shard = await this.shard(number);
      const at = shard.words.indexOf(word);
      return at < 0 ? S.nowhere : shard.lists[at];
    }

    /** Every word there is. */
    async vocabulary() {
      this.all = this.all || S.listed(await this.file("vocabulary"), " ");
      return this.all;
    }

    /** The text of a chunk: `{ pieces: [{ id, heading, text }], description, keywords }`. */
    async text(chunk) {
      const own = (await this.file("text/" + this.fileOf[chunk]))[chunk - this.firstOf[chunk]];
      const pieces = own[0].map(([id, heading, text]) => ({ id, heading, text }));
      return { pieces, description: own[1] || "", keywords: own[2] || [] };
    }
  }

  let opening = null;

  async function read(fresh) {
    const index = new Index(await S.load("search/start", fresh));
    S.learnHan(await index.file("simplified"));
    return index;
  }

  /** The index of the site, opened once. */
  S.open = () => {
    if (!opening) {
      opening = read("").catch((error) => {
        if (error instanceof S.Stale) return S.reopen();
        throw error;
      });
      opening.catch(() => (opening = null));
    }
    return opening;
  };

  /** The index again, after the server has a newer one than the page knows. */
  S.reopen = () => {
    S.forget();
    opening = read(Date.now().toString(36));
    opening.catch(() => (opening = null));
    return opening;
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
