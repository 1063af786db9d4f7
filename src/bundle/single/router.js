// Shows one page of the file at a time, at #/its/address/?heading. Each page's scripts run when it is shown, and what they
// listened to ends with it, as if a browser had left one page and loaded another.
(function () {
  "use strict";
  var root = document.documentElement;
  var store = JSON.parse(document.getElementById("bundle-store").textContent);
  var blocks = document.querySelectorAll("noscript[data-page]");
  var sheets = Array.from(document.querySelectorAll("style[data-sheet]"));
  // The section around a page is for browsers without scripts.
  var texts = Array.from(blocks, function (block) {
    return block.textContent.replace(/^<section[^>]*>/, "").replace(/<\/section>$/, "");
  });
  var files = {};
  document.querySelectorAll("script[data-file-key]").forEach(function (block) {
    files[block.getAttribute("data-file-key")] = block.textContent;
  });
  var byUrl = {};
  store.pages.forEach(function (page, at) { byUrl[page.url] = at; });
  var urls = {};
  var shown = -1;
  var listening = [];
  var words = {};

  // --- What a page listens to ends with it ---
  var add = EventTarget.prototype.addEventListener;
  var lasting = [window, document, root];
  var revealing = false;
  function listen(target, type, call, options) { add.call(target, type, call, options); }
  EventTarget.prototype.addEventListener = function (type, call, options) {
    var target = this === undefined || this === null ? window : this;
    if (lasting.indexOf(target) >= 0 || target === document.body) listening.push([target, type, call, options]);
    return add.call(target, type, call, options);
  };

  function forget() {
    listening.forEach(function (one) { one[0].removeEventListener(one[1], one[2], one[3]); });
    listening = [];
  }

  // --- Files: each is stored once and becomes a blob when it is first needed ---
  function fileUrl(key) {
    if (!urls[key]) {
      var binary = atob(files[key]);
      var bytes = new Uint8Array(binary.length);
      for (var i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
      urls[key] = URL.createObjectURL(new Blob([bytes], { type: store.files[key] }));
    }
    return urls[key];
  }

  function fill(box) {
    ["src", "poster", "data", "href", "xlink:href"].forEach(function (name) {
      var mark = "data-from-" + name.replace(":", "-");
      box.querySelectorAll("[" + mark + "]").forEach(function (element) {
        element.setAttribute(name, fileUrl(element.getAttribute(mark)));
        element.removeAttribute(mark);
      });
    });
    box.querySelectorAll("[data-from-srcset]").forEach(function (element) {
      element.setAttribute("srcset", element.getAttribute("data-from-srcset").replace(/(^|,\s*)(\d+)/g, function (all, before, key) {
        return before + fileUrl(key);
      }));
      element.removeAttribute("data-from-srcset");
    });
  }

  function run(key, place) {
    var own = store.scripts[key];
    var script = document.createElement("script");
    Object.keys(own.attributes).forEach(function (name) { script.setAttribute(name, own.attributes[name]); });
    script.textContent = own.text;
    if (place) place.replaceWith(script);
    else { document.head.append(script); script.remove(); }
  }

  // --- The search: its scripts and its index are in the file ---
  var data = {};
  document.querySelectorAll("script[data-search-name]").forEach(function (block) {
    data[block.getAttribute("data-search-name")] = block.textContent;
  });
  window.fangzhiSearch = {
    bring: function (path, done) {
      path = path.replace(/\?.*$/, "");
      var name = path.replace(/\.js$/, "");
      if (name in data) (self.fangzhiData = self.fangzhiData || {})[name] = JSON.parse(data[name]);
      else run(store.parts[path]);
      Promise.resolve().then(done);
    },
    address: function (path, marks, id) {
      return address("/" + path.replace(/(^|\/)index\.html$/, "$1"), id, marks);
    }
  };

  // --- Where a reader is ---
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  // #/address/?heading&q=words
  function read(hash) {
    if (hash.charAt(1) !== "/") return null;
    var cut = hash.indexOf("?");
    var url = decoded(cut < 0 ? hash.slice(1) : hash.slice(1, cut));
    if (store.redirects[url]) return read("#" + store.redirects[url]);
    if (!(url in byUrl) && (url + "/") in byUrl) url += "/";
    var place = { url: url, id: "", marks: "" };
    if (cut >= 0) hash.slice(cut + 1).split("&").forEach(function (part) {
      if (part.indexOf("q=") === 0) place.marks = decoded(part.slice(2).replace(/\+/g, " "));
      else place.id = decoded(part);
    });
    return place;
  }

  function address(url, id, marks) {
    var behind = [id && encodeURIComponent(id), marks && "q=" + encodeURIComponent(marks)].filter(Boolean).join("&");
    return "#" + url.split("/").map(encodeURIComponent).join("/") + (behind ? "?" + behind : "");
  }

  function frame(lines) {
    return lines.map(function (line) { return store.lines[line]; }).join("\n");
  }

  function attributes(element, list, keep) {
    Array.from(element.attributes).forEach(function (own) {
      if (keep.indexOf(own.name) < 0) element.removeAttribute(own.name);
    });
    Object.keys(list).forEach(function (name) { if (keep.indexOf(name) < 0) element.setAttribute(name, list[name]); });
  }

  function show(at) {
    var page = store.pages[at];
    forget();
    shown = at;
    words = store.words[page.language];
    document.title = page.title;
    attributes(root, page.html, ["class", "style", "data-theme", "data-bundle"]);
    sheets.forEach(function (sheet, number) { if (sheet.sheet) sheet.sheet.disabled = page.sheets.indexOf(number) < 0; });
    page.head.forEach(function (key) { run(key); });
    attributes(document.body, page.body, []);
    document.body.innerHTML = frame(page.before) + texts[at] + frame(page.after);
    fill(document.body);
    tools();
    document.body.querySelectorAll("script[data-run]").forEach(function (place) { run(place.getAttribute("data-run"), place); });
    page.scripts.forEach(function (key) { run(key); });
  }

  // The page's own scripts look for the heading where any page has it: behind the first # of its address.
  function reveal(id) {
    var full = location.hash;
    var target = id && document.getElementById(id);
    if (!target) { scrollTo(0, 0); return; }
    history.replaceState(history.state, "", "#" + encodeURIComponent(id));
    var panel = target.closest("details:not([open])");
    if (panel) panel.open = true;
    revealing = true;
    dispatchEvent(new HashChangeEvent("hashchange"));
    revealing = false;
    target.scrollIntoView();
    history.replaceState(history.state, "", full);
  }

  function go(first) {
    var place = read(location.hash);
    if (!place) {
      if (shown >= 0 && location.hash.length > 1) {
        var id = decoded(location.hash.slice(1));
        // After the page's own scripts, which read the plain form.
        setTimeout(function () { history.replaceState(history.state, "", address(store.pages[shown].url, id)); });
        return;
      }
      history.replaceState(history.state, "", address(store.pages[0].url));
      place = read(location.hash);
    }
    var at = place.url in byUrl ? byUrl[place.url] : store.lost;
    var y = history.state && history.state.y;
    var id = place.id;
    if (at !== shown || place.marks) {
      var full = location.hash;
      window.fangzhiSearch.asked = place.marks;
      if (id) history.replaceState(history.state, "", "#" + encodeURIComponent(id));
      show(at);
      if (id) history.replaceState(history.state, "", full);
      var main = document.querySelector("main");
      if (!first && main) main.focus({ preventScroll: true });
    }
    if (typeof y === "number") scrollTo(0, y);
    else if (id || !place.marks) reveal(id);
    else scrollTo(0, 0);
  }

  // --- Paper ---
  function tools() {
    var box = document.createElement("nav");
    box.className = "bundle-tools";
    box.setAttribute("aria-label", words["bundle-print"]);
    [["bundle-print-page", function () { window.print(); }], ["bundle-print-all", printAll]].forEach(function (one) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = words[one[0]];
      listen(button, "click", one[1]);
      box.append(button);
    });
    (document.querySelector(".site-footer") || document.body).append(box);
  }

  function printAll() {
    var language = store.pages[shown].language;
    var back = shown, y = scrollY;
    var html = "", list = "";
    store.pages.forEach(function (page, at) {
      if (page.language !== language || !page.printed) return;
      list += "<li class=\"depth-" + page.depth + "\"><a href=\"" + address(page.url) + "\"></a></li>";
      html += "<section class=\"bundle-chapter\">" + texts[at] + "</section>";
    });
    forget();
    document.body.className = "bundle-book";
    document.body.innerHTML = "<nav class=\"bundle-contents\"><ol>" + list + "</ol></nav>" + html;
    var links = document.querySelectorAll(".bundle-contents a");
    links.forEach(function (link) { link.textContent = store.pages[byUrl[read(link.getAttribute("href")).url]].heading; });
    fill(document.body);
    function done() {
      window.removeEventListener("afterprint", done);
      show(back);
      scrollTo(0, y);
    }
    listen(window, "afterprint", done);
    Promise.all(Array.from(document.images, function (image) {
      // What is far below would come only when it is scrolled to.
      image.loading = "eager";
      return image.complete ? null : new Promise(function (there) { image.onload = image.onerror = there; });
    })).then(function () { window.print(); });
  }

  // --- Links ---
  listen(document, "click", function (event) {
    var link = event.target.closest && event.target.closest("a");
    if (!link || event.defaultPrevented || event.button) return;
    if (link.hasAttribute("data-file")) {
      var key = link.getAttribute("data-file");
      link.href = fileUrl(key);
      return;
    }
    if (link.hasAttribute("data-language") && shown >= 0) {
      var now = read(location.hash), to = read(link.hash);
      if (now && now.id && to && !to.id) link.hash = address(to.url, now.id);
    }
    // A second click on where one is already leads there again.
    if (link.hash && link.hash === location.hash && read(link.hash)) { event.preventDefault(); reveal(read(link.hash).id); }
  }, true);
  var waiting = 0;
  listen(window, "scroll", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { history.replaceState({ y: scrollY }, "", location.href); }, 250);
  }, { passive: true });
  listen(window, "hashchange", function () {
    clearTimeout(waiting);
    if (!revealing) go(false);
  });
  history.scrollRestoration = "manual";
  root.setAttribute("data-bundle", "");
  go(true);
})();
