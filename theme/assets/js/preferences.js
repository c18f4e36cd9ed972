// Runs before the page is drawn, so that a chosen theme or text size does not flash.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  try {
    for (const name of ["theme", "text"]) {
      const value = localStorage.getItem(`gongkai.${name}`);
      if (value) root.dataset[name] = value;
    }
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
