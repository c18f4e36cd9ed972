// The search page: names first, then the full text by Pagefind, filtered.
import { addressOf, alias, loadNames, siteRoot } from "./names.js";

const PAGE = 10;
const FILTERS = ["内容", "部门", "受理层级", "事项类型", "服务对象"];
const element = (name) => document.querySelector(`[data-${name}]`);

function entry(title, address, detail) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  row.append(link);
  if (detail) row.append(detail);
  return row;
}

function words(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

// Pagefind marks hits with <mark> and puts blanks between paragraphs; everything else in an excerpt is text.
function excerpt(html, query) {
  const paragraph = document.createElement("p");
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of parsed.childNodes) {
    const meant = node.nodeName === "MARK" && query.includes(node.textContent.trim());
    const target = document.createElement(meant ? "mark" : "span");
    target.textContent = node.textContent.replace(/([。？！；…]) /g, "$1");
    paragraph.append(target);
  }
  const first = paragraph.firstChild;
  if (first) first.textContent = first.textContent.replace(/^[、，。；：\s]+/, "");
  return paragraph;
}

async function showNames(query) {
  const list = element("name-results");
  const status = element("name-status");
  const names = await loadNames().catch(() => null);
  if (!names) {
    status.textContent = "名称索引没有加载成功，请刷新页面再试。";
    return;
  }
  const found = query.trim() ? names.find(query, 20) : [];
  list.replaceChildren(
    ...found.map((named) => {
      const other = alias(named, query);
      return entry(named.name, addressOf(named), words(other ? `也叫：${other}。${named.detail}` : named.detail));
    }),
  );
  status.textContent = !query.trim() ? "请输入要办的事。" : found.length ? `按名称找到 ${found.length} 条` : "没有名称相近的，请换个说法。";
}

let pagefind;
async function loadPagefind() {
  pagefind ??= import(new URL("pagefind/pagefind.js", siteRoot).href).then(async (library) => {
    await library.options({ basePath: new URL("pagefind/", siteRoot).pathname, baseUrl: siteRoot.pathname });
    await library.init();
    const indexes = Number(element("search-results").dataset.indexes);
    for (let number = 2; number <= indexes; number += 1) {
      await library.mergeIndex(new URL(`pagefind/${number}/`, siteRoot).pathname, { baseUrl: siteRoot.pathname });
    }
    return library;
  });
  return pagefind;
}

function chosenFilters() {
  const form = element("text-filters");
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
}

// In the order of the vocabulary where there is one, otherwise by pinyin.
function inOrder(values) {
  const order = element("text-filters").dataset.order.split(" ");
  const pinyin = new Intl.Collator("zh-CN-u-co-pinyin");
  const place = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  return values.sort((a, b) => place(a) - place(b) || pinyin.compare(a, b));
}

async function drawFilters(library, onChange) {
  const form = element("text-filters");
  const given = new URLSearchParams(location.search);
  const available = await library.filters();
  const fields = FILTERS.filter((name) => available[name]).map((name) => {
    const label = document.createElement("label");
    label.textContent = `${name} `;
    const choice = document.createElement("select");
    choice.name = name;
    choice.append(new Option("全部", ""), ...inOrder(Object.keys(available[name])).map((value) => new Option(value, value)));
    choice.value = given.get(name) ?? "";
    if (choice.selectedIndex < 0) choice.value = "";
    label.append(choice);
    return label;
  });
  form.replaceChildren(...fields);
  form.hidden = false;
  form.addEventListener("change", onChange);
  if (Object.keys(chosenFilters()).length) onChange();
}

// What is looked for stands in the address, so that going back or sending it on shows the same.
function keepInAddress(query) {
  const before = new URLSearchParams(location.search);
  const filters = element("text-filters").hidden ? [...before].filter(([name]) => FILTERS.includes(name)) : Object.entries(chosenFilters());
  const now = new URLSearchParams(query.trim() ? [["q", query], ...filters] : filters).toString();
  history.replaceState(null, "", now ? `?${now}` : location.pathname);
}

let latest = 0;
async function showText(query) {
  latest += 1;
  const mine = latest;
  const list = element("text-results");
  const status = element("text-status");
  const more = element("more");
  if (!query.trim()) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  status.textContent = "正在搜索……";
  let results;
  try {
    const library = await loadPagefind();
    ({ results } = await library.search(query, { filters: chosenFilters() }));
  } catch {
    status.textContent = "全文搜索暂时用不了，上面按名称查找的结果不受影响。";
    return;
  }
  if (mine !== latest) return;
  list.replaceChildren();
  status.textContent = results.length
    ? `全文找到 ${results.length} 条`
    : Object.keys(chosenFilters()).length
      ? "在选定的范围里没有找到，请放宽筛选。"
      : "全文没有找到，请减少几个字再试。";
  let shown = 0;
  const next = async () => {
    const batch = await Promise.all(results.slice(shown, shown + PAGE).map((result) => result.data()));
    if (mine !== latest) return;
    shown += batch.length;
    list.append(
      ...batch.map((hit) => entry(hit.meta.title, new URL(hit.raw_url.replace(/^\//, ""), siteRoot).href, excerpt(hit.excerpt, query))),
    );
    more.hidden = shown >= results.length;
  };
  more.onclick = next;
  await next();
}

export async function start() {
  const input = element("search-input");
  element("search-results").hidden = false;
  const given = new URLSearchParams(location.search).get("q") ?? "";
  let timer;
  const run = (delay) => {
    showNames(input.value);
    clearTimeout(timer);
    timer = setTimeout(() => showText(input.value), delay);
    keepInAddress(input.value);
  };
  const narrow = () => {
    showText(input.value);
    keepInAddress(input.value);
  };
  input.addEventListener("input", () => run(250));
  element("search-page").addEventListener("submit", (event) => {
    event.preventDefault();
    run(0);
  });
  if (given) {
    input.value = given;
    run(0);
  }
  loadPagefind()
    .then((library) => drawFilters(library, narrow))
    .catch(() => {});
}
