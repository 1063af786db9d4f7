// What components of the text gain by a script: tabs side by side, pictures that can be enlarged, footnotes where they are
// mentioned, links to headings that can be copied, figures in another order. Without it all of it can be read.
(function () {
  "use strict";
  var root = document.documentElement;
  var words = root.dataset;
  var MEMORY = "fangzhi-tabs";

  function remembered() {
    try { return JSON.parse(localStorage.getItem(MEMORY)) || []; } catch (error) { return []; }
  }

  function remember(label) {
    var labels = remembered().filter(function (other) { return other !== label; });
    labels.unshift(label);
    // A browser may refuse storage to pages on disk; the choice then lasts for this page.
    try { localStorage.setItem(MEMORY, JSON.stringify(labels.slice(0, 20))); } catch (error) { /* see above */ }
  }

  // Every group of tabs that has a tab of this name shows it.
  var groups = [];
  function choose(label, moved) {
    var before = moved && moved.getBoundingClientRect().top;
    groups.forEach(function (group) {
      if (group.labels.indexOf(label) >= 0) group.show(group.labels.indexOf(label));
    });
    if (moved) scrollBy(0, moved.getBoundingClientRect().top - before);
  }

  function tabs() {
    document.querySelectorAll(".tabs").forEach(function (box, number) {
      var panels = Array.from(box.children).filter(function (child) { return child.classList.contains("tab"); });
      if (!panels.length) return;
      var list = document.createElement("div");
      list.className = "tab-list";
      list.setAttribute("role", "tablist");
      var buttons = panels.map(function (panel, at) {
        var title = panel.querySelector(".tab-title");
        var button = document.createElement("button");
        button.type = "button";
        button.innerHTML = title.innerHTML;
        button.id = "tab-" + number + "-" + at;
        panel.id = panel.id || button.id + "-panel";
        button.setAttribute("role", "tab");
        button.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", button.id);
        list.append(button);
        return button;
      });
      var group = { labels: buttons.map(function (button) { return button.textContent.trim(); }) };
      group.show = function (chosen) {
        buttons.forEach(function (button, at) {
          button.setAttribute("aria-selected", String(at === chosen));
          button.tabIndex = at === chosen ? 0 : -1;
          if (at === chosen) panels[at].removeAttribute("hidden");
          else panels[at].setAttribute("hidden", "until-found");
        });
      };
      function pick(at) {
        remember(group.labels[at]);
        group.show(at);
        choose(group.labels[at], box);
      }
      buttons.forEach(function (button, at) {
        button.addEventListener("click", function () { pick(at); });
        button.addEventListener("keydown", function (event) {
          var steps = { ArrowRight: 1, ArrowLeft: -1 };
          var next = event.key in steps ? at + steps[event.key] : event.key === "Home" ? 0 : event.key === "End" ? -1 : null;
          if (next === null) return;
          event.preventDefault();
          next = (next + buttons.length) % buttons.length;
          buttons[next].focus();
          pick(next);
        });
        panels[at].addEventListener("beforematch", function () { group.show(at); });
      });
      box.prepend(list);
      box.classList.add("is-live");
      groups.push(group);
      var known = remembered().map(function (label) { return group.labels.indexOf(label); });
      known = known.filter(function (at) { return at >= 0; });
      group.show(known.length ? known[0] : 0);
    });
    addEventListener("hashchange", showTarget);
    showTarget();
  }

  // A link may lead into a tab that is not shown.
  function showTarget() {
    var target = null, id = location.hash.slice(1);
    if (!id) return;
    try { target = document.getElementById(decodeURIComponent(id)); } catch (error) { return; }
    var panel = target && target.closest(".tab[hidden]");
    if (!panel) return;
    for (; panel; panel = panel.parentElement.closest(".tab[hidden]")) {
      document.getElementById(panel.getAttribute("aria-labelledby")).click();
    }
    target.scrollIntoView();
  }

  function enlarge() {
    if (!window.HTMLDialogElement) return;
    document.querySelectorAll(".prose img").forEach(function (picture) {
      if (picture.closest("a, button")) return;
      function prepare() {
        // Of several files the browser gives the size at which it shows them; the attribute says how large the picture is.
        var whole = Number(picture.getAttribute("width")) || picture.naturalWidth;
        if (!picture.clientWidth || whole < picture.clientWidth * 1.2 || picture.closest("button")) return;
        var button = document.createElement("button");
        button.type = "button";
        button.className = "enlarge";
        ["only-light", "only-dark"].forEach(function (mode) {
          if (picture.classList.contains(mode)) button.classList.add(mode);
        });
        button.setAttribute("aria-label", words.enlarge + (picture.alt ? ": " + picture.alt : ""));
        picture.replaceWith(button);
        button.append(picture);
        button.addEventListener("click", function () { show(picture); });
      }
      if (picture.complete) prepare();
      else picture.addEventListener("load", prepare, { once: true });
    });
  }

  function show(picture) {
    var box = document.createElement("dialog");
    var close = document.createElement("button");
    var copy = new Image();
    box.className = "lightbox";
    box.setAttribute("aria-label", picture.alt || words.enlarge);
    close.type = "button";
    close.textContent = words.close;
    copy.src = picture.src;
    copy.alt = picture.alt;
    box.append(close, copy);
    var caption = picture.closest("figure");
    caption = caption && caption.querySelector("figcaption");
    if (caption) {
      var text = document.createElement("p");
      text.textContent = caption.textContent;
      box.append(text);
    }
    box.addEventListener("click", function () { box.close(); });
    box.addEventListener("close", function () { box.remove(); });
    document.body.append(box);
    box.showModal();
  }

  // Footnotes, and what the glossary says of a term, beside the word while the pointer or the focus is on it.
  function notes() {
    var pop = null;
    var titled = null;
    function hide() {
      if (pop) pop.remove();
      if (titled) titled.title = titled.dataset.title;
      pop = titled = null;
    }
    function footnote(link) {
      var note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!note) return false;
      Array.from(note.childNodes).forEach(function (child) { pop.append(child.cloneNode(true)); });
      pop.querySelectorAll(".footnote-back").forEach(function (back) { back.remove(); });
      pop.querySelectorAll("[id]").forEach(function (named) { named.removeAttribute("id"); });
      // It goes away with the pointer: nothing in it can be reached.
      pop.querySelectorAll("a").forEach(function (inner) { inner.removeAttribute("href"); });
      return true;
    }
    function open(link) {
      hide();
      pop = document.createElement("div");
      pop.className = "note-pop";
      pop.setAttribute("aria-hidden", "true");
      if (link.title) {
        // The browser's own small window would say the same a second later.
        pop.textContent = link.dataset.title = link.title;
        titled = link;
        link.title = "";
      } else if (!footnote(link)) return;
      document.body.append(pop);
      var at = link.getBoundingClientRect();
      var left = Math.min(at.left - 16, root.clientWidth - pop.offsetWidth - 16);
      var below = at.bottom + 8 + pop.offsetHeight < window.innerHeight || at.top < pop.offsetHeight + 8;
      pop.style.left = Math.max(16, left) + scrollX + "px";
      pop.style.top = (below ? at.bottom + 8 : at.top - pop.offsetHeight - 8) + scrollY + "px";
    }
    document.querySelectorAll(".footnote-ref a, .term, .prose abbr[title]").forEach(function (link) {
      link.addEventListener("pointerenter", function (event) { if (event.pointerType === "mouse") open(link); });
      link.addEventListener("pointerleave", hide);
      link.addEventListener("focus", function () { if (link.matches(":focus-visible")) open(link); });
      link.addEventListener("blur", hide);
      link.addEventListener("click", hide);
    });
    addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  }

  function copyHeadings() {
    if (!navigator.clipboard) return;
    document.querySelectorAll(".prose .anchor").forEach(function (anchor) {
      anchor.addEventListener("click", function () {
        navigator.clipboard.writeText(anchor.href).then(function () {
          anchor.classList.add("is-copied");
          anchor.textContent = words.copied;
          setTimeout(function () {
            anchor.classList.remove("is-copied");
            anchor.textContent = "#";
          }, 1600);
        }, function () { /* The link itself was followed all the same. */ });
      });
    });
  }

  // The figures of an indicator in another order: up, down, and as they were. What is not given stays last.
  function sortFigures() {
    var order = new Intl.Collator(root.lang, { numeric: true });
    function key(row, column, isNumeric) {
      var cell = row.cells[column];
      if (cell.matches(".period")) return ((cell.dataset.period || "").match(/\d{4}(-\d\d)*/g) || [null]).pop();
      if (isNumeric) return cell.dataset.number ? parseFloat(cell.dataset.number) : null;
      return cell.querySelector(".none") ? null : cell.textContent.trim();
    }
    function compare(one, other) {
      return typeof one === "number" ? one - other : order.compare(one, other);
    }
    document.querySelectorAll("table.sortable").forEach(function (table) {
      var body = table.tBodies[0];
      var heads = Array.from(table.tHead.rows[0].cells);
      var rows = Array.from(body.rows);
      heads.forEach(function (head, column) {
        var button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.append.apply(button, Array.from(head.childNodes));
        head.append(button);
        button.addEventListener("click", function () {
          var now = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
          var to = now === undefined ? "ascending" : now;
          heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
          if (to) head.setAttribute("aria-sort", to);
          var sign = to === "descending" ? -1 : 1;
          var isNumeric = rows.some(function (row) { return row.cells[column].dataset.number; });
          var keyed = rows.map(function (row, place) {
            return { row: row, place: place, key: to ? key(row, column, isNumeric) : place };
          });
          keyed.sort(function (a, b) {
            if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
            return sign * compare(a.key, b.key) || a.place - b.place;
          });
          keyed.forEach(function (entry) { body.append(entry.row); });
        });
      });
    });
  }

  tabs();
  enlarge();
  sortFigures();
  notes();
  copyHeadings();
})();
