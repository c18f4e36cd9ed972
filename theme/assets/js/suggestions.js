// Suggestions under a search field: a combobox after the ARIA pattern. It listens to `input` only, so
// that typing, pasting, dictation and input methods are all the same.
let count = 0;

export function attachSuggestions(input) {
  count += 1;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${count}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索建议");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }))
    input.setAttribute(name, value);

  let selected = -1;
  let latest = 0;

  const close = () => {
    list.hidden = true;
    selected = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const select = (index) => {
    const options = list.children;
    selected = (index + options.length) % options.length;
    [...options].forEach((option, position) => option.setAttribute("aria-selected", String(position === selected)));
    input.setAttribute("aria-activedescendant", options[selected].id);
    options[selected].scrollIntoView({ block: "nearest" });
  };

  const show = (names, query, found) => {
    list.replaceChildren(
      ...found.map((named, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = named.name;
        const detail = document.createElement("small");
        const other = names.alias(named, query);
        detail.textContent = other ? `${other}　${named.detail}` : named.detail;
        option.append(detail);
        option.addEventListener("click", () => location.assign(names.addressOf(named)));
        return option;
      }),
    );
    selected = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
  };

  const update = async () => {
    const query = input.value;
    latest += 1;
    const mine = latest;
    if (!query.trim()) return close();
    const names = await import("./names.js");
    const index = await names.loadNames().catch(() => null);
    if (index && mine === latest) show(names, query, index.find(query, 8));
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", () => import("./names.js").then((names) => names.loadNames()).catch(() => {}), { once: true });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") close();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(selected + (event.key === "ArrowDown" ? 1 : selected < 0 ? 0 : -1));
    } else if (event.key === "Enter" && selected >= 0) {
      event.preventDefault();
      list.children[selected].click();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
}
