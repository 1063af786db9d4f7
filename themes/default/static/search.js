// The door to the search: opens it at a click, `/` or Ctrl-K, and loads nothing else before that.
"use strict";
(function (S) {
  const PARTS = ["normalise", "data", "index", "query", "pinyin", "lookup", "excerpt", "page-item", "engine", "view", "dialog",
    "results", "mark"];
  const own = document.currentScript;
  let loading = null;

  function script(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      // Loaded side by side, run one after the other.
      element.async = false;
      element.onload = resolve;
      element.onerror = () => reject(new Error("search: cannot load " + address));
      document.head.append(element);
    });
  }

  function style(address) {
    return new Promise((resolve) => {
      const element = document.createElement("link");
      element.rel = "stylesheet";
      element.href = address;
      element.onload = element.onerror = resolve;
      document.head.append(element);
    });
  }

  /** The rest of the search, loaded once; what is in the page already is not asked for. */
  S.ready = () => {
    if (!loading) {
      const beside = (name) => (own ? own.src.replace(/search\.js/, name) : name);
      const scripts = S.scripts || PARTS.map((part) => beside("search-" + part + ".js"));
      const styles = S.style === undefined ? [beside("search.css")] : [S.style].filter(Boolean);
      loading = Promise.all([...(S.search ? [] : scripts.map(script)), ...styles.map(style)]);
      loading.catch(() => (loading = null));
    }
    return loading;
  };

  const link = () => document.querySelector("[data-search]");

  /** Opens the dialog; where that fails, the page of the search. */
  function open() {
    const here = document.querySelector("#search-results input");
    if (here) return here.select();
    S.ready().then(
      () => S.openDialog(link()),
      () => link() && location.assign(link().href)
    );
  }

  const typing = (target) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest && event.target.closest("[data-search]");
    if (!opener || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });

  window.addEventListener(
    "keydown",
    (event) => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
      const letter = (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if ((!slash && !letter) || event.isComposing || event.defaultPrevented || !link()) return;
      event.preventDefault();
      open();
    },
    true
  );

  function start() {
    const opener = link();
    // What is about to be used is fetched a moment earlier.
    if (opener) ["pointerenter", "focus"].forEach((kind) => opener.addEventListener(kind, () => S.ready().catch(() => {}), { once: true }));
    const results = document.getElementById("search-results");
    if (results) S.ready().then(() => S.searchPage(results)).catch(() => {});
    const marks = new URLSearchParams(location.search).get("mark");
    if (marks) S.ready().then(() => S.markPage(marks)).catch(() => {});
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})((self.fangzhiSearch = self.fangzhiSearch || {}));
