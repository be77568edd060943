(function () {
  var button = document.getElementById("toggle-code");
  var shown = true;
  button.addEventListener("click", function () {
    shown = !shown;
    document.querySelectorAll("details.source").forEach(function (source) { source.open = shown; });
    button.textContent = shown ? "Hide code" : "Show code";
  });
})();
