// What every page adds for browsers with JavaScript: preferences, printing, filter counts, suggestions.
import { attachSuggestions } from "./suggestions.js";

const root = document.documentElement;

function remember(name, value) {
  try {
    if (value) localStorage.setItem(`gongkai.${name}`, value);
    else localStorage.removeItem(`gongkai.${name}`);
  } catch {
    // Not remembered; it still holds for this page.
  }
}

function isDark() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setUpPreferences() {
  const box = document.querySelector("[data-preferences]");
  if (!box) return;
  const theme = box.querySelector('[data-toggle="theme"]');
  const text = box.querySelector('[data-toggle="text"]');
  const show = () => {
    theme.setAttribute("aria-pressed", String(isDark()));
    text.setAttribute("aria-pressed", String(root.dataset.text === "large"));
  };
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    show();
  });
  text.addEventListener("click", () => {
    if (root.dataset.text === "large") delete root.dataset.text;
    else root.dataset.text = "large";
    remember("text", root.dataset.text);
    show();
  });
  show();
  box.hidden = false;
}

function setUpPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("article details")) details.open = true;
  });
}

// The filters themselves are CSS; this only counts, and keeps them in the address.
function setUpFilters() {
  const form = document.querySelector("form.filters:not(.filters--search)");
  if (!form) return;
  const rows = [...document.querySelectorAll(".item-row")];
  const status = document.querySelector("[data-count]");
  const withoutHas = !CSS.supports("selector(:has(a))");
  const empty = document.querySelector(".filtered-empty");
  const update = () => {
    // Older browsers do not know the selector that the style sheet filters by.
    if (withoutHas) {
      const chosen = [...form.querySelectorAll("[data-filter]:checked")];
      for (const row of rows)
        row.hidden = chosen.some((input) => !row.dataset[input.dataset.filter].split(" ").includes(input.value));
    }
    const shown = rows.filter((row) => row.offsetParent !== null).length;
    status.textContent = `${status.dataset.count || "共"} ${rows.length} 个事项` + (shown === rows.length ? "" : `，筛选出 ${shown} 个`);
    if (empty) empty.classList.toggle("filtered-empty--shown", !shown);
    for (const group of document.querySelectorAll(".item-group")) {
      const any = [...group.querySelectorAll(".item-row")].some((row) => getComputedStyle(row).display !== "none");
      group.hidden = !any;
    }
  };
  const refresh = () => {
    for (const group of document.querySelectorAll(".item-group")) group.hidden = false;
    update();
  };
  const given = new URLSearchParams(location.search);
  for (const [name, value] of given) {
    const input = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (input) {
      input.checked = true;
      form.closest("details").open = true;
    }
  }
  form.addEventListener("change", () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
    refresh();
  });
  form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("change"))));
  refresh();
}

setUpPreferences();
setUpPrinting();
setUpFilters();
for (const input of document.querySelectorAll("[data-suggest]")) attachSuggestions(input);
if (document.querySelector("[data-search-page]")) import("./search.js").then((page) => page.start());
