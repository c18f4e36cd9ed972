"""Full text search: Pagefind's extended build over short records, not over whole pages."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.publishing.canonical_index import make_canonical
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.site import Site, item_address, law_address, organization_address

FOLDER = "pagefind"


class FullTextError(UnpublishableError):
    """Pagefind could not make its index; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What is searched of one page: its words, its title, and what it can be filtered by."""

    address: str
    title: str
    content: str
    filters: dict[str, list[str]]


RECORDS = "records"
"""The kind of an item's share in the index."""


def item_record(site: Site, item: Item) -> str | None:
    """Return an item's share in the index; None for a cancelled one, which is not searched for."""
    if item.status is ItemStatus.CANCELLED:
        return None
    record = SearchRecord(item_address(item.code), item.name, _item_text(site, item), _filters(site, item))
    return json.dumps(astuple(record), ensure_ascii=False)


def record_of(share: str) -> SearchRecord:
    """Return the record that an item's share is."""
    return SearchRecord(*json.loads(share))


def other_records(site: Site) -> Iterator[SearchRecord]:
    """Yield what is searched besides items: organisations and laws, towns and villages by their names."""
    catalogue = site.catalogue
    for department in catalogue.departments.values():
        yield _organization_record(department, [department.duties])
    for town in catalogue.towns.values():
        yield _organization_record(town, [village.full_name for village in town.villages])
    for law in catalogue.laws.values():
        yield SearchRecord(law_address(law.id), f"《{law.short_title}》", law.title, {"内容": ["法律依据"]})


def _organization_record(organization: Department | Town, more: list[str]) -> SearchRecord:
    words = [organization.name, *organization.aliases, *(f.name for f in organization.former_names), *more]
    address = organization_address(organization)
    return SearchRecord(address, organization.short_name, "。".join(words), {"内容": ["机构"]})


def _item_text(site: Site, item: Item) -> str:
    laws = site.catalogue.laws
    parts = [
        item.name,
        item.summary,
        *item.everyday_names,
        *(former.name for former in item.former_names),
        *item.conditions,
        *(material.name for material in item.materials),
        *(step.action for step in item.procedure),
        *(question.question + question.answer for question in item.questions),
        *(laws[citation.law].title for citation in item.legal_basis),
        item.code,
    ]
    return "。".join(parts)


def _filters(site: Site, item: Item) -> dict[str, list[str]]:
    return {
        "内容": ["事项"],
        "部门": [site.catalogue.departments[item.department].short_name],
        "受理层级": sorted({acceptance.level.value for acceptance in item.acceptance}),
        "事项类型": [item.type.value],
        "服务对象": sorted(audience.value for audience in item.audiences),
    }


class _TextOfPage(HTMLParser):
    """Collects the title and the words of a hand-written page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.words: list[str] = []
        self._inside = 0
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article."""
        if tag == "article":
            self._inside += 1
        self._in_heading = self._in_heading or (tag == "h1" and bool(self._inside))

    def handle_endtag(self, tag: str) -> None:
        """Leave the article."""
        if tag == "article":
            self._inside -= 1
        if tag == "h1":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        """Keep text inside the article."""
        if self._inside and data.strip():
            self.words.append(data.strip())
            if self._in_heading:
                self.title += data.strip()


def hand_written_records(output: Path, addresses: list[str]) -> Iterator[SearchRecord]:
    """Yield a record for each hand-written page, read from the rendered site."""
    for address in addresses:
        parser = _TextOfPage()
        parser.feed((output / address / "index.html").read_text(encoding="utf-8"))
        yield SearchRecord(address, parser.title, " ".join(parser.words), {"内容": ["指引和政策"]})


def write_index(records: list[SearchRecord], output: Path) -> None:
    """Write Pagefind's index and its browser code into the site; raises FullTextError when that fails.

    The records go to Pagefind as a folder of small pages, through its command line: the Python service
    answers ten requests a second at most, and can end before its last files are on the disk.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-search-") as folder:
        for record in records:
            path = Path(folder) / record.address / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_as_page(record), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pagefind",
            "--site",
            folder,
            "--output-path",
            str((output / FOLDER).resolve()),
        ]
        ran = subprocess.run(  # noqa: S603 - the arguments are ours
            [*command, "--force-language", "zh", "--quiet"], cwd=folder, capture_output=True, text=True, check=False
        )
    if ran.returncode:
        raise FullTextError(f"Pagefind 不能生成全文索引：{ran.stderr.strip() or ran.stdout.strip()}")
    make_canonical(output / FOLDER)


def _as_page(record: SearchRecord) -> str:
    filters = "".join(
        f'<span data-pagefind-filter="{escape(name)}:{escape(value)}"></span>'
        for name, values in record.filters.items()
        for value in values
    )
    return (
        f'<!doctype html><html lang="zh"><head><title>{escape(record.title)}</title></head>'
        f'<body data-pagefind-body>{filters}<h1 data-pagefind-meta="title">{escape(record.title)}</h1>'
        f"<p>{escape(record.content)}</p></body></html>"
    )
