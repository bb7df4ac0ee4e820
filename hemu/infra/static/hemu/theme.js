// Loaded before the first paint, so that a chosen theme does not flash. Kept apart because modules come later.
try {
  var theme = localStorage.getItem("theme");
  if (theme) document.documentElement.setAttribute("data-theme", theme);
} catch (refused) {
  // Storage may be forbidden; the system's own choice then holds.
}
