// The page of the search, `search.html?q=…`: the same results as a plain list that can be linked.
"use strict";
(function (S) {
  let turn = 0;
  let chosen = null;

  const list = (items, marks) =>
    S.element(
      "ol",
      { class: "search-results" },
      ...items.map((item) => S.element("li", { class: "search-result" }, ...S.resultLinks(item, marks)))
    );

  function build(place) {
    const form = place.querySelector("form") || document.querySelector("main form[role=search]") || S.element("form", { role: "search", method: "get" });
    const input = form.querySelector("input") || S.element("input", { type: "search", name: "q", autocomplete: "off" });
    input.classList.add("search-input");
    if (!input.labels || input.labels.length === 0) input.setAttribute("aria-label", S.say("label"));
    if (!input.placeholder) input.placeholder = S.say("placeholder");
    if (!input.isConnected) form.append(input);
    form.classList.add("search-bar");
    form.hidden = false;
    const status = S.element("p", { class: "search-status", role: "status" });
    const filters = S.element("div", { class: "search-filters" });
    const found = S.element("div", { class: "search-found" });
    const more = S.element("button", { type: "button", class: "search-more", hidden: true }, S.say("more"));
    if (!form.isConnected) place.append(form);
    place.append(filters, status, found, more);
    place.hidden = false;
    return { input, filters, status, found, more };
  }

  function fill(parts, search) {
    const related = search.related.length
      ? [S.element("h2", { class: "search-label" }, S.say("related")), list(search.related, search.query.marks)]
      : [];
    parts.found.replaceChildren(...(search.verified.length ? [list(search.verified, search.query.marks)] : []), ...related);
    parts.status.textContent = S.summary(search);
    parts.filters.replaceChildren(
      ...S.filters(search, (change) => {
        chosen = S.choose({ ...chosen, language: search.language }, change);
        show(parts, parts.input.value);
      })
    );
    parts.more.hidden = search.rest === 0;
    parts.more.onclick = async () => {
      await search.advance();
      fill(parts, search);
    };
  }

  async function show(parts, text) {
    const own = ++turn;
    if (text.trim() === "") {
      parts.found.replaceChildren();
      parts.filters.replaceChildren();
      parts.status.textContent = "";
      parts.more.hidden = true;
      return;
    }
    try {
      const search = await S.search(text, chosen);
      if (own === turn) fill(parts, search);
    } catch {
      if (own === turn) parts.status.textContent = S.say("failed");
    }
  }

  /** Fills the page of the search, with what the address asks for. */
  S.searchPage = (place) => {
    chosen = { language: S.language || null, terms: [] };
    const parts = build(place);
    const asked = new URLSearchParams(location.search).get("q") || "";
    parts.input.value = asked;
    S.onTyping(parts.input, 120, (text) => show(parts, text));
    return show(parts, asked);
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
