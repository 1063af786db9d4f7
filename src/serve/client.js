// Keeps an open page as it is on the disk: the development server puts this into every page, and nobody else does.
(function () {
  "use strict";
  var own = document.currentScript;
  var hash = own.dataset.hash;
  var number = +own.dataset.number;
  // The page as the server sent it: what other scripts add later is neither compared nor taken away.
  var sent = document.cloneNode(true);
  var source = null;
  var busy = false;
  var wanted = null;

  function listen() {
    if (source || document.visibilityState !== "visible") return;
    var query = new URLSearchParams({ path: location.pathname, hash: hash, number: number });
    source = new EventSource("/_fangzhi/news?" + query);
    source.addEventListener("state", function (event) { hear(JSON.parse(event.data)); });
  }

  // A browser has six connections to a server: pages that nobody sees must not hold one.
  function rest() {
    if (source) source.close();
    source = null;
  }

  function hear(state) {
    show(state.problems);
    if (state.number > number) swapCopied(state.copied);
    number = Math.max(number, state.number);
    if (state.hash !== hash) renew(state.hash);
  }

  function renew(to) {
    wanted = to;
    if (busy || to === hash) return;
    busy = true;
    fetch(location.href, { cache: "no-store" }).then(function (answer) {
      return answer.text();
    }).then(function (html) {
      var next = new DOMParser().parseFromString(html, "text/html");
      var tag = next.querySelector("script[data-hash][src='/_fangzhi/client.js']");
      if (!tag) return location.reload();
      busy = false;
      if (tag.dataset.hash === hash) return;
      hash = tag.dataset.hash;
      if (fixed(next) !== fixed(sent) || !sent.body || !next.body) return location.reload();
      become(next);
      sent = next;
      document.dispatchEvent(new CustomEvent("fangzhi:changed"));
      if (wanted !== hash) renew(wanted);
    }).catch(function () { busy = false; });
  }

  // What cannot be changed in place: scripts, and which style sheets there are.
  function fixed(page) {
    var code = Array.from(page.scripts, function (script) {
      return script.hasAttribute("data-hash") ? "" : script.outerHTML;
    });
    return code.concat(sheets(page).map(plain)).join("\n");
  }

  function become(next) {
    Array.from(next.documentElement.attributes).forEach(function (attribute) {
      if (sent.documentElement.getAttribute(attribute.name) !== attribute.value) {
        document.documentElement.setAttribute(attribute.name, attribute.value);
      }
    });
    sheets(document).forEach(function (old) {
      var same = sheets(next).find(function (sheet) { return plain(sheet) === plain(old); });
      if (same && same.getAttribute("href") !== old.getAttribute("href")) swap(old, same.getAttribute("href"));
    });
    patch(document.head, withoutSheets(sent.head), withoutSheets(next.head));
    patch(document.body, sent.body, next.body);
  }

  function sheets(page) { return Array.from(page.querySelectorAll("link[rel~=stylesheet]")); }

  function withoutSheets(head) {
    head = head.cloneNode(true);
    sheets(head).forEach(function (sheet) { sheet.remove(); });
    return head;
  }

  function plain(link) { return (link.getAttribute("href") || "").split("?")[0]; }

  // The old style sheet stays until the new one is there: the page is never seen without.
  function swap(old, href) {
    var link = old.cloneNode();
    link.setAttribute("href", href);
    link.addEventListener("load", function () { old.remove(); });
    link.addEventListener("error", function () { link.remove(); });
    old.after(link);
  }

  function swapCopied(paths) {
    paths.forEach(function (path) {
      var whole = "/" + path.split("/").map(encodeURIComponent).join("/");
      function at(url) {
        try { url = new URL(url, document.baseURI); } catch (error) { return false; }
        return url.host === location.host && decodeURI(url.pathname) === decodeURI(whole);
      }
      var fresh = whole + "?fresh=" + Date.now();
      sheets(document).forEach(function (link) {
        if (at(link.href)) swap(link, fresh);
      });
      document.querySelectorAll("img[src]").forEach(function (image) { if (at(image.src)) image.src = fresh; });
      if (Array.from(document.scripts).some(function (script) { return script.src && at(script.src); })) location.reload();
    });
  }

  // Changes `live` as `from` differs from `to`, and touches nothing else.
  function patch(live, from, to) {
    if (from.isEqualNode(to)) return;
    if (live.nodeType !== 1) { live.nodeValue = to.nodeValue; return; }
    Array.from(to.attributes).forEach(function (attribute) {
      if (from.getAttribute(attribute.name) !== attribute.value) live.setAttribute(attribute.name, attribute.value);
    });
    Array.from(from.attributes).forEach(function (attribute) {
      if (!to.hasAttribute(attribute.name)) live.removeAttribute(attribute.name);
    });
    children(live, from, to);
  }

  function alike(one, other) {
    return one.nodeName === other.nodeName && (one.id || "") === (other.id || "") && (one.rel || "") === (other.rel || "");
  }

  function children(live, from, to) {
    var old = Array.from(from.childNodes);
    var fresh = Array.from(to.childNodes);
    var here = partners(live, old);
    var i = 0;
    var j = 0;
    var last = null;
    // Between two that are equal: what is alike is changed, what is left over goes, what is new comes.
    common(old, fresh).concat([[old.length, fresh.length]]).forEach(function (pair) {
      for (; j < pair[1]; j++) {
        var match = i;
        while (match < pair[0] && !(here[match] && alike(old[match], fresh[j]))) match++;
        if (match < pair[0]) {
          for (; i < match; i++) if (here[i]) here[i].remove();
          patch(here[i], old[i], fresh[j]);
          last = here[i++];
        } else {
          last = live.insertBefore(document.importNode(fresh[j], true), last ? last.nextSibling : live.firstChild);
        }
      }
      for (; i < pair[0]; i++) if (here[i]) here[i].remove();
      last = here[i++] || last;
      j++;
    });
  }

  // The node of the page for each node that the server sent; none for those that a script took away.
  function partners(live, old) {
    var now = Array.from(live.childNodes);
    var at = 0;
    return old.map(function (node) {
      for (var i = at; i < now.length; i++) {
        if (alike(now[i], node)) { at = i + 1; return now[i]; }
      }
      return null;
    });
  }

  // The longest common run of equal nodes, as pairs of positions.
  function common(old, fresh) {
    var start = 0;
    while (start < old.length && start < fresh.length && old[start].isEqualNode(fresh[start])) start++;
    var tail = 0;
    while (tail < old.length - start && tail < fresh.length - start
      && old[old.length - 1 - tail].isEqualNode(fresh[fresh.length - 1 - tail])) tail++;
    var pairs = [];
    for (var at = 0; at < start; at++) pairs.push([at, at]);
    var a = old.slice(start, old.length - tail);
    var b = fresh.slice(start, fresh.length - tail);
    if (a.length * b.length && a.length * b.length < 250000) {
      var table = Array.from({ length: a.length + 1 }, function () { return new Uint16Array(b.length + 1); });
      for (var i = a.length - 1; i >= 0; i--) {
        for (var j = b.length - 1; j >= 0; j--) {
          table[i][j] = a[i].isEqualNode(b[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
        }
      }
      for (i = 0, j = 0; i < a.length && j < b.length;) {
        if (a[i].isEqualNode(b[j])) pairs.push([start + i++, start + j++]);
        else if (table[i + 1][j] >= table[i][j + 1]) i++;
        else j++;
      }
    }
    for (at = tail; at > 0; at--) pairs.push([old.length - at, fresh.length - at]);
    return pairs;
  }

  var overlay = null;

  function show(problems) {
    if (overlay) overlay.remove();
    overlay = null;
    if (!problems.length) return;
    overlay = document.createElement("fangzhi-problems");
    var shadow = overlay.attachShadow({ mode: "open" });
    var style = document.createElement("style");
    style.textContent = ":host{position:fixed;inset:auto 0 0;z-index:2147483647;max-height:60vh;overflow:auto;"
      + "background:#2a1512;color:#f6e9e2;border-top:3px solid #d9482b;font:14px/1.6 ui-monospace,monospace;"
      + "padding:12px 20px;box-shadow:0 -6px 30px #0008;color-scheme:dark}"
      + "p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}a{color:#ffc9b0}section{margin:0 0 12px}"
      + ".excerpt{opacity:.75;padding-inline-start:2ch}.hint{color:#f0d58c;padding-inline-start:2ch}"
      + "button{float:inline-end;font:inherit;color:inherit;background:none;border:1px solid #fff6;padding:0 8px}";
    var close = element("button", "×");
    close.setAttribute("aria-label", "close");
    close.addEventListener("click", hide);
    overlay.setAttribute("role", "alert");
    shadow.append(style, close);
    problems.forEach(function (problem) {
      var section = element("section", "");
      var line = element("p", problem.editor ? "" : problem.text);
      if (problem.editor) {
        var link = element("a", problem.text);
        link.href = problem.editor;
        line.append(link);
      }
      section.append(line);
      if (problem.excerpt) section.append(element("p", problem.excerpt, "excerpt"));
      problem.hints.forEach(function (hint) { section.append(element("p", "help: " + hint, "hint")); });
      shadow.append(section);
    });
    document.documentElement.append(overlay);
  }

  function hide() { show([]); }

  function element(name, text, kind) {
    var made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  addEventListener("keydown", function (event) { if (event.key === "Escape" && overlay) hide(); });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") listen(); else rest();
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
