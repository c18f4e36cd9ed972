"""Hugo over the same district: the same pages inside the same shell, and the same files, from front matter or data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

from contest.verification import FEEDS, OURS

TEMPLATES = Path(__file__).resolve().parent.parent / "hugo"
_SLOTS = {
    "meta": re.compile(r'<meta name="description".*?(?=\s*<link rel="icon")', re.DOTALL),
    "title": re.compile(r"<title>.*?</title>", re.DOTALL),
    "breadcrumb": re.compile(r'(?<=<nav class="breadcrumb" aria-label="面包屑"><ol>).*?(?=</ol></nav>)', re.DOTALL),
    "article": re.compile(r"(?<=<article class=\"md-content__inner md-typeset\">).*?(?=</article>)", re.DOTALL),
}
_PARTS = re.compile(r"^{{/\* (variables|breadcrumb|article) \*/}}\n", re.MULTILINE)
_NAMED = re.compile(r'\b(template|define) "([a-z_]+)"')
_UP = "@up@"
_PAGES = {
    "item": ("page.html", "items/[0-9]*/index.html"),
    "history": ("page.history.html", "items/[0-9]*/history/index.html"),
    "version": ("page.version.html", "items/[0-9]*/versions/*/index.html"),
    "items": ("items.html", "items/index.html"),
    "department": ("department.html", "departments/*/index.html"),
    "departments": ("departments.html", "departments/index.html"),
    "town": ("town.html", "towns/*/index.html"),
    "towns": ("towns.html", "towns/index.html"),
    "village": ("village.html", "villages/*/index.html"),
    "law": ("law.html", "laws/*/index.html"),
    "theme": ("theme.html", "themes/*/index.html"),
}
"""By kind of page: the layout's name, and which pages of ours have its shell."""

KINDS = {
    **OURS,
    "data": "items/*/item.json",
    "rss": "items/*/feed.rss",
    "atom": "items/*/feed.atom",
    "jsonfeed": "items/*/feed.json",
    **{
        f"{kind}-{name}": f"{kind}s/*/feed.{ending}"
        for kind in ("department", "town")
        for name, ending in FEEDS.items()
    },
    "items-json": "items/items.json",
    "items-csv": "items/items.csv",
}
"""Where Hugo writes what is compared."""


class ShellError(Exception):
    """A built page does not have the parts that a template is made of; the message names the part."""


def prepare(folder: Path, district: Path, built: Path, *, from_data: bool) -> None:
    """Write a Hugo site for a district into an empty folder.

    ``built`` is the site as gongkai built it; what stands around the articles of its pages becomes the shell of the
    layouts. Items are content pages with their YAML as front matter, or, ``from_data``, data files that a content
    adapter makes pages of. Raises ShellError when a page is not as expected.
    """
    shutil.copy(TEMPLATES / "hugo.toml", folder)
    for kind, (name, pages) in _PAGES.items():
        page = min(built.glob(pages), default=None)
        if page is None:
            raise ShellError(f"no page of the kind {kind} was built")
        depth = len(page.relative_to(built).parts) - 1
        _write(folder / "layouts" / name, layout(page.read_text(encoding="utf-8"), kind, depth))
    for path in (TEMPLATES / "files").iterdir():
        kind, _, rest = path.name.partition(".")
        for name in ("department", "town") if kind == "organization" else (kind,):
            shutil.copy(path, folder / "layouts" / f"{name}.{rest}")
    for path in (TEMPLATES / "partials").iterdir():
        text = path.read_text(encoding="utf-8")
        _write(folder / "layouts/_partials" / path.name, _at(text, 2) + _pieces(2) if "{{ template" in text else text)
    _write_data(folder / "data", district)
    _write_organizations(folder / "content", district)
    _write_villages(folder / "content", district)
    _write_laws(folder / "content", district)
    _write_themes(folder / "content", district)
    _write(folder / "content/items/_index.md", "---\nlayout: items\noutputs: [html, itemsjson, itemscsv]\n---\n")
    if from_data:
        shutil.copytree(district / "data/items", folder / "data/items")
        shutil.copy(TEMPLATES / "_content.gotmpl", folder / "content/items")
        return
    for path in (district / "data/items").glob("*/*.yml"):
        text = path.read_text(encoding="utf-8")
        _write(folder / "content/items" / f"{path.stem}.md", f"---\n{text}---\n")


