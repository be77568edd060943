function (id, figure) {
  // VS Code and JupyterLab say which theme they show; any other page is judged by what lies behind the figure.
  function dark(div) {
    var c = document.body.classList, lab = document.body.getAttribute("data-jp-theme-light");
    if (c.contains("vscode-light") || c.contains("vscode-high-contrast-light")) return false;
    if (c.contains("vscode-dark") || c.contains("vscode-high-contrast")) return true;
    if (lab) return lab === "false";
    for (var e = div; e; e = e.parentElement) {
      var seen = luminance(getComputedStyle(e).backgroundColor);
      if (seen !== null) return seen < 0.4;
    }
    var probe = document.createElement("i");
    probe.style.cssText = "display:none;background-color:Canvas";
    document.body.appendChild(probe);
    var canvas = luminance(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return canvas !== null && canvas < 0.4;
  }
  function luminance(colour) {
    var n = (colour.match(/[\d.]+/g) || []).map(Number);
    return n.length < 3 || (n.length > 3 && n[3] < 0.5) ? null : (0.299 * n[0] + 0.587 * n[1] + 0.114 * n[2]) / 255;
  }
  function themed(div) {
    var text = JSON.stringify(figure);
    if (dark(div)) text = text.replaceAll("#24292f", "#e6edf3").replaceAll("#57606a", "#9aa4ae").replaceAll("#d8dee4", "#3a4149").replaceAll("#0072B2", "#3a96d8");
    var result = JSON.parse(text);
    result.layout.paper_bgcolor = "rgba(0,0,0,0)";
    delete result.layout.width;
    return result;
  }
  function draw(div) {
    var f = themed(div);
    if (!div.dataset.drawn) div.textContent = "";
    div.dataset.drawn = "1";
    div.style.minHeight = f.layout.height + "px";
    window.Plotly.react(div, f.data, f.layout, f.config);
  }
  function all() { return document.querySelectorAll('[id="' + id + '"]'); }
  function restyle() { all().forEach(function (div) { if (div.dataset.drawn) draw(div); }); }
  var wait = 50;
  (function start() {
    var divs = all();
    if (!window.Plotly || !divs.length) {
      wait = Math.min(1000, wait * 1.3);
      return setTimeout(start, wait);
    }
    divs.forEach(function (div) { if (!div.dataset.drawn || !div.querySelector(".main-svg")) draw(div); });
    if (window.matchMedia) matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
    var watch = new MutationObserver(restyle), what = { attributes: true, attributeFilter: ["class", "data-theme", "data-jp-theme-light"] };
    watch.observe(document.body, what);
    watch.observe(document.documentElement, what);
  })();
}
