// Marks on a page the words that it was found by: `?q=` in its address. Escape takes the marks away.
"use strict";
(function (S) {
  const BLOCKS = "p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6, figcaption, pre, blockquote, summary, caption, div";
  const APART = "script, style, .anchor, .copy, [aria-hidden], mark, svg, math, textarea";

  /** The texts of a page by the block that they stand in: words may run on across links and emphasis. */
  function blocks(main) {
    const found = new Map();
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block = node.parentElement.closest(APART) ? null : node.parentElement.closest(BLOCKS);
      if (block) found.set(block, (found.get(block) || []).concat(node));
    }
    return found.values();
  }

  /** Where the words stand in a text, without overlaps. */
  function spans(text, words) {
    const { text: normal, starts, ends } = S.mapped(text);
    const found = [];
    for (const word of words) {
      for (const at of S.places(normal, word, false)) found.push([starts[at], ends[at + word.length - 1]]);
    }
    return found.sort((a, b) => a[0] - b[0]).filter(([from], at, all) => at === 0 || from >= all[at - 1][1]);
  }

  function wrap(nodes, words) {
    const text = nodes.map((node) => node.data).join("");
    // From the end, so that what is split off stands behind what is still to come.
    for (const [from, to] of spans(text, words).reverse()) {
      let start = text.length;
      for (const node of nodes.slice().reverse()) {
        start = nodes.slice(0, nodes.indexOf(node)).reduce((sum, other) => sum + other.length, 0);
        const [begin, end] = [Math.max(from, start) - start, Math.min(to, start + node.length) - start];
        if (begin >= end) continue;
        const part = begin > 0 ? node.splitText(begin) : node;
        if (end - begin < part.length) part.splitText(end - begin);
        const mark = document.createElement("mark");
        mark.className = "found";
        part.replaceWith(mark);
        mark.append(part);
      }
    }
  }

  /** Marks these words. Returns how many marks there are. */
  S.mark = async (text) => {
    S.learnHan((await S.load("search/simplified", ""))[1]);
    const words = S.markedWords(text);
    const main = document.querySelector("main .page") || document.querySelector("main");
    if (!words.length || !main) return 0;
    for (const nodes of [...blocks(main)]) wrap(nodes, words);
    const marks = main.querySelectorAll("mark.found");
    if (marks.length && !location.hash) marks[0].scrollIntoView({ block: "center" });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      main.querySelectorAll("mark.found").forEach((mark) => {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent.normalize();
      });
    });
    return marks.length;
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
