// From one word to the chunks that may hold it, with what each is worth.
"use strict";
(function (S) {
  const SATURATION = 1.2;
  const SLOPE = 0.6;
  /** Inside of words only so many files are looked at; beginnings are always complete. */
  const INNER_SHARDS = 40;

  /** Several lists of postings as one: for each chunk the best of what the lists give it. */
  function union(index, lists) {
    const best = new Map();
    let found = 0;
    for (const { postings, factor } of lists) {
      const { chunks, fields } = postings;
      found += chunks.length;
      for (let at = 0; at < chunks.length; at++) {
        const value = index.weights[fields[at]] * factor;
        if (value > (best.get(chunks[at]) || 0)) best.set(chunks[at], value);
      }
    }
    return { best, found };
  }

  /** What each chunk is worth for a term, by how rare the term is, where it stands and how long the chunk is (BM25F). */
  function scored(index, { best }) {
    const rarity = Math.log(1 + (index.pageOf.length - best.size + 0.5) / (best.size + 0.5));
    const scores = new Map();
    for (const [chunk, value] of best) {
      const norm = SATURATION * (1 - SLOPE + SLOPE * (index.lengths[chunk] / index.mean));
      scores.set(chunk, (rarity * value * (SATURATION + 1)) / (value + norm));
    }
    return { scores, rarity };
  }

  /** The postings of a typed word: itself, words that begin with it, words that hold it. */
  async function latin(index, text) {
    const lists = (await index.words(text)).map(({ word, postings }) => ({
      postings,
      factor: word === text ? 1 : 0.6,
    }));
    if (text.length < 3) return lists;
    const inside = (await index.vocabulary()).filter((word) => word.indexOf(text, 1) > 0 && !word.startsWith(text));
    const shards = new Map();
    for (const word of inside) {
      const number = index.shardOf("words", word);
      shards.set(number, (shards.get(number) || []).concat(word));
    }
    const numbers = [...shards.keys()].slice(0, INNER_SHARDS);
    await Promise.all(
      numbers.map(async (number) => {
        const shard = await index.shard(number);
        for (const word of shards.get(number)) {
          lists.push({ postings: shard.lists[shard.words.indexOf(word)], factor: 0.3 });
        }
      })
    );
    return lists;
  }

  /** The terms of a word, each with what chunks are worth for it; asked for all at once. */
  S.termScores = async (index, word) => {
    const jobs = [
      ...word.pairs.map(async (term) => [{ postings: await index.pair(term), factor: 1 }]),
      ...word.singles.map(async (term) => (await index.character(term)).map((postings) => ({ postings, factor: 1 }))),
      ...word.words.map((term) => latin(index, term)),
    ];
    const names = [...word.pairs, ...word.singles, ...word.words];
    return (await Promise.all(jobs)).map((lists, at) => ({ term: names[at], ...scored(index, union(index, lists)) }));
  };

  /** The chunks that hold all terms, with the sum of what they are worth. */
  S.allOf = (terms) => {
    const [rarest, ...others] = [...terms].sort((a, b) => a.scores.size - b.scores.size);
    const found = new Map();
    if (!rarest) return found;
    for (const [chunk, score] of rarest.scores) {
      let sum = score;
      for (const other of others) {
        const more = other.scores.get(chunk);
        if (more === undefined) {
          sum = -1;
          break;
        }
        sum += more;
      }
      if (sum >= 0) found.set(chunk, sum);
    }
    return found;
  };

  /** The chunks that hold most of the terms by rarity. */
  S.mostOf = (terms) => {
    const present = terms.filter((term) => term.scores.size > 0);
    const whole = present.reduce((sum, term) => sum + term.rarity, 0);
    const found = new Map();
    const share = new Map();
    for (const { scores, rarity } of present) {
      for (const [chunk, score] of scores) {
        found.set(chunk, (found.get(chunk) || 0) + score);
        share.set(chunk, (share.get(chunk) || 0) + rarity);
      }
    }
    for (const [chunk, part] of share) if (part < 0.55 * whole) found.delete(chunk);
    return found;
  };

  /** Whether two words are one slip apart: a letter more, less, another, or two neighbours changed about. */
  function slip(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    const [restA, restB] = [a.slice(at), b.slice(at)];
    return (
      restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1) ||
      (restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    );
  }

  /** Words of the site that are one slip from what was typed. */
  S.slips = async (index, text) => {
    if (text.length < 4 || /\d/.test(text)) return [];
    return (await index.vocabulary()).filter((word) => slip(text, word)).slice(0, 12);
  };

  /** A term that stands for all of these words. */
  S.anyWord = async (index, words) => {
    const lists = await Promise.all(words.map(async (word) => ({ postings: await index.word(word), factor: 0.5 })));
    return { term: words[0], ...scored(index, union(index, lists)) };
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
