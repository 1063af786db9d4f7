// Results as elements. Everything that was found is put on the page as text, never as markup.
"use strict";
(function (S) {
  /** An element with attributes and children; children that are texts stay texts. */
  S.element = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  /** A string of the interface, its `{names}` filled. */
  S.say = (key, values) => ((S.ui || {})[key] || "").replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));

  /** `[text, marked]` parts as nodes. */
  S.written = (parts) => parts.map(([text, marked]) => (marked ? S.element("mark", null, text) : document.createTextNode(text)));

  /** Where a result leads: the page, its heading, and the words to be marked there. */
  S.href = (item, id, marks) =>
    (S.root || "") + item.url.split("/").map(encodeURIComponent).join("/") +
    (marks ? "?mark=" + encodeURIComponent(marks) : "") + (id ? "#" + encodeURIComponent(id) : "");

  const separated = (nodes) => nodes.flatMap((node, at) => (at ? [document.createTextNode(" · "), node] : [node]));

  function line(kind, parts) {
    return parts.length ? S.element("span", { class: kind }, ...S.written(parts)) : null;
  }

  /** The links of one result: the page, then its sections. */
  S.resultLinks = (item, marks) => {
    const about = [...item.aliases, ...item.terms].map((text) => document.createTextNode(text));
    // A page that is found by its text alone is opened where the text is.
    const first = item.titled || item.excerpt.length || !item.sections.length ? "" : item.sections[0].id;
    const page = S.element(
      "a",
      { class: "search-hit", href: S.href(item, first, marks) },
      S.element("span", { class: "search-title" }, ...S.written(item.title)),
      about.length ? S.element("span", { class: "search-about" }, ...separated(about)) : null,
      line("search-excerpt", item.excerpt)
    );
    const sections = item.sections.map((section) =>
      S.element(
        "a",
        { class: "search-hit search-section", href: S.href(item, section.id, marks) },
        S.element("span", { class: "search-heading" }, ...S.written(section.heading)),
        line("search-excerpt", section.excerpt)
      )
    );
    return [page, ...sections];
  };

  const languageName = (code) => (S.languages || {})[code] || code;

  /** The filters as buttons: languages, then terms by taxonomy. `chosen` is called with what is now chosen. */
  S.filters = (search, chosen) => {
    const rows = [];
    const button = (text, count, on, act) => {
      const label = count === null ? [text] : [text, S.element("span", { class: "search-count" }, " " + count)];
      const element = S.element("button", { type: "button", class: "search-chip", "aria-pressed": String(on) }, ...label);
      element.addEventListener("click", act);
      return element;
    };
    const others = search.languages.filter(({ code }) => code !== search.language);
    if (search.languages.length > 1 || (search.language && others.length)) {
      rows.push(
        S.element(
          "div",
          { class: "search-filter", role: "group", "aria-label": S.say("language") },
          button(S.say("all-languages"), null, !search.language, () => chosen({ language: null })),
          ...search.languages.map(({ code, count }) =>
            button(languageName(code), count, search.language === code, () => chosen({ language: code }))
          )
        )
      );
    }
    for (const { facet, terms } of search.facets) {
      if (terms.length < 2 && !terms.some(({ on }) => on)) continue;
      const title = search.index.titleOf(facet, S.language);
      const shown = [...terms].sort((a, b) => b.on - a.on || b.count - a.count).slice(0, 12);
      rows.push(
        S.element(
          "div",
          { class: "search-filter", role: "group", "aria-label": title },
          S.element("span", { class: "search-filter-title", "aria-hidden": "true" }, title),
          ...shown.map(({ term, count, on }) =>
            button(search.index.titleOf(term, S.language), count, on, () => chosen({ term: term.number, on: !on }))
          )
        )
      );
    }
    return rows;
  };

  /** What was chosen applied to what was chosen before. */
  S.choose = (before, change) => {
    if ("language" in change) return { ...before, language: change.language };
    const terms = before.terms.filter((number) => number !== change.term);
    return { ...before, terms: change.on ? terms.concat(change.term) : terms };
  };

  /** One sentence on what was found. */
  S.summary = (search) => {
    if (search.query.words.length === 0 && search.candidates.length === 0) return "";
    const sure = search.verified.length + search.rest;
    if (sure === 0) return search.related.length ? S.say("none-related", { q: search.query.text.trim() }) : S.say("none", { q: search.query.text.trim() });
    return S.say("results", { n: sure });
  };

  /** Calls `run` with the text of an input whenever it changes, not while an input method composes. */
  S.onTyping = (input, wait, run) => {
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => run(input.value), wait);
    };
    input.addEventListener("input", (event) => {
      if (!event.isComposing) later();
    });
    input.addEventListener("compositionend", later);
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
