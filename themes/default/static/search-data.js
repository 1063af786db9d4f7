// Brings the files of the index into the page: classic scripts, which work over http and from disk, read as numbers.
"use strict";
(function (S) {
  const ENDS = 64;
  const MORE = 26;
  const KEPT = 400;
  const under = new Map();

  /** The index on the server is another one than the page knows. */
  class Stale extends Error {}
  S.Stale = Stale;

  const laid = (name) => (self.fangzhiData || {})[name];

  /** The names of the data files that were loaded; for benchmarks. */
  S.loaded = [];

  /** Brings a file into the page that lays down the value of this name. The one place that knows how files come. */
  S.fetch = (name, version) =>
    new Promise((resolve, reject) => {
      if (S.bring) return S.bring(name + ".js", resolve);
      const script = document.createElement("script");
      script.src = S.root + name + ".js" + (version ? "?v=" + version : "");
      script.onload = () => {
        script.remove();
        resolve();
      };
      script.onerror = () => {
        script.remove();
        reject(new Error("search: cannot load " + script.src));
      };
      document.head.append(script);
    });

  /** The value that a data file lays down. A file that is already in the page is not asked for. */
  S.load = (name, version) => {
    const key = name + " " + version;
    const known = under.get(key);
    if (known) {
      under.delete(key);
      under.set(key, known);
      return known;
    }
    const promise = take(name, version);
    under.set(key, promise);
    promise.catch(() => under.delete(key));
    // Texts that were shown long ago are asked for again rather than kept for ever.
    if (under.size > KEPT) under.delete(under.keys().next().value);
    return promise;
  };

  async function take(name, version) {
    if (laid(name) === undefined) {
      await S.fetch(name, version);
      S.loaded.push(name);
      const value = laid(name);
      if (value === undefined) throw new Error("search: nothing in " + name);
      delete self.fangzhiData[name];
      return value;
    }
    return laid(name);
  }

  /** Forgets what was loaded, so that a newer index is read. */
  S.forget = () => under.clear();

  const digits = new Int16Array(128).fill(-1);
  for (let value = 0; value < ENDS + MORE; value++) {
    let code = 35 + value;
    if (code >= 60) code++;
    if (code >= 92) code++;
    digits[code] = value;
  }
  digits[32] = ENDS + MORE;

  /** The value of one digit. */
  S.digit = (text, at) => digits[text.charCodeAt(at)];

  /** The numbers in a text of digits. */
  S.numbers = (text) => {
    const numbers = [];
    let value = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = digits[text.charCodeAt(at)];
      if (digit < ENDS) {
        numbers.push(value * ENDS + digit);
        value = 0;
      } else value = value * MORE + digit - ENDS + 1;
    }
    return numbers;
  };

  /** How many of a step's lowest bits stand as they are, in a list of so many of all chunks. */
  const lowBits = (chunks, count) => Math.max(0, 31 - Math.clz32(Math.floor((chunks * 2) / (count * 3))));

  /** Lists of postings, written as src/search/postings.rs says: `{ chunks, fields }` each, the chunks ascending. */
  S.postings = (text, count, chunkCount) => {
    let at = 0;
    let bits = 0;
    let left = 0;
    // Thirteen bits in two digits.
    const more = () => {
      if (at >= text.length) throw new Error("search: postings end too early");
      bits = digits[text.charCodeAt(at)] * 91 + digits[text.charCodeAt(at + 1)];
      at += 2;
      left = 13;
    };
    const bit = () => {
      if (left === 0) more();
      return (bits >> --left) & 1;
    };
    const number = (length) => {
      let value = 0;
      while (length > 0) {
        if (left === 0) more();
        const taken = Math.min(length, left);
        left -= taken;
        length -= taken;
        value = value * (1 << taken) + ((bits >> left) & ((1 << taken) - 1));
      }
      return value;
    };
    const zeros = () => {
      let zeros = 0;
      while (bit() === 0) zeros++;
      return zeros;
    };
    return Array.from({ length: count }, () => {
      const length = zeros();
      const size = (1 << length) + number(length);
      const low = lowBits(chunkCount, size);
      const chunks = new Int32Array(size);
      const fields = new Uint8Array(size);
      for (let item = 0, chunk = -1; item < size; item++) {
        chunk += zeros() * 2 ** low + number(low) + 1;
        chunks[item] = chunk;
        fields[item] = bit() === 0 ? 0 : bit() === 0 ? 2 : bit() === 0 ? 1 : 3;
      }
      return { chunks, fields };
    });
  };

  /** The postings of what stands nowhere. */
  S.nowhere = { chunks: new Int32Array(0), fields: new Uint8Array(0) };

  /** The texts of a sorted list in which each says how much of the one before it it shares. */
  S.listed = (text, border) => {
    let before = "";
    return text === "" ? [] : text.split(border).map((entry) => (before = before.slice(0, S.digit(entry, 0)) + entry.slice(1)));
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
