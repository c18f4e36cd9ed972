// The index of names: loaded once, when somebody first searches.
import MiniSearch from "../vendor/minisearch.js";

const LATIN = /^[a-z0-9]+$/;

// Full-width letters, case, brackets and blanks make no difference when one searches.
function normalise(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u200b-\u200d\ufeff]+/g, " ")
    .trim();
}

function compact(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

function grams(text, size) {
  if (text.length <= size) return text ? [text] : [];
  const found = [];
  for (let start = 0; start + size <= text.length; start += 1) found.push(text.slice(start, start + size));
  return found;
}

async function inflate(response) {
  let bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers unpack .gz files on the way.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  }
  return JSON.parse(new TextDecoder("utf-16le").decode(bytes));
}

function toForm(name, usual, exceptions) {
  const syllables = [...name].map((character) => usual.get(character) ?? compact(character.toLowerCase()));
  for (const [position, reading] of exceptions) syllables[position] = reading;
  const spoken = syllables.filter(Boolean);
  return {
    shown: name,
    text: compact(normalise(name)),
    pinyin: spoken.join(""),
    initials: spoken.map((syllable) => syllable[0]).join(""),
  };
}

function* toDocuments(data) {
  const usual = new Map();
  for (const [reading, characters] of Object.entries(data.pinyin))
    for (const character of characters) usual.set(character, reading);
  const addresses = data.addresses ? data.addresses.split("\n") : [];
  let code = 0;
  for (const [place, line] of data.names.split("\n").entries()) {
    const exceptions = data.readings[place] ?? [];
    const forms = line.split("\t").map((name, index) =>
      toForm(name, usual, exceptions.filter(([form]) => form === index).map(([, ...rest]) => rest)),
    );
    const shared = { name: forms[0].shown, detail: data.details[data.beside[place]], forms };
    if (place < data.codes.length) {
      code += data.codes[place];
      const id = String(code).padStart(12, "0");
      yield { ...shared, id, code: id, address: `items/${id}/`, kind: "item" };
    } else {
      const address = addresses[place - data.codes.length];
      yield { ...shared, id: address, code: address.match(/\d{6,}/)?.[0] ?? "", address, kind: address.split("/")[0] };
    }
  }
}

function fieldOf(document, field) {
  if (field === "id") return document.id;
  if (field === "han") return document.forms.flatMap((form) => [...grams(form.text, 2), ...form.text]).join(" ");
  return [document.code, ...document.forms.flatMap((form) => [form.pinyin, form.initials])]
    .flatMap((text) => grams(text, 2))
    .join(" ");
}

function buildIndex(documents) {
  const index = new MiniSearch({
    fields: ["han", "latin"],
    extractField: fieldOf,
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term || null,
  });
  index.addAll(documents);
  return index;
}

// How well a form answers a query that may have several words: 0 is not at all. A name as a whole is
// better than its beginning, that better than its middle; the canonical name better than another name.
function closeness(form, words, latin) {
  const whole = words.join("");
  const texts = latin ? [form.pinyin, form.initials, form.text] : [form.text];
  let best = 0;
  for (const [order, text] of texts.entries()) {
    if (!text) continue;
    const penalty = order * 0.02;
    if (text === whole) best = Math.max(best, 1 - penalty);
    else if (text.startsWith(whole)) best = Math.max(best, 0.9 - penalty - text.length / 2000);
    else if (text.includes(whole)) best = Math.max(best, 0.8 - penalty - text.length / 2000);
    else if (words.length > 1 && words.every((word) => text.includes(word)))
      best = Math.max(best, 0.7 - penalty - text.length / 2000);
  }
  return best;
}

function coverage(form, queryGrams) {
  const own = new Set(grams(form.text, 2));
  const hits = queryGrams.filter((gram) => own.has(gram)).length;
  return queryGrams.length ? (0.6 * hits) / queryGrams.length - form.text.length / 5000 : 0;
}

// There are hundreds of villages and laws: what sounds like them is sooner an item, unless it is their whole name.
const BEHIND = { villages: 0.12, laws: 0.12 };

function score(document, words, latin, queryGrams) {
  const whole = words.join("");
  if (/^\d{4,}$/.test(whole) && document.code.includes(whole)) return document.code.startsWith(whole) ? 1 : 0.9;
  let best = 0;
  document.forms.forEach((form, index) => {
    const value = closeness(form, words, latin) || (latin ? 0 : coverage(form, queryGrams));
    best = Math.max(best, index ? value - 0.03 : value);
  });
  return best > 0.9 ? best : best - (BEHIND[document.kind] ?? 0);
}

class Names {
  constructor(data) {
    this.documents = new Map([...toDocuments(data)].map((document) => [document.id, document]));
    this.index = buildIndex([...this.documents.values()]);
  }

  find(query, limit) {
    const words = normalise(query).split(" ").map(compact).filter(Boolean);
    const whole = words.join("");
    if (!whole) return [];
    const latin = LATIN.test(whole);
    const terms = latin ? grams(whole, 2) : [...grams(whole, 2), ...(whole.length === 1 ? whole : [])];
    const hits = this.index.search(terms.join(" "), {
      fields: [latin ? "latin" : "han"],
      prefix: latin && whole.length === 1,
      combineWith: "OR",
    });
    const candidates = hits.slice(0, 200).map((hit) => ({ document: this.documents.get(hit.id), rank: hit.score }));
    const queryGrams = grams(whole, 2);
    return candidates
      .map(({ document, rank }) => ({ document, rank, value: score(document, words, latin, queryGrams) }))
      .filter(({ value }) => value > (latin ? 0 : 0.2))
      .sort((a, b) => b.value - a.value || b.rank - a.rank || (a.document.id < b.document.id ? -1 : 1))
      .slice(0, limit)
      .map(({ document }) => document);
  }
}

let loading;

export function loadNames() {
  loading ??= fetch(new URL("../names.json.gz", import.meta.url))
    .then((response) => {
      if (!response.ok) throw new Error(`names index: ${response.status}`);
      return inflate(response);
    })
    .then((data) => new Names(data))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

// Which other name the query meant, to show beside the canonical one.
export function alias(document, query) {
  const whole = compact(normalise(query));
  const says = (form) => [form.text, form.pinyin, form.initials].some((text) => text.includes(whole));
  const [canonical, ...others] = document.forms;
  if (!whole || says(canonical)) return null;
  return others.find(says)?.shown ?? null;
}

export const siteRoot = new URL("../../", import.meta.url);

export function addressOf(document) {
  return new URL(document.address, siteRoot).href;
}
