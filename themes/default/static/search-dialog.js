// The dialog: a combobox over the results, for keyboard, input methods, screen readers and thumbs.
"use strict";
(function (S) {
  const RECENT = 6;
  let parts = null;
  let chosen = { language: null, terms: [] };
  let turn = 0;
  let active = -1;

  const key = () => "fangzhi-search " + new URL(S.meta.replace(/[?#].*$/, ""), location.href).href;

  /** What was searched before; nothing depends on it, for a browser may keep it, share it or refuse it. */
  function recent() {
    try {
      const kept = JSON.parse(localStorage.getItem(key()) || "[]");
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, RECENT) : [];
    } catch {
      return [];
    }
  }

  function remember(text) {
    const own = text.trim();
    if (own === "") return;
    try {
      localStorage.setItem(key(), JSON.stringify([own, ...recent().filter((other) => other !== own)].slice(0, RECENT)));
    } catch {
      // A browser that keeps nothing searches as well.
    }
  }

  function forgetAll() {
    try {
      localStorage.removeItem(key());
    } catch {
      // As above.
    }
    show("");
  }

  function build(link) {
    const input = S.element("input", {
      type: "search", name: "q", class: "search-input", role: "combobox", "aria-expanded": "false", "aria-controls": "search-list",
      "aria-autocomplete": "list", "aria-label": S.say("label"), placeholder: S.say("placeholder"), autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const close = S.element("button", { type: "button", class: "search-close" }, S.say("close"));
    const form = S.element("form", { class: "search-bar", role: "search", action: link ? link.href : "", method: "get" }, input, close);
    const filters = S.element("div", { class: "search-filters" });
    const list = S.element("div", { class: "search-list", id: "search-list", role: "listbox", "aria-label": S.say("list") });
    const more = S.element("button", { type: "button", class: "search-more", hidden: true }, S.say("more"));
    const status = S.element("p", { class: "search-status", role: "status" });
    const keys = S.element("p", { class: "search-keys", "aria-hidden": "true" }, S.say("keys"));
    const scroll = S.element("div", { class: "search-scroll" }, list, more);
    const dialog = S.element("dialog", { class: "search-dialog", "aria-label": S.say("label") }, form, filters, status, scroll, keys);
    parts = { dialog, form, input, filters, list, more, status, scroll };
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    // A click beside the dialog closes it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => document.documentElement.classList.remove("search-is-open"));
    input.addEventListener("keydown", onKey);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      openActive(event);
    });
    list.addEventListener("click", (event) => event.target.closest("a") && remember(input.value));
    list.addEventListener("pointermove", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) activate(options().indexOf(option), false);
    });
    S.onTyping(input, 60, show);
  }

  const options = () => Array.from(parts.list.querySelectorAll("[role=option]"));

  function activate(at, scroll) {
    const all = options();
    active = all.length ? (at + all.length) % all.length : -1;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
    if (active < 0) return parts.input.removeAttribute("aria-activedescendant");
    parts.input.setAttribute("aria-activedescendant", all[active].id);
    if (scroll) all[active].scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    // Arrows, Enter and Escape belong to the input method while it composes.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      activate(active + (event.key === "ArrowDown" ? 1 : -1), true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      openActive(event);
    } else if (event.key === "Escape") {
      event.preventDefault();
      parts.dialog.close();
    }
  }

  function openActive(event) {
    const option = options()[active];
    if (!option) return;
    if (option.href && (event.ctrlKey || event.metaKey)) {
      remember(parts.input.value);
      window.open(option.href, "_blank", "noopener");
    } else option.click();
  }

  /** Puts groups of options into the list, the first of them chosen. */
  function fill(groups) {
    const nodes = [];
    for (const group of groups) {
      if (group.label) nodes.push(S.element("p", { class: "search-label", role: "presentation" }, group.label));
      for (const item of group.items) nodes.push(S.element("div", { class: "search-result", role: "group", "aria-label": item.label }, ...item.links));
    }
    parts.list.replaceChildren(...nodes);
    options().forEach((option, at) => (option.id = "search-option-" + at));
    parts.input.setAttribute("aria-expanded", String(nodes.length > 0));
    parts.list.hidden = nodes.length === 0;
    activate(0, false);
  }

  const asOption = (element) => {
    element.setAttribute("role", "option");
    element.tabIndex = -1;
    return element;
  };

  const asItems = (items, marks) => items.map((item) => ({ label: item.name, links: S.resultLinks(item, marks).map(asOption) }));

  function showRecent() {
    const texts = recent();
    const entry = (text, act, kind) => {
      const element = asOption(S.element("div", { class: "search-hit " + kind }, text));
      element.addEventListener("click", act);
      return { label: text, links: [element] };
    };
    const again = (text) => () => {
      parts.input.value = text;
      parts.input.focus();
      show(text);
    };
    const items = texts.map((text) => entry(text, again(text), "search-recent"));
    if (items.length) items.push(entry(S.say("clear"), forgetAll, "search-clear"));
    fill(items.length ? [{ label: S.say("recent"), items }] : []);
    parts.filters.replaceChildren();
    parts.more.hidden = true;
    parts.status.textContent = "";
  }

  function showSearch(search, keep) {
    const marks = search.query.marks;
    const groups = [{ items: asItems(search.verified, marks) }];
    if (search.related.length) groups.push({ label: S.say("related"), items: asItems(search.related, marks) });
    const before = active;
    fill(groups);
    if (keep) activate(before, false);
    else parts.scroll.scrollTop = 0;
    parts.status.textContent = S.summary(search);
    parts.filters.replaceChildren(
      ...S.filters(search, (change) => {
        chosen = S.choose({ ...chosen, language: search.language }, change);
        show(parts.input.value);
        parts.input.focus();
      })
    );
    parts.more.hidden = search.rest === 0;
    parts.more.onclick = async () => {
      await search.advance();
      showSearch(search, true);
    };
  }

  /** Shows what a text finds: titles at once, then all. */
  async function show(text) {
    const own = ++turn;
    if (text.trim() === "") return showRecent();
    const slow = setTimeout(() => own === turn && (parts.status.textContent = S.say("loading")), 250);
    try {
      const index = await S.open();
      if (own !== turn) return;
      if (chosen.terms.length === 0) {
        const titles = S.titles(index, text, chosen);
        if (titles.length) fill([{ items: asItems(titles, "") }]);
      }
      const search = await S.search(text, chosen);
      if (own === turn) showSearch(search, false);
    } catch {
      if (own !== turn) return;
      fill([]);
      parts.status.textContent = S.say("failed");
    } finally {
      clearTimeout(slow);
    }
  }

  /** Opens the dialog; the link in the header is what it goes back to. */
  S.openDialog = (link) => {
    if (!parts) build(link);
    if (parts.dialog.open) return parts.input.select();
    chosen = { language: S.language || null, terms: [] };
    document.documentElement.classList.add("search-is-open");
    parts.dialog.showModal();
    parts.input.focus();
    parts.input.select();
    show(parts.input.value);
    S.open().catch(() => {});
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
