// The opened index: pages, filters, and where terms and texts stand.
"use strict";
(function (S) {
  const lines = (text) => (text === "" ? [] : text.split("\n"));
  const words = (text) => (text === "" ? [] : text.split(" "));

  class Index {
    constructor(start) {
      this.version = start.version;
      this.texts = start.texts;
      this.weights = start.weights;
      this.languages = start.languages;
      const count = start.language.length;
      this.count = count;
      // The one page whose title is empty would else be no line.
      this.titles = count === 1 ? [start.titles] : lines(start.titles);
      this.urls = (count === 1 ? [start.urls] : start.urls.split("\n")).map((url) =>
        url === "" || url.endsWith("/") ? url + "index.html" : url
      );
      this.names = new Map(start.names);
      this.language = Array.from({ length: count }, (_, page) => start.languages[S.digit(start.language, page)]);
      this.prior = Array.from({ length: count }, (_, page) => Math.exp((S.digit(start.prior, page) - 45) / 8));
      this.bounds = { pairs: words(start.pairs), words: words(start.words), pinyin: words(start.pinyin) };
      this.readChunks(start);
      this.readFacets(start);
      this.normals = [];
      this.readings = new Map();
      for (const entry of words(start.readings)) {
        const reading = /^[a-z]+/.exec(entry)[0];
        for (const c of entry.slice(reading.length)) {
          const known = this.readings.get(c);
          if (known) known.push(reading);
          else this.readings.set(c, [reading]);
        }
      }
      this.syllables = new Set([].concat(...this.readings.values()));
    }

    readChunks(start) {
      this.pageOf = [];
      this.firstChunk = [];
      S.numbers(start.chunks).forEach((count, page) => {
        this.firstChunk.push(this.pageOf.length);
        for (let chunk = 0; chunk < count; chunk++) this.pageOf.push(page);
      });
      this.lengths = new Float32Array(this.pageOf.length);
      this.fileOf = new Int32Array(this.pageOf.length);
      let file = 0;
      let sum = 0;
      for (let chunk = 0; chunk < this.pageOf.length; chunk++) {
        const digit = S.digit(start.lengths, chunk);
        if (digit >= 32) file = chunk;
        this.fileOf[chunk] = file;
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

    /** A data file of the index. */
    async file(name) {
      const value = await S.load(name, S.base + name + ".js?v=" + this.version);
      if (value[0] !== this.version) throw new S.Stale(value[0]);
      return value[1];
    }

    /** The number of the shard in which a term would stand; below 0 if it stands before all. */
    shardOf(kind, term) {
      const bounds = this.bounds[kind];
      let low = 0;
      let high = bounds.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (bounds[middle] <= term) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    }

    /** One shard, parsed once: for pairs first characters with their second ones, for words the sorted words. */
    async shard(kind, number) {
      const text = await this.file(kind + "/" + number);
      const key = kind + number;
      this.parsed = this.parsed || new Map();
      let shard = this.parsed.get(key);
      if (!shard) {
        const parts = text.split("!");
        if (kind === "pairs") {
          shard = new Map();
          for (let at = 0; at + 1 < parts.length; at += 2) {
            const [first, ...seconds] = Array.from(parts[at]);
            shard.set(first, { seconds, lists: parts[at + 1].split(" ") });
          }
        } else shard = { words: S.wordList(parts[0]), lists: parts[1].split(" ") };
        this.parsed.set(key, shard);
      }
      return shard;
    }

    /** The postings of a pair of characters. */
    async pair(term) {
      const [first, second] = Array.from(term);
      const number = this.shardOf("pairs", term);
      if (number < 0) return S.postings("");
      const group = (await this.shard("pairs", number)).get(first);
      const at = group ? group.seconds.indexOf(second || "_") : -1;
      return S.postings(at < 0 ? "" : group.lists[at]);
    }

    /** The postings of every pair that begins with a character: all places where it stands. */
    async character(first) {
      const from = Math.max(0, this.shardOf("pairs", first));
      const to = this.shardOf("pairs", first + "\uffff");
      const lists = [];
      for (let number = from; number <= to; number++) {
        const group = (await this.shard("pairs", number)).get(first);
        if (group) lists.push(...group.lists.map(S.postings));
      }
      return lists;
    }

    /** The words of a kind that begin with a text, each with its postings still as text. */
    async words(kind, prefix) {
      const from = Math.max(0, this.shardOf(kind, prefix));
      const to = this.shardOf(kind, prefix + "\uffff");
      const found = [];
      const shards = [];
      for (let number = from; number <= to; number++) shards.push(this.shard(kind, number));
      for (const shard of await Promise.all(shards)) {
        shard.words.forEach((word, at) => {
          if (word.startsWith(prefix)) found.push({ word, list: shard.lists[at] });
        });
      }
      return found;
    }

    /** The postings of one word or key, if there is such. */
    async word(kind, word) {
      const number = this.shardOf(kind, word);
      if (number < 0) return S.postings("");
      const shard = await this.shard(kind, number);
      const at = shard.words.indexOf(word);
      return S.postings(at < 0 ? "" : shard.lists[at]);
    }

    /** Every word there is. */
    async vocabulary() {
      this.all = this.all || S.wordList(await this.file("vocabulary"));
      return this.all;
    }

    /** The text of a chunk: `{ pieces: [{ id, heading, text, continued }], description, keywords }`. */
    async text(chunk) {
      const first = this.fileOf[chunk];
      const page = this.pageOf[first];
      const name = "text/" + S.textName(this.urls[page], first - this.firstChunk[page]);
      const [url, chunks] = await S.load(name, S.base + name + ".js?v=" + this.texts);
      const own = chunks[chunk - first];
      if (url !== this.urls[page] || !own) throw new S.Stale(Date.now().toString(36));
      const pieces = own[0].map(([id, heading, text, continued]) => ({ id, heading, text, continued: Boolean(continued) }));
      return { pieces, description: own[1] || "", keywords: own[2] || [] };
    }
  }

  let opening = null;

  async function read(address) {
    S.base = address.replace(/start\.js(\?.*)?$/, "");
    const start = await S.load("start", address);
    const index = new Index(start);
    S.learnHan(await index.file("han"));
    return index;
  }

  /** The index of the site, opened once. */
  S.open = () => {
    if (!opening) {
      opening = read(S.meta);
      opening.catch(() => (opening = null));
    }
    return opening;
  };

  /** The index again, after the server has a newer one. */
  S.reopen = (version) => {
    S.forget();
    S.han.clear();
    opening = read(S.meta.replace(/\?.*$/, "") + "?v=" + version);
    opening.catch(() => (opening = null));
    return opening;
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
