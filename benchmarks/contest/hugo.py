"""Hugo over the same district: the same sections inside the same shell, from front matter or from data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

TEMPLATES = Path(__file__).resolve().parent.parent / "hugo"
_META = re.compile(r'<meta name="description".*?(?=\s*<link rel="icon")', re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_BREADCRUMB = re.compile(r'<nav class="breadcrumb".*?</nav>', re.DOTALL)
_ARTICLE = re.compile(r"(<article [^>]*>).*?(?=</article>)", re.DOTALL)
_HEAD = """\
{{- $item := .Params }}
{{- $department := index hugo.Data.departments $item.department }}
{{- $updated := (time.AsTime $item.updated_on).Format "2006-01-02" }}
{{- with dict "item" $item "department" $department "updated" $updated "effective" $item.effective_on "type" (or $item.type .Type) -}}
"""


class ShellError(Exception):
    """A built page does not have the parts that a template is made of; the message names the part."""


def prepare(folder: Path, district: Path, built_page: str, *, from_data: bool) -> None:
    """Write a Hugo site for a district's items into an empty folder.

    ``built_page`` is the HTML of one item's page as gongkai built it; what stands around its article becomes the
    template's shell. Items are content pages with their YAML as front matter, or, ``from_data``, data files that a
    content adapter makes pages of. Raises ShellError when the page is not as expected.
    """
    shutil.copy(TEMPLATES / "hugo.toml", folder)
    _write(folder / "layouts/page.html", layout(built_page))
    _write_data(folder / "data", district)
    if from_data:
        shutil.copytree(district / "data/items", folder / "data/items")
        _write(folder / "content/items/_content.gotmpl", (TEMPLATES / "_content.gotmpl").read_text(encoding="utf-8"))
        return
    for path in (district / "data/items").glob("*/*.yml"):
        text = path.read_text(encoding="utf-8")
        _write(folder / "content/items" / f"{path.stem}.md", f"---\n{text}---\n")


def layout(built_page: str) -> str:
    """Return the template of an item's page, its shell taken from a built page; raises ShellError."""
    page = built_page
    for name, pattern, replacement in (
        ("meta", _META, _part("meta.html")),
        ("title", _TITLE, "<title>{{ .item.name }} - {{ site.Title }}</title>"),
        ("breadcrumb", _BREADCRUMB, _part("breadcrumb.html")),
        ("article", _ARTICLE, None),
    ):
        if pattern.search(page) is None:
            raise ShellError(f"the built page has no {name}")
        made = replacement

        def put(match: re.Match[str], made: str | None = made) -> str:
            if made is not None:
                return made
            # Pagefind indexes what is so marked, and nothing else of the page.
            return match.group(1).replace("<article ", "<article data-pagefind-body ") + _part("item.html")

        page = pattern.sub(put, page, count=1)
    return _HEAD + page + "{{ end }}\n" + _part("pieces.html") + "\n"


def _part(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").rstrip("\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_data(folder: Path, district: Path) -> None:
    """Write what pages of items say of others; listings without their entries, which no such page needs."""
    organizations = district / "data/organizations"
    shutil.copytree(district / "data/laws", folder / "laws")
    shutil.copytree(organizations / "departments", folder / "departments")
    for town in (organizations / "towns").glob("*.yml"):
        text = re.sub(r"^villages:\n(?:  .*\n)+", "", town.read_text(encoding="utf-8"), flags=re.MULTILINE)
        _write(folder / "towns" / town.name, text)
    _write(folder / "district.yml", (organizations / "district.yml").read_text(encoding="utf-8"))
    for kind in ("departments", "towns"):
        for listing in (district / "data/listings" / kind).glob("*.yml"):
            text = listing.read_text(encoding="utf-8").split("entries:\n")[0]
            _write(folder / "listings" / kind / listing.name, text)
    themes = {theme: "".join(lazy_pinyin(theme)) for theme in _themes(district)}
    _write(folder / "themes.yml", yaml.safe_dump(themes, allow_unicode=True))


def _themes(district: Path) -> set[str]:
    found: set[str] = set()
    for path in (district / "data/items").glob("*/*.yml"):
        for line in re.findall(r"^  (?:personal|corporate): \[(.*)\]$", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.update(line.split(", "))
    return found


def command(binary: Path, folder: Path, output: Path) -> list[Any]:
    """Return the command that builds a prepared site."""
    return [binary, "--source", folder, "--destination", output, "--noBuildLock", "--quiet"]
