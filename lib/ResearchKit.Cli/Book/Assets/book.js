(function () {
  // Search: every word has to begin a word of the section; its heading and its page's title weigh more than its text.
  var box = document.getElementById("search"), found = document.getElementById("found");
  function plain(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function count(text, word) {
    var total = 0;
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) total++;
    }
    return total;
  }
  function score(section, words) {
    var sum = 0;
    for (var word of words) {
      var here = 20 * count(section.plainHead, word) + 10 * count(section.plainPage, word) + Math.min(9, count(section.plainText, word));
      if (here === 0) return 0;
      sum += here;
    }
    return sum;
  }
  function marked(parent, text, words) {
    var low = text.toLowerCase(), at = 0;
    while (at < text.length) {
      var next = text.length, length = 0;
      words.forEach(function (word) {
        var place = low.indexOf(word, at);
        if (place >= 0 && place < next) { next = place; length = word.length; }
      });
      parent.append(text.slice(at, next));
      if (length > 0) parent.appendChild(document.createElement("mark")).textContent = text.slice(next, next + length);
      at = next + Math.max(length, 1);
    }
  }
  function snippet(section, words) {
    var low = section.text.toLowerCase(), at = Math.max(0, Math.min.apply(null, words.map(function (word) { var place = low.indexOf(word); return place < 0 ? low.length : place; })));
    if (at === low.length) at = 0;
    var start = at < 60 ? 0 : section.text.lastIndexOf(" ", at - 50) + 1;
    var end = section.text.indexOf(" ", start + 165);
    return (start > 0 ? "… " : "") + (end < 0 ? section.text.slice(start) : section.text.slice(start, end) + " …");
  }
  function search() {
    var words = plain(box.value).split(/[^\p{L}\p{N}-]+/u).filter(Boolean);
    found.hidden = words.length === 0;
    found.textContent = "";
    if (words.length === 0) return;
    var hits = window.bookSections.map(function (section) { return { section: section, score: score(section, words) }; })
      .filter(function (hit) { return hit.score > 0; }).sort(function (a, b) { return b.score - a.score; }).slice(0, 20);
    hits.forEach(function (hit) {
      var link = document.createElement("a");
      link.href = hit.section.url;
      link.appendChild(document.createElement("b")).textContent = hit.section.page + (hit.section.section && hit.section.section !== hit.section.page ? " › " + hit.section.section : "");
      marked(link, snippet(hit.section, words), words);
      found.appendChild(document.createElement("li")).appendChild(link);
    });
    if (hits.length === 0) {
      var none = found.appendChild(document.createElement("li"));
      none.className = "none";
      none.textContent = "Nothing found.";
    }
  }
  (window.bookSections || []).forEach(function (section) {
    section.plainHead = plain(section.section);
    section.plainPage = plain(section.page);
    section.plainText = plain(section.text);
  });
  box.addEventListener("input", search);
  box.addEventListener("focus", search);
  document.addEventListener("click", function (event) { if (!event.target.closest(".search") || event.target.closest("#found a")) found.hidden = true; });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { found.hidden = true; box.blur(); }
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
    if (event.key === "Enter" && document.activeElement === box && found.querySelector("a")) found.querySelector("a").click();
  });

  // The contents show which section is being read.
  var links = Array.from(document.querySelectorAll(".contents a"));
  var headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  function here() {
    var last = -1;
    headings.forEach(function (heading, index) { if (heading && heading.getBoundingClientRect().top < 120) last = index; });
    links.forEach(function (link, index) { link.classList.toggle("here", index === last); });
  }
  if (links.length > 0) {
    document.addEventListener("scroll", here, { passive: true });
    here();
  }

  // What was folded had no width to draw in.
  document.querySelectorAll("details").forEach(function (details) {
    details.addEventListener("toggle", function () { window.dispatchEvent(new Event("resize")); });
  });
})();