def layout(built_page: str, kind: str, depth: int) -> str:
    """Return the layout of a kind of pages ``depth`` folders deep, its shell taken from a built page.

    Raises ShellError.
    """
    parts = _parts(kind)
    made = {
        "meta": (TEMPLATES / "meta.html").read_text(encoding="utf-8").rstrip("\n"),
        "title": "<title>{{ $title }} - {{ site.Title }}</title>",
        "breadcrumb": f'<li><a href="{_UP}">首页</a></li>{parts["breadcrumb"]}<li aria-current="page">{{{{ $title }}}}</li>',
        "article": parts["article"],
    }
    page = built_page
    for slot, pattern in _SLOTS.items():
        match = pattern.search(page)
        if match is None:
            raise ShellError(f"the built page has no {slot}")
        page = page[: match.start()] + made[slot] + page[match.end() :]
    if kind == "item":
        # Pagefind indexes what is so marked, and nothing else.
        page = page.replace("<article ", "<article data-pagefind-body ", 1)
    return _at(parts["variables"] + page, depth) + _pieces(depth)


def _parts(kind: str) -> dict[str, str]:
    """Return what a kind's file holds: variables, breadcrumb and article."""
    text = (TEMPLATES / "pages" / f"{kind}.html").read_text(encoding="utf-8")
    _, *pieces = _PARTS.split(text)
    return {name: part.rstrip("\n") for name, part in zip(pieces[::2], pieces[1::2], strict=True)}


def _pieces(depth: int) -> str:
    return "\n" + _at((TEMPLATES / "pieces.html").read_text(encoding="utf-8"), depth)


def _at(text: str, depth: int) -> str:
    """Return template text for pages so many folders deep: all layouts share one set of named templates."""
    return _NAMED.sub(rf'\1 "\2-{depth}"', text).replace(_UP, "../" * depth)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_organizations(content: Path, district: Path) -> None:
    """Write a content page for each department and town, and for their lists."""
    for kind, layout_name in (("departments", "department"), ("towns", "town")):
        _write(content / kind / "_index.md", f"---\nlayout: {kind}\n---\n")
        for path in (district / "data/organizations" / kind).glob("*.yml"):
            text = f"---\nid: {path.stem}\nlayout: {layout_name}\noutputs: [html, feedrss, feedatom, feedjson]\n---\n"
            _write(content / kind / f"{path.stem}.md", text)


def _write_villages(content: Path, district: Path) -> None:
    """Write a content page for each village."""
    for path in (district / "data/organizations/towns").glob("*.yml"):
        for village in yaml.safe_load(path.read_text(encoding="utf-8"))["villages"]:
            text = f"---\nid: '{village['code']}'\ntown: {path.stem}\nlayout: village\noutputs: [html]\n---\n"
            _write(content / "villages" / f"{village['code']}.md", text)


def _write_laws(content: Path, district: Path) -> None:
    """Write a content page for each law."""
    for path in (district / "data/laws").glob("*.yml"):
        _write(
            content / "laws" / path.with_suffix(".md").name,
            f"---\nid: {path.stem}\nlayout: law\noutputs: [html]\n---\n",
        )


def _write_data(folder: Path, district: Path) -> None:
    """Write what pages say of others; listings without their entries, which items tell themselves."""
    organizations = district / "data/organizations"
    shutil.copytree(district / "data/laws", folder / "laws")
    for kind in ("departments", "towns"):
        shutil.copytree(organizations / kind, folder / kind)
    for kind in ("departments", "towns", "villages"):
        for listing in (district / "data/listings" / kind).glob("*.yml"):
            text = listing.read_text(encoding="utf-8").split("entries:\n")[0]
            _write(folder / "listings" / kind / listing.name, text)
    for name in ("district.yml", "abolished.yml"):
        shutil.copy(organizations / name, folder)
    shutil.copy(TEMPLATES / "levels.yml", folder)
    _write(folder / "themes.yml", yaml.safe_dump(_themes(district), allow_unicode=True))


def _write_themes(content: Path, district: Path) -> None:
    """Write a content page for each theme."""
    for theme, pinyin in _themes(district).items():
        _write(content / "themes" / f"{pinyin}.md", f"---\ntheme: {theme}\nlayout: theme\noutputs: [html]\n---\n")


def _themes(district: Path) -> dict[str, str]:
    """Return the themes of all items, each with its pinyin, as its address has it."""
    found: set[str] = set()
    for path in (district / "data/items").glob("*/*.yml"):
        for line in re.findall(r"^  (?:personal|corporate): \[(.*)\]$", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.update(line.split(", "))
    return {theme: "".join(lazy_pinyin(theme)) for theme in sorted(found)}


def command(binary: Path, folder: Path, output: Path) -> list[Any]:
    """Return the command that builds a prepared site."""
    return [binary, "--source", folder, "--destination", output, "--noBuildLock", "--quiet"]
