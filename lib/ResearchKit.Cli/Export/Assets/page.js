(function () {
  var button = document.getElementById("toggle-code");
  var shown = true;
  button.addEventListener("click", function () {
    shown = !shown;
    document.querySelectorAll("details.source").forEach(function (source) { source.open = shown; });
    button.textContent = shown ? "Hide code" : "Show code";
  });

  // Without a mathematical font a browser leaves brackets at their own height: they are drawn out to their row's.
  document.querySelectorAll('mo[stretchy="true"]').forEach(function (bracket) {
    if (bracket.parentElement.localName !== "mrow") return;
    var own = bracket.getBoundingClientRect(), row = bracket.parentElement.getBoundingClientRect();
    if (own.height === 0 || own.height > 0.75 * row.height) return;
    bracket.style.display = "inline-block";
    bracket.style.transformOrigin = "50% 50%";
    var shift = row.top + row.height / 2 - own.top - own.height / 2;
    bracket.style.transform = "translateY(" + shift + "px) scaleY(" + row.height / own.height + ")";
  });

  // Paper is white, and nothing on it can be unfolded.
  var folded = [];
  window.addEventListener("beforeprint", function () {
    document.documentElement.dataset.theme = "light";
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    delete document.documentElement.dataset.theme;
    folded.forEach(function (details) { details.open = false; });
  });
})();
