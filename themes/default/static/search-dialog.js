// The search as readers meet it: a dialog over any page, and the same on the search page. Everything that was found is
// put on the page as text.
"use strict";
(function (S) {
  const RECENT = "fangzhi-searches";
  const MOST_RECENT = 8;
  const opener = () => self.fangzhiData["search/open"];
  let count = 0;

  /** The reader's language: the code of the one whose tag the page has. */
  function reader() {
    const tag = document.documentElement.lang;
    return Object.keys(opener().languages).find((code) => opener().languages[code][1] === tag) || Object.keys(opener().languages)[0];
  }

  const say = (key, values = {}) =>
    ((opener().words[reader()] || {})["search" + (key && "-" + key)] || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const parts = (list) => list.map(({ text, marked }) => (marked ? make("mark", {}, text) : text));

  function recent(change) {
    try {
      const known = JSON.parse(localStorage.getItem(RECENT) || "[]").filter((text) => typeof text === "string");
      if (change) localStorage.setItem(RECENT, JSON.stringify(change(known).slice(0, MOST_RECENT)));
      return known;
    } catch (error) {
      // A browser may refuse storage to pages on disk; then nothing is remembered.
      return [];
    }
  }

  const remember = (text) => recent((known) => [text, ...known.filter((other) => other !== text)]);

  /** A field, its filters and what was found, inside of `box`. */
  class Panel {
    constructor(box) {
      this.id = "search-" + ++count;
      this.turn = 0;
      this.chosen = -1;
      this.options = [];
      this.filters = [];
      this.input = make("input", {
        type: "text", role: "combobox", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
        enterkeyhint: "search", inputmode: "search", placeholder: say("hint"), "aria-label": say("hint"),
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id + "-list",
      });
      this.list = make("div", { id: this.id + "-list", role: "listbox", "aria-label": say("results"), class: "search-list", hidden: "" });
      this.status = make("p", { class: "search-status", role: "status" });
      this.more = make("button", { type: "button", class: "search-more", hidden: "" }, say("more"));
      this.row = make("div", { class: "search-filters", hidden: "" });
      this.body = make("div", { class: "search-body" }, this.status, this.list, this.more);
      this.form = make("div", { class: "search-field" }, this.input);
      box.append(this.form, this.row, this.body);
      this.input.addEventListener("input", (event) => !event.isComposing && this.search());
      this.input.addEventListener("compositionend", () => this.search());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.more.addEventListener("click", () => this.showMore());
      this.list.addEventListener("click", (event) => this.click(event));
      this.ready = S.open().then((index) => this.fillFilters(index), () => this.fail());
    }

    fail() {
      this.status.textContent = say("failed");
    }

    fillFilters(index) {
      const add = (name, label, choices) => {
        if (choices.length < 2) return;
        const select = make("select", { "aria-label": label }, make("option", { value: "" }, label), ...choices);
        select.addEventListener("change", () => this.search());
        this.filters.push({ name, select });
        this.row.append(select);
      };
      const used = new Set(index.termsOf.flat());
      for (const facet of index.facets) {
        const terms = facet.terms.filter((term) => used.has(term.number));
        add(facet.name, index.titleOf(facet, reader()), terms.map((term) => make("option", { value: term.number }, index.titleOf(term, reader()))));
      }
      const spoken = index.languages.filter((code) => index.language.includes(code));
      add("", say("language"), spoken.map((code) => make("option", { value: code, lang: opener().languages[code][1] }, opener().languages[code][0])));
      this.row.hidden = this.filters.length === 0;
    }

    /** The language and the terms that are chosen. */
    filtered() {
      const options = { reader: reader(), terms: [] };
      for (const { name, select } of this.filters) {
        select.classList.toggle("is-set", select.value !== "");
        if (select.value === "") continue;
        if (name) options.terms.push(Number(select.value));
        else options.language = select.value;
      }
      return options;
    }

    /** Searches for what stands in the field; an answer that comes too late is dropped. */
    async search() {
      const turn = ++this.turn;
      const text = this.input.value.trim();
      const options = this.filtered();
      if (text === "" && !options.language && options.terms.length === 0) return this.showRecent();
      try {
        const finding = await S.find(text, options);
        if (turn === this.turn) this.show(finding);
      } catch (error) {
        if (turn === this.turn) this.fail();
      }
    }

    async showMore() {
      const turn = ++this.turn;
      await this.finding.more();
      if (turn === this.turn) this.show(this.finding, this.chosen);
    }

    showRecent() {
      this.finding = null;
      this.clear();
      const known = recent();
      this.status.textContent = known.length ? "" : say("empty");
      if (!known.length) return;
      const group = this.group(say("recent"));
      for (const text of known) group.append(this.option("div", { class: "search-recent", "data-recent": text }, text));
      const clear = this.option("div", { class: "search-recent search-clear", "data-clear": "" }, say("clear"));
      group.append(clear);
      this.open(-1);
    }

    clear() {
      this.options = [];
      this.list.replaceChildren();
      this.list.hidden = true;
      this.more.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.choose(-1);
    }

    group(label) {
      const id = this.id + "-group-" + this.list.childElementCount;
      const group = make("div", { role: "group", class: "search-group", "aria-labelledby": id }, make("div", { class: "search-caption", id, role: "presentation" }, label));
      this.list.append(group);
      return group;
    }

    option(tag, attributes, ...children) {
      const option = make(tag, { ...attributes, role: "option", id: this.id + "-option-" + this.options.length, "aria-selected": "false", tabindex: tag === "a" ? "-1" : null }, ...children);
      this.options.push(option);
      return option;
    }

    open(chosen) {
      this.list.hidden = this.options.length === 0;
      this.input.setAttribute("aria-expanded", String(this.options.length > 0));
      this.choose(Math.min(chosen, this.options.length - 1));
    }

    show(finding, chosen = 0) {
      const top = this.body.scrollTop;
      this.finding = finding;
      this.clear();
      for (const page of finding.shown) this.showPage(page, this.list);
      if (finding.related.length) {
        const label = finding.shown.length ? "related" : "nearest";
        this.list.append(make("div", { class: "search-related", role: "presentation" }, say(label)));
        for (const page of finding.related) this.showPage(page, this.list);
      }
      const some = finding.exact ? finding.shown.length + finding.rest.length : 0;
      this.status.textContent = some === 1 ? say("count-one") : some ? say("count", { n: some }) : say("nothing", { text: this.input.value.trim() });
      this.more.hidden = finding.rest.length === 0;
      this.list.dataset.text = finding.query.text;
      this.open(chosen);
      this.body.scrollTop = chosen > 0 ? top : 0;
    }

    showPage(page, list) {
      const tag = opener().languages[page.language][1];
      const address = (id) => S.address(page.url, page.marks, id);
      const id = this.id + "-page-" + page.page + "-" + this.options.length;
      const group = make("div", { role: "group", class: "search-group", "aria-labelledby": id, lang: tag });
      const about = page.terms.join(" · ");
      const title = this.option("a", { class: "search-title", href: address("") }, make("span", { id, class: "search-name" }, ...parts(page.title)));
      if (about) title.append(make("span", { class: "search-about" }, about));
      if (page.opening.length) title.append(make("span", { class: "search-text" }, ...parts(page.opening)));
      group.append(title);
      for (const place of page.places) {
        const text = make("span", { class: "search-text" }, ...parts(place.text));
        if (!place.id) {
          title.append(text);
          continue;
        }
        const heading = make("span", { class: "search-heading" }, ...parts(place.heading));
        group.append(this.option("a", { class: "search-place", href: address(place.id) }, heading, text));
      }
      list.append(group);
    }

    choose(at) {
      const before = this.options[this.chosen];
      if (before) before.setAttribute("aria-selected", "false");
      this.chosen = at;
      const now = this.options[at];
      if (!now) return this.input.removeAttribute("aria-activedescendant");
      now.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    }

    key(event) {
      // Keys that choose among an input method's candidates are not for us.
      if (event.isComposing || event.keyCode === 229) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps && this.options.length) {
        event.preventDefault();
        this.choose((this.chosen + steps[event.key] + this.options.length) % this.options.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        const option = this.options[this.chosen] || (this.finding && this.options[0]);
        if (option) this.follow(option, event.ctrlKey || event.metaKey);
      }
    }

    click(event) {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      if (!option.href) {
        event.preventDefault();
        this.input.focus();
        this.follow(option, false);
      } else if (this.input.value.trim()) remember(this.input.value.trim());
    }

    follow(option, apart) {
      if (option.dataset.clear !== undefined) {
        recent(() => []);
        this.showRecent();
      } else if (option.dataset.recent !== undefined) {
        this.input.value = option.dataset.recent;
        this.search();
      } else {
        if (this.input.value.trim()) remember(this.input.value.trim());
        if (apart) window.open(option.href);
        else {
          if (this.onfollow) this.onfollow();
          location.href = option.href;
        }
      }
    }
  }

  /** Where a page stands, with the words to be marked on it and a heading of it. */
  const address = (url, marks, id) => {
    const query = marks ? "?q=" + encodeURIComponent(marks) : "";
    return S.root + url.split("/").map(encodeURIComponent).join("/") + query + (id ? "#" + encodeURIComponent(id) : "");
  };
  S.address = S.address || address;

  let dialog = null;

  /** Opens the dialog, with what was typed while it was loading. */
  S.openDialog = (typed) => {
    if (!dialog) {
      const box = make("dialog", { class: "search-dialog", "aria-label": say("") });
      document.body.append(box);
      const panel = new Panel(box);
      const close = make("button", { type: "button", class: "search-close" }, say("close"));
      close.addEventListener("click", () => box.close());
      panel.form.append(close);
      const keys = [["↑ ↓", "keys-choose"], ["↵", "keys-open"], ["Esc", "keys-close"]];
      const help = make("p", { class: "search-keys", "aria-hidden": "true" }, ...keys.map(([key, word]) => make("span", {}, make("kbd", {}, key), " " + say(word))));
      const all = make("a", { class: "search-all", href: document.querySelector("[data-search]").href }, say("all"));
      panel.input.addEventListener("input", () => {
        const text = panel.input.value.trim();
        all.href = document.querySelector("[data-search]").href + (text ? "?q=" + encodeURIComponent(text) : "");
      });
      box.append(make("div", { class: "search-foot" }, help, all));
      panel.onfollow = () => box.close();
      box.addEventListener("click", (event) => event.target === box && box.close());
      dialog = { box, panel };
    }
    // A page that was brought up to date in place may have lost what no file of it has.
    if (!dialog.box.isConnected) document.body.append(dialog.box);
    if (!dialog.box.open) dialog.box.showModal();
    const { input } = dialog.panel;
    input.focus();
    if (typed) {
      input.value = typed;
      input.dispatchEvent(new Event("input"));
    } else {
      input.select();
      dialog.panel.search();
    }
    return dialog.panel;
  };

  /** Puts the search on the search page: what stands behind `?q=` in its address is searched at once. */
  S.openPage = (box) => {
    const panel = new Panel(box);
    box.hidden = false;
    panel.input.value = S.asked || new URLSearchParams(location.search).get("q") || "";
    if (panel.input.value) panel.ready.then(() => panel.search());
    return panel;
  };
})((self.fangzhiSearch = self.fangzhiSearch || {}));
