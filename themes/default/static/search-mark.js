// Marks, on the page that a result led to, the words that were looked for.
"use strict";
(function (S) {
  const MOST = 400;
  const BLOCKS = "p,li,td,th,h1,h2,h3,h4,h5,h6,dt,dd,figcaption,caption,summary,blockquote,pre,div,section,article,main,aside,body";
  const SKIPPED = "script,style,noscript,svg,math,nav,button,.anchor,mark.search-mark";

  /** Text nodes in the order of the page, together where one block holds them. */
  function blocks(root) {
    const groups = [];
    let block = null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest(SKIPPED)) continue;
      const own = parent.closest(BLOCKS);
      if (own !== block || groups.length === 0) groups.push([]);
      block = own;
      groups[groups.length - 1].push(node);
    }
    return groups;
  }

  /** Puts `mark` around the part of a text node. */
  function wrap(node, from, to) {
    const middle = from > 0 ? node.splitText(from) : node;
    if (to - from < middle.data.length) middle.splitText(to - from);
    const mark = document.createElement("mark");
    mark.className = "search-mark";
    middle.replaceWith(mark);
    mark.append(middle);
  }

  function markBlock(nodes, words, left) {
    const text = nodes.map((node) => node.data).join("");
    const places = S.places(S.mapped(text), words).slice(0, left);
    let offset = text.length;
    // From the end, so that what was split does not move what is still to come.
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at];
      const length = node.data.length;
      offset -= length;
      for (const place of [...places].reverse()) {
        const [from, to] = [Math.max(0, place.start - offset), Math.min(length, place.end - offset)];
        if (from < to) wrap(node, from, to);
      }
    }
    return places.map((place) => place.word);
  }

  function markAll(root, words) {
    const seen = new Set();
    let left = MOST;
    for (const nodes of blocks(root)) {
      const found = markBlock(nodes, words, left);
      found.forEach((word) => seen.add(word));
      left -= found.length;
      if (left <= 0) break;
    }
    return seen;
  }

  function unmark() {
    for (const mark of document.querySelectorAll("mark.search-mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  /** Marks the words of a query in the page's text; Escape takes the marks away. */
  S.markPage = async (text) => {
    const root = document.querySelector("main article") || document.querySelector("main") || document.body;
    let words = S.markedWords(text);
    if (markAll(root, words).size < words.length) {
      // Perhaps the page has a word in traditional characters: only the index has their table.
      await S.open();
      unmark();
      words = S.markedWords(text);
      markAll(root, words);
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) unmark();
    });
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
