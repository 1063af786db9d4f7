// What the pages do beyond being read: the colour switch, the place in the table of contents, copying code,
// the way to the search. Everything here is a nicety; without it the pages are complete.
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

  // The search is in scripts of its own, which come when they are first needed: the dialog on the key or the button,
  // the search page, and a page that was found.
  function search() {
    var link = document.querySelector("[data-search]");
    var box = document.querySelector("[data-search-page]");
    if (!link) return;
    var opener = new URL(link.dataset.search, document.baseURI).href;
    var data = window.fangzhiData = window.fangzhiData || {};
    var engine = window.fangzhiSearch = window.fangzhiSearch || {};
    engine.root = opener.replace(/search\/open\.js.*$/, "");

    function bring(address, done) {
      // A site that is one file has its scripts at hand.
      if (engine.bring) return engine.bring(address.slice(engine.root.length), done);
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      document.head.append(script);
    }
    function bringAll(addresses, done) {
      if (addresses.length) bring(engine.root + addresses[0], function () { bringAll(addresses.slice(1), done); });
      else done();
    }
    function prepare(names, done) {
      function all() {
        var open = data["search/open"];
        var style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = engine.root + open.style;
        var scripts = names ? open.scripts.concat(open.mark).filter(function (path) {
          return names.some(function (name) { return path.indexOf(name) >= 0; });
        }) : open.scripts;
        if (names || engine.bring) bringAll(scripts, done);
        else {
          style.onload = function () { bringAll(scripts, done); };
          document.head.append(style);
        }
      }
      if (data["search/open"]) all();
      else bring(opener, all);
    }

    var state = "away";
    var typed = "";
    function open() {
      if (state === "there") return engine.openDialog("");
      if (state === "coming") return;
      state = "coming";
      prepare(null, function () {
        state = "there";
        engine.openDialog(typed);
      });
    }
    if (box) prepare(null, function () { engine.openPage(box); });
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (box) box.querySelector("input").focus();
      else open();
    });
    addEventListener("keydown", function (event) {
      var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      var plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      var called = event.key === "/" ? plain && !typing : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (event.defaultPrevented || event.isComposing) return;
      if (state === "coming" && plain && event.key.length === 1) {
        // What is typed before the field is there is not lost.
        event.preventDefault();
        typed += event.key;
      } else if (called) {
        event.preventDefault();
        link.click();
      }
    });

    var found = engine.asked || new URLSearchParams(location.search).get("q");
    if (found && !box) {
      prepare(["search-normalise", "search-data", "search-query", "search-mark"], function () { engine.mark(found); });
    }
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
  search();
  keepPlace();
  showCurrent();
})();
