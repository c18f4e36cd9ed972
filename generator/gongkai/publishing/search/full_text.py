"""Full text search: Pagefind's extended build over short records, not over whole pages."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from pagefind_bin_extended import get_executable

from gongkai.indexes import names_of_organization
from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.os_errors import told
from gongkai.publishing.addresses import item_address, law_address, organization_address
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.pages.parts import split_key
from gongkai.publishing.search.canonical_index import make_canonical
from gongkai.publishing.site import Site
from gongkai.publishing.tree import files_below, write

FOLDER = "pagefind"
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own search boxes: 400 KB beside every index, and the search page has one of ours."""


class FullTextError(UnpublishableError):
    """Pagefind could not make its index; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What is searched of one page: its words, its title, and what it can be filtered by."""

    address: str
    title: str
    content: str
    filters: dict[str, list[str]]

    def text(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.address, self.title, self.content, self.filters], ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> SearchRecord:
        """Return what was kept."""
        return cls(*json.loads(text))


RECORDS = "records"
"""The kind of a unit's share in the index."""

GROUP = 2_000
"""About so many items share an index at most: after an edit only that of its group is made again, and a browser loads few."""


def groups_of(site: Site) -> int:
    """Return how many indexes the full texts have: one, or an even number, so that no processor waits for the last one."""
    needed = -(-len(site.catalogue.items) // GROUP)
    return needed + needed % 2 if needed > 1 else 1


def group_of(unit: str, of: int) -> int:
    """Return the number of the index that a unit is in, counted from 0: the same in every run."""
    return int.from_bytes(hashlib.blake2b(unit.encode(), digest_size=4).digest(), "big") % of


def folder_of(group: int) -> str:
    """Return where in the site an index lies; the browser asks the first one and merges the others into it."""
    return FOLDER if group == 0 else f"{FOLDER}/{group + 1}"


def item_record(site: Site, item: Item) -> str | None:
    """Return an item's share in the index; None for a cancelled one, which is not searched for."""
    if item.status is ItemStatus.CANCELLED:
        return None
    return SearchRecord(item_address(item.code), item.name, _item_text(item), _filters(site, item)).text()


def record_beside(site: Site, kind: str, key: str) -> str | None:
    """Return the share of the page of an organisation or a law; towns stand for their villages. None for other pages, further
    pages of their lists among them.
    """
    catalogue = site.catalogue
    if split_key(key)[1] > 1:
        return None
    if kind == "department":
        department = catalogue.departments[key]
        return _organization_record(department, [department.duties]).text()
    if kind == "town":
        town = catalogue.towns[key]
        return _organization_record(town, [village.full_name for village in town.villages]).text()
    if kind == "law":
        law = catalogue.laws[key]
        return SearchRecord(
            law_address(law.id), f"《{law.short_title}》", _sentences([law.title]), {"内容": ["法律依据"]}
        ).text()
    return None


def _organization_record(organization: Department | Town, more: list[str]) -> SearchRecord:
    shown, *names = names_of_organization(organization)
    return SearchRecord(organization_address(organization), shown, _sentences([*names, *more]), {"内容": ["机构"]})


def _item_text(item: Item) -> str:
    """Return what people type when they look for an item: what else it is called, what they have and what they ask.

    Its name is the record's title. Steps, answers and laws are left out: they have the same words for many items, and
    are half of all text. A law is found by its own page, which lists the items.
    """
    parts = [
        item.summary,
        *item.everyday_names,
        *(former.name for former in item.former_names),
        *item.conditions,
        *(material.name for material in item.materials),
        *(question.question for question in item.questions),
        item.code,
    ]
    return _sentences(parts)


def _sentences(parts: Iterable[str]) -> str:
    """Return some words as sentences, each with one mark at its end, because the search page shows a stretch of them."""
    return "".join(part if part.endswith(_ENDS) else f"{part}。" for part in parts)


_ENDS = ("。", "？", "！", "；", "…")


def _filters(site: Site, item: Item) -> dict[str, list[str]]:
    return {
        "内容": ["事项"],
        "部门": [site.catalogue.departments[item.department].short_name],
        "受理层级": sorted({acceptance.level.value for acceptance in item.acceptance}),
        "事项类型": [item.type.value],
        "服务对象": sorted(audience.value for audience in item.audiences),
    }


_BLOCKS = frozenset(("blockquote", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre", "td", "th"))
"""Elements whose text is a sentence of its own."""


class _TextOfPage(HTMLParser):
    """Collects the title and the words of a hand-written page's article, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.blocks: list[str] = []
        self._block: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article, or a block."""
        if tag in _BLOCKS:
            self._keep()
        if tag == "article":
            self._inside += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave a block, or the article."""
        if tag in _BLOCKS or tag == "article":
            self._keep(title=tag == "h1")
        if tag == "article":
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        """Keep text inside the article."""
        if self._inside:
            self._block.append(data)

    def _keep(self, *, title: bool = False) -> None:
        text = " ".join("".join(self._block).split())
        self._block.clear()
        if title:
            self.title += text
        elif text:
            self.blocks.append(text)


def hand_written_records(output: Path, addresses: list[str]) -> Iterator[SearchRecord]:
    """Yield a record for each hand-written page, read from the rendered site."""
    for address in addresses:
        parser = _TextOfPage()
        parser.feed((output / address / "index.html").read_text(encoding="utf-8"))
        yield SearchRecord(address, parser.title, _sentences(parser.blocks), {"内容": ["指引和政策"]})


def write_index(records: Iterable[SearchRecord], output: Path) -> None:
    """Write Pagefind's index and its browser code into a folder; raises FullTextError when that fails.

    The records go to Pagefind as a folder of small pages, through its command line: the Python service
    answers ten requests a second at most, and can end before its last files are on the disk.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-search-") as folder:
        pages, index = Path(folder, "pages"), Path(folder, "index")
        pages.mkdir()
        for record in records:
            write(pages, f"{record.address}index.html", _as_page(record).encode())
        # Pagefind goes on when the build is killed: what it writes then must be nowhere in a site.
        _run_pagefind(pages, index)
        for name in _UNUSED:
            for path in index.glob(name):
                path.unlink()
        make_canonical(index)
        for address in files_below(index):
            (output / address).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(index / address, output / address)


def _run_pagefind(folder: Path, output: Path) -> None:
    """Let Pagefind write the index of a folder of pages; it runs there, so that no settings steer it."""
    try:
        # Called itself: to start Python for it takes a tenth of a second for every index.
        command = [str(get_executable()), "--site", str(folder), "--output-path", str(output)]
        ran = subprocess.run(  # noqa: S603 - the arguments are ours
            [*command, "--force-language", "zh", "--quiet"], cwd=folder, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise FullTextError("不能生成全文索引：没有 Pagefind 的程序，请重新安装") from error
    except OSError as error:
        raise FullTextError(f"不能生成全文索引：运行不了 Pagefind，{told(error)}") from error
    if ran.returncode:
        ended = f"中途被结束（信号 {-ran.returncode}），可能是内存不够" if ran.returncode < 0 else ""
        raise FullTextError(f"Pagefind 不能生成全文索引：{ended or ran.stderr.strip() or ran.stdout.strip()}")


def _as_page(record: SearchRecord) -> str:
    filters = "".join(
        f'<span data-pagefind-filter="{escape(name)}:{escape(value)}"></span>'
        for name, values in record.filters.items()
        for value in values
    )
    title = escape(record.title)
    # Pagefind ends a heading that has no mark at its end with one of its own, which is not a Chinese one.
    return (
        f'<!doctype html><html lang="zh"><head><title>{title}</title></head><body data-pagefind-body>{filters}'
        f'<h1 data-pagefind-meta="title[data-title]" data-title="{title}">{escape(_sentences([record.title]))}</h1>'
        f"<p>{escape(record.content)}</p></body></html>"
    )
