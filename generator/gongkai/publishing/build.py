"""The build, from a checked catalogue to a site in its place."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from mkdocs.config.defaults import MkDocsConfig

from gongkai.catalogue import Catalogue
from gongkai.progress import Progress
from gongkai.publishing import full_text, links, names_index, open_data, privacy_gate, swap
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.feeds import announcements
from gongkai.publishing.feeds import files as feed_files
from gongkai.publishing.not_yet import not_yet
from gongkai.publishing.pages.home import home_page
from gongkai.publishing.pages.registry import PageKey, files_beside, make_page, page_keys
from gongkai.publishing.render import Renderer, environment
from gongkai.publishing.shell import CONTENT_SECURITY_POLICY, Shell, SkinError, load_skin, render_skin
from gongkai.publishing.site import Site, reference_targets
from gongkai.publishing.withholding import site_of
from gongkai.workers import process_pool

_CHUNK = 40
_UNUSED = ("assets/javascripts", "assets/images")
"""Material's scripts and pictures: no page loads them."""


@dataclass(frozen=True)
class BuildOptions:
    """What a build depends on besides the tree."""

    as_of: datetime.date
    site_url: str | None = None
    jobs: int = 2
    search: bool = True
    production: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built."""

    pages: int
    files: int
    output: Path


def build(root: Path, catalogue: Catalogue, output: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    """Build the site of a catalogue without errors and put it at ``output``.

    Raises UnpublishableError: SkinError when MkDocs cannot render, links.BrokenLinksError when a page links to
    nothing, privacy_gate.PersonalDataError when a file holds personal data, others when a page template is faulty or
    a process of the build was ended; swap.BusyError when another build is under way. The old site is untouched in
    all of these cases.
    """
    with swap.exclusive(output):
        staging = swap.staging_folder(output)
        try:
            pages = build_into(staging, root, catalogue, options, progress)
            files = sum(1 for path in staging.rglob("*") if path.is_file())
            swap.publish(staging, output)
        except TemplateError as error:
            raise UnpublishableError(f"网页模板有错：{error}") from error
        except BrokenExecutor as error:
            raise UnpublishableError("生成网页的一个进程中途被结束，可能是内存不够，请重新运行") from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return BuildReport(pages, files, output)


def build_into(staging: Path, root: Path, catalogue: Catalogue, options: BuildOptions, progress: Progress) -> int:
    """Build everything into an empty folder; returns the number of pages."""
    progress("指引和政策", 0, 1)
    config = load_skin(root, options.site_url, staging)
    if options.production and re.search(r"\.example(?:[:/]|$)|//localhost\b", config.site_url or ""):
        raise SkinError(
            f"网站地址 {config.site_url} 是占位的，请在 mkdocs.yml 里写真实的 site_url，或者用 --site-url 指明"
        )
    site = _site(catalogue, config, options)
    missing = not_yet(site)
    missing.leave_out_of(config)
    targets = {**reference_targets(site.records), **reference_targets(site.everything)}
    shell = render_skin(config, targets, _skin_extra(site))
    missing.unlink(staging)
    hand_written = sorted(
        path.parent.relative_to(staging).as_posix().removeprefix(".") for path in staging.rglob("index.html")
    )
    hand_written = [f"{address}/" if address else "" for address in hand_written]
    _finish_skin(staging, root)
    renderer = Renderer(site, shell, environment(root))
    _write_home(staging, renderer)
    addresses = _write_pages(staging, renderer, root, options, progress)
    if taken := sorted({*hand_written} & {*addresses}):
        raise SkinError(f"content/ 里的网页占用了目录的地址：{'、'.join(taken)}，请改名")
    progress("开放数据", 0, 1)
    every_address = sorted({*hand_written, *addresses})
    _write_files(staging, open_data.lists(site))
    progress("订阅源", 0, 1)
    _write_files(staging, feed_files.files(site))
    _write(staging, "sitemap.xml", open_data.sitemap(site, every_address))
    _write(staging, names_index.ADDRESS, names_index.names_index(site))
    if options.search:
        progress("全文索引", 0, 1)
        records = [*full_text.search_records(site)]
        records += full_text.hand_written_records(staging, [a for a in hand_written if a])
        full_text.write_index(records, staging)
    progress("核对链接", 0, 1)
    links.verify(staging, options.jobs)
    progress("核对个人信息", 0, 1)
    privacy_gate.verify(staging, root, options.jobs)
    return len(every_address)


def _site(catalogue: Catalogue, config: MkDocsConfig, options: BuildOptions) -> Site:
    if catalogue.district is None:
        raise ValueError("a site cannot be built without data/organizations/district.yml")
    return site_of(
        catalogue,
        catalogue.district,
        options.as_of,
        (config.site_url or "/").rstrip("/") + "/",
        config.site_description or "",
    )


def _skin_extra(site: Site) -> dict[str, Any]:
    return {
        "csp": CONTENT_SECURITY_POLICY,
        "site": {name: _unmarked(value) for name, value in site.district.site.model_dump().items()},
        "publisher": _unmarked(site.district.government),
        "phone": _unmarked(site.district.service_centre.phone),
        "demonstration": site.district.demonstration,
        "feeds": announcements.for_hand_written(),
    }


def _unmarked(value: str | None) -> str | None:
    """Return a text that the shell cannot take for a slot."""
    return value.replace("@@", "＠＠") if value else value


def _finish_skin(staging: Path, root: Path) -> None:
    """Remove what no page uses; add the published schemas."""
    for folder in _UNUSED:
        shutil.rmtree(staging / folder, ignore_errors=True)
    for unused in (staging / "assets/stylesheets").glob("palette.*"):
        unused.unlink()
    for sources in staging.rglob("*.map"):
        sources.unlink()
    shutil.copytree(root / "schema", staging / "schema")


def _write_home(staging: Path, renderer: Renderer) -> None:
    """Fill the slots that the hand-written home page leaves for the catalogue."""
    path = staging / "index.html"
    if not path.is_file():
        raise SkinError("缺少首页 content/index.md")
    try:
        shell = Shell.cut(path.read_text(encoding="utf-8"))
    except ValueError:
        raise SkinError("content/index.md 的开头要写 template: home.html") from None
    page = home_page(renderer.site)
    hero = renderer.slots(replace(page, template="home_hero.html"))["content"]
    path.write_text(shell.fill({**renderer.slots(page), "hero": hero}), encoding="utf-8")


_worker: tuple[Renderer, Path] | None = None


def _start_worker(site: Site, shell: Shell, root: Path, staging: Path) -> None:
    """Prepare a process for rendering; the catalogue crosses once, not with every page."""
    global _worker  # noqa: PLW0603 - state of a worker process
    _worker = Renderer(site, shell, environment(root)), staging


def _render_chunk(keys: list[PageKey]) -> list[str]:
    """Render and write some pages; returns their addresses."""
    if _worker is None:
        raise RuntimeError("the worker was not started")
    renderer, staging = _worker
    return [_write_page(staging, renderer, key) for key in keys]


def _write_page(staging: Path, renderer: Renderer, key: PageKey) -> str:
    page = make_page(renderer.site, key)
    _write(staging, f"{page.address}index.html", renderer.html(page).encode())
    _write_files(staging, files_beside(renderer.site, key))
    return page.address


def _write_pages(staging: Path, renderer: Renderer, root: Path, options: BuildOptions, progress: Progress) -> list[str]:
    """Render every page of the catalogue, on several processes when there are many."""
    keys = page_keys(renderer.site)
    chunks = [keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK)]
    arguments = (renderer.site, renderer.shell, root, staging)
    addresses: list[str] = []
    if options.jobs <= 1:
        _start_worker(*arguments)
        for chunk in chunks:
            addresses += _render_chunk(chunk)
            progress("页面", len(addresses), len(keys))
        return addresses
    with process_pool(options.jobs, _start_worker, *arguments) as executor:
        for chunk_addresses in _map(executor, chunks):
            addresses += chunk_addresses
            progress("页面", len(addresses), len(keys))
    return addresses


def _map(executor: Executor, chunks: Iterable[list[PageKey]]) -> Iterator[list[str]]:
    return executor.map(_render_chunk, chunks)


def _write_files(staging: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for address, content in files:
        _write(staging, address, content)


def _write(staging: Path, address: str, content: bytes) -> None:
    path = staging / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
