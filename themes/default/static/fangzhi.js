// What the pages do beyond being read: the colour switch, the place in the table of contents, copying code,
// the key of the search. Everything here is a nicety; without it the pages are complete.
(function () {
  "use strict";
  var root = document.documentElement;

  function remember(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (error) { /* A browser may refuse storage to pages on disk; the choice then lasts for this page. */ }
    return null;
  }

  function themeSwitch() {
    var button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    var order = ["auto", "light", "dark"];
    function show() {
      var now = root.dataset.theme || "auto";
      button.dataset.now = now;
      button.setAttribute("aria-label", button.getAttribute("data-label-" + now));
      button.title = button.getAttribute("data-label-" + now);
    }
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(button.dataset.now) + 1) % order.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      remember("fangzhi-theme", next === "auto" ? null : next);
      show();
    });
    show();
    button.hidden = false;
  }

  function contentsFollow() {
    var links = Array.from(document.querySelectorAll(".toc-list a"));
    var here = document.querySelector("[data-here]");
    var places = links.map(function (link) {
      return document.getElementById(decodeURIComponent(link.hash.slice(1)));
    });
    if (!links.length) return;
    var waiting = false;
    function follow() {
      waiting = false;
      var edge = parseFloat(getComputedStyle(root).scrollPaddingTop) + 8 || 96;
      var at = -1;
      places.forEach(function (place, i) {
        if (place && place.getBoundingClientRect().top <= edge) at = i;
      });
      var atEnd = window.innerHeight + window.scrollY >= root.scrollHeight - 2;
      if (atEnd && at >= 0 && root.scrollHeight > window.innerHeight * 1.5) {
        places.forEach(function (place, i) {
          if (place && place.getBoundingClientRect().top < window.innerHeight * 0.6) at = i;
        });
      }
      links.forEach(function (link, i) { link.classList.toggle("is-here", i === at); });
      if (here) here.textContent = at < 0 ? "" : links[at].textContent;
    }
    function soon() {
      if (!waiting) { waiting = true; requestAnimationFrame(follow); }
    }
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    follow();
    var panel = document.querySelector(".toc");
    panel.addEventListener("click", function (event) {
      if (event.target.closest("a") && panel.matches(":popover-open")) panel.hidePopover();
    });
  }

  function copyCode() {
    if (!navigator.clipboard) return;
    var words = root.dataset;
    document.querySelectorAll("pre.code").forEach(function (block) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(block.querySelector("code").textContent).then(function () {
          button.textContent = words.copied;
          setTimeout(function () { button.textContent = words.copy; }, 1600);
        });
      });
      block.append(button);
    });
  }

  function searchKey() {
    var link = document.querySelector("[data-search]");
    if (!link) return;
    addEventListener("keydown", function (event) {
      var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      event.preventDefault();
      link.click();
    });
  }

  // The language switch keeps the reader's place where both languages have the heading.
  function keepPlace() {
    document.querySelectorAll("[data-language]").forEach(function (link) {
      link.addEventListener("click", function () {
        // In a site that is one file, what is behind the # says which page it is.
        if (location.hash && !root.hasAttribute("data-bundle")) link.hash = location.hash;
      });
    });
  }

  function showCurrent() {
    var side = document.querySelector(".sidebar");
    var current = side && side.querySelector("[aria-current]");
    if (current && current.offsetTop > side.clientHeight - 80) side.scrollTop = current.offsetTop - side.clientHeight / 2;
  }

  themeSwitch();
  contentsFollow();
  copyCode();
  searchKey();
  keepPlace();
  showCurrent();
})();
