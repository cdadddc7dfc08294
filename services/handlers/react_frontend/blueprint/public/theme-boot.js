// Runs before the first paint, so that a page never flashes in the wrong colour scheme.
(function () {
  var mode = "system";
  try {
    mode = localStorage.getItem("mui-mode") || "system";
  } catch {
    // Storage may be blocked; the system's preference then decides.
  }
  var dark = mode === "dark" || (mode === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-color-scheme", dark ? "dark" : "light");
  document.documentElement.style.backgroundColor = dark ? "#0f1218" : "#f6f7f9";
})();
