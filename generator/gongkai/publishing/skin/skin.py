"""The skin of a site: what MkDocs makes of the hand-written pages and the theme, and kept for as long as it would be the same."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.kept.looks import look
from gongkai.kept.program import program
from gongkai.publishing.digest import digest
from gongkai.publishing.feeds import announcements
from gongkai.publishing.gates import privacy_gate
from gongkai.publishing.site import Site, reference_target
from gongkai.publishing.skin.markdown import Target
from gongkai.publishing.skin.policy import CONTENT_SECURITY_POLICY
from gongkai.publishing.skin.shell import Shell, SkinError
from gongkai.publishing.templates.compiled_templates import CompiledTemplates
from gongkai.publishing.tree import files_below, is_page
from gongkai.sources import CONTENT, SKIN

if TYPE_CHECKING:
    from gongkai.publishing.skin.not_yet import NotYet

_MADE_WITH = ("mkdocs", "mkdocs-material", "markdown", "nh3", "jinja2")
_UNUSED = ("assets/javascripts", "assets/images")
"""Material's scripts and pictures: no page loads them."""
_HOME = "index.html"
_NOTE = "skin.json"
"""What is to be known of the skin, in the folder where it is kept."""


@dataclass(frozen=True, slots=True)
class Skin:
    """``files`` are the addresses of everything that MkDocs made, with the hash of each, below ``folder``; ``clean`` those of
    them that were looked through and hold no personal data; ``pages`` the addresses of hand-written pages; ``home`` is the
    home page, with slots for the catalogue.
    """

    folder: Path
    files: Mapping[str, str]
    clean: frozenset[str]
    pages: list[str]
    shell: Shell
    home: Shell

    @property
    def fingerprint(self) -> str:
        """A name for what every page of the catalogue takes from the skin."""
        return digest(json.dumps([self.shell.pieces, self.home.pieces]).encode())


