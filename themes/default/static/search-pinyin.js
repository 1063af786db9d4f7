// Pinyin and initials: shenzhen, sz and shenz find 深圳.
"use strict";
(function (S) {
  /** How typed letters can be read from a character on: the index after the last character read, or -1. */
  function reads(index, characters, from, letters) {
    const known = new Map();
    const step = (at, used) => {
      if (used === letters.length) return at;
      if (at === characters.length) return -1;
      const key = at * 64 + used;
      if (known.has(key)) return known.get(key);
      known.set(key, -1);
      let best = -1;
      for (const reading of index.readings.get(characters[at]) || []) {
        const left = letters.length - used;
        // A whole syllable, the beginning of the last one, or its initial alone.
        if (left >= reading.length && letters.startsWith(reading, used)) best = step(at + 1, used + reading.length);
        else if (left < reading.length && reading.startsWith(letters.slice(used))) best = at + 1;
        if (best < 0 && letters[used] === reading[0]) best = step(at + 1, used + 1);
        if (best < 0 && letters.startsWith(reading.slice(0, 2), used) && /^[zcs]h/.test(reading)) best = step(at + 1, used + 2);
        if (best >= 0) break;
      }
      known.set(key, best);
      return best;
    };
    return step(from, 0);
  }

  /** Where in a normalised text the letters can be read: `[start, end]` in characters, or null. */
  S.pinyinIn = (index, text, letters) => {
    if (!letters || letters.length > 60) return null;
    const characters = Array.from(text);
    for (let from = 0; from < characters.length; from++) {
      const own = index.readings.get(characters[from]);
      if (!own || !own.some((reading) => reading[0] === letters[0])) continue;
      const end = reads(index, characters, from, letters);
      // One letter finds only beginnings, or every page would be found.
      if (end > from && (letters.length > 1 || from === 0)) return [from, end];
    }
    return null;
  };

  /** The ways to cut letters into syllables, the last of which may be a beginning; at most twelve. */
  function syllables(index, letters) {
    const ways = [];
    const step = (rest, way) => {
      if (ways.length >= 12) return;
      if (rest === "") return void ways.push(way);
      for (let length = Math.min(6, rest.length); length > 0; length--) {
        const next = rest.slice(0, length);
        if (index.syllables.has(next)) step(rest.slice(length), way.concat(next));
      }
      // What is left over is a syllable that is still being typed.
      if (way.length > 1 && rest.length < 6) ways.push(way);
    };
    step(letters, []);
    return ways;
  }

  const inner = (a, b) => a.filter((chunk) => b.has(chunk));

  /** The chunks in whose headings all of these keys stand. */
  async function chunksWith(index, keys) {
    let chunks = null;
    for (const key of keys) {
      const own = (await index.word("'" + key)).chunks;
      chunks = chunks === null ? Array.from(own) : inner(chunks, new Set(own));
      if (chunks.length === 0) break;
    }
    return chunks || [];
  }

  /** The chunks with a heading that the letters may read; the heading itself is yet to be checked. */
  S.pinyinChunks = async (index, letters) => {
    if (letters.length < 2 || letters.length > 40) return [];
    const pairs = (parts, join) => parts.slice(1).map((part, at) => parts[at] + join + part);
    const ways = syllables(index, letters).filter((way) => way.length > 1).map((way) => pairs(way, "'"));
    if (letters.length <= 12) ways.push(pairs(Array.from(letters), ""));
    const chunks = new Set();
    for (const way of ways) {
      for (const chunk of await chunksWith(index, [...new Set(way)])) chunks.add(chunk);
    }
    return [...chunks];
  };

  /** Whether a title holds characters that sound like these, one by one. */
  S.soundsIn = (index, text, wanted) => {
    const [characters, sounds] = [Array.from(text), Array.from(wanted).map((c) => index.readings.get(c))];
    if (sounds.length < 2 || sounds.some((sound) => !sound)) return false;
    const alike = (c, sound) => (index.readings.get(c) || []).some((reading) => sound.includes(reading));
    return characters.some((_, from) => sounds.every((sound, at) => alike(characters[from + at], sound)));
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