class _Targets(Mapping[str, Target]):
    """What references in Markdown lead to; notes what was asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.asked: dict[str, Target | None] = {}

    def get(self, reference: str, default: Any = None) -> Any:
        """Return address and name, or the default."""
        if reference not in self.asked:
            self.asked[reference] = reference_target(self._site, reference)
        return self.asked[reference] or default

    def __getitem__(self, reference: str) -> Target:
        found: Target | None = self.get(reference)
        if found is None:
            raise KeyError(reference)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.asked)

    def __len__(self) -> int:
        return len(self.asked)


class Sources(NamedTuple):
    """Names for what the skin is made from besides the catalogue: hand-written pages and attachments, and all the rest."""

    content: str
    theme: str


def sources_of(root: Path) -> Sources:
    """Return names for what the skin is made from; raises SkinError where something is a link."""
    return Sources(_name_of(root, [CONTENT]), _name_of(root, SKIN))


def _name_of(root: Path, names: Iterable[str]) -> str:
    hashed = hashlib.blake2b(digest_size=16)
    for name in names:
        for path in [root / name, *sorted((root / name).rglob("*"))]:
            where = path.relative_to(root).as_posix()
            if path.is_symlink():
                # What an editor leaves beside a file that is not saved leads nowhere.
                if path.name.startswith(".") and not path.exists():
                    continue
                raise SkinError(f"{where} 是链接，会把项目以外的文件带进网站，请换成真正的文件")
            if path.is_file():
                content = path.read_bytes()
                hashed.update(_encoded(f"{where} {len(content)}\n") + content)
    return hashed.hexdigest()


def _encoded(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        raise SkinError(f"{line.rpartition(' ')[0]} 的文件名不是 UTF-8 编码，请改名") from None


def settings_of(root: Path, cache: Path, site_url: str | None, sources: Sources) -> tuple[str, str]:
    """Return the site's address, which ends with a slash, and its description, as mkdocs.yml says; raises SkinError.

    They are kept in the folder ``cache``.
    """
    file = cache / "settings.json"
    made_from = digest(json.dumps([sources, program(), site_url]).encode())
    with suppress(OSError, ValueError, TypeError):
        key, url, description = json.loads(_as_written(file))
        if key == made_from:
            return str(url), str(description)
    from gongkai.publishing.skin.render_skin import load_skin  # noqa: PLC0415 - MkDocs is a quarter of a second

    config = load_skin(root, site_url, cache)
    url, description = (config.site_url or "/").rstrip("/") + "/", config.site_description or ""
    # What was changed in the meantime must not be taken for what it was before.
    if sources_of(root) == sources:
        _write(file, json.dumps([made_from, url, description], ensure_ascii=False))
    return url, description


def skin_of(root: Path, cache: Path, site: Site, site_url: str | None, sources: Sources) -> Skin:
    """Return the skin of a site, rendered anew or as it was kept in the folder ``cache``.

    Raises SkinError when MkDocs cannot render.
    """
    versions = [version(name) for name in _MADE_WITH]
    made_from = json.dumps([sources, program(), site_url, _extra(site), versions])
    folder = skin_cache(cache)
    kept = _kept(folder, made_from, site) if site.recorded is None else None
    if kept is not None:
        return kept
    # Compiled templates hold the place of each template, which stands in messages.
    compiled = CompiledTemplates(cache / "skin-templates", f"{root} {versions}")
    # Their looks, too: a change that is undone before the end leaves other text in the skin, and none in the sources.
    seen = look(root, [CONTENT])
    unchanged = sources_of(root) == sources
    skin, noted = _rendered(root, folder, site, site_url, made_from, compiled)
    # What is left out on a past day is there on another.
    if site.recorded is None and unchanged and look(root, [CONTENT]) == seen:
        _write(folder / _NOTE, json.dumps(noted, ensure_ascii=False))
    return skin


def skin_cache(kept: Path) -> Path:
    """Return where the skin is, inside the folder with all that is kept."""
    return kept / "skin"


def is_kept(cache: Path) -> bool:
    """Tell whether some skin is kept in the folder ``cache``."""
    return (skin_cache(cache) / _NOTE).is_file()


def _kept(folder: Path, made_from: str, site: Site) -> Skin | None:
    """Return the skin in a folder, if it would be made the same now and nothing of it was touched."""
    try:
        noted = json.loads(_as_written(folder / _NOTE))
        if noted["made_from"] != made_from:
            return None
        for reference, target in noted["targets"].items():
            if reference_target(site, reference) != (tuple(target) if target else None):
                return None
        for address, name in noted["files"].items():
            if digest((folder / "files" / address).read_bytes()) != name:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    shells = (Shell(tuple(noted[name])) for name in ("shell", "home"))
    return Skin(folder / "files", noted["files"], frozenset(noted["clean"]), noted["pages"], *shells)


def _rendered(
    root: Path, folder: Path, site: Site, site_url: str | None, made_from: str, compiled: CompiledTemplates
) -> tuple[Skin, dict[str, Any]]:
    """Render the skin into a folder; returns it with what is to be known of it the next time."""
    from gongkai.publishing.skin.not_yet import not_yet  # noqa: PLC0415 - MkDocs is a quarter of a second
    from gongkai.publishing.skin.render_skin import load_skin, render_skin  # noqa: PLC0415

    shutil.rmtree(folder, ignore_errors=True)
    files = folder / "files"
    files.mkdir(parents=True)
    config = load_skin(root, site_url, files)
    missing: NotYet = not_yet(site)
    missing.leave_out_of(config)
    targets = _Targets(site)
    shell = render_skin(config, targets, _extra(site), compiled)
    missing.unlink(files)
    _finish(files, root)
    home = _home(files)
    contents = {address: (files / address).read_bytes() for address in files_below(files)}
    pages = sorted(address.removesuffix("index.html") for address in contents if is_page(address))
    skin = Skin(
        files,
        {address: digest(content) for address, content in contents.items()},
        # They are published as they are, so that one look will do for as long as the skin is kept.
        frozenset(address for address, content in contents.items() if not privacy_gate.examine([(address, content)])),
        ["", *pages],
        shell,
        home,
    )
    noted = {
        "made_from": made_from,
        "targets": targets.asked,
        "files": skin.files,
        "clean": sorted(skin.clean),
        "pages": skin.pages,
        "shell": shell.pieces,
        "home": home.pieces,
    }
    return skin, noted


def _write(file: Path, body: str) -> None:
    """Keep a text; whatever prevents that does no harm."""
    with suppress(OSError):
        file.write_text(f"{digest(body.encode())}\n{body}", encoding="utf-8")


def _as_written(file: Path) -> str:
    """Return a text that was kept, "" where it is not as it was written; raises OSError, or ValueError for what is no text."""
    name, _, body = file.read_text(encoding="utf-8").partition("\n")
    return body if name == digest(body.encode()) else ""


def _finish(files: Path, root: Path) -> None:
    """Remove what no page uses; add the published schemas."""
    for unused in _UNUSED:
        shutil.rmtree(files / unused, ignore_errors=True)
    for palette in (files / "assets/stylesheets").glob("palette.*"):
        palette.unlink()
    for sources in files.rglob("*.map"):
        sources.unlink()
    shutil.copytree(root / "schema", files / "schema")


def _home(files: Path) -> Shell:
    """Take the home page out of the skin: the catalogue has the rest of it."""
    page = files / _HOME
    if not page.is_file():
        raise SkinError("缺少首页 content/index.md")
    try:
        home = Shell.cut(page.read_text(encoding="utf-8"))
    except ValueError:
        raise SkinError("content/index.md 的开头要写 template: home.html") from None
    page.unlink()
    return home


def _extra(site: Site) -> dict[str, Any]:
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
    return re.sub("@@", "＠＠", value) if value else value
