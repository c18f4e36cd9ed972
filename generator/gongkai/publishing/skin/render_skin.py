"""Everything that MkDocs makes: the hand-written pages, and the shell around the catalogue's pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from gongkai.publishing.skin.markdown import BASE_MARK, Target
from gongkai.publishing.skin.shell import Shell, SkinError, base_of

_EXTENSION = "gongkai.publishing.skin.markdown"


def load_skin(root: Path, site_url: str | None, output: Path) -> MkDocsConfig:
    """Return the project's MkDocs configuration, writing to ``output``; raises SkinError."""
    overrides: dict[str, Any] = {"site_dir": str(output)}
    if site_url is not None:
        overrides["site_url"] = site_url
    try:
        with (root / "mkdocs.yml").open("rb") as stream:
            return load_config(stream, **overrides)
    except Exception as error:
        raise SkinError(f"mkdocs.yml 有误：{error}") from error


def render_skin(config: MkDocsConfig, targets: Mapping[str, Target], extra: Mapping[str, Any]) -> Shell:
    """Render the hand-written pages into the configured folder and return the shell.

    ``targets`` resolves references in Markdown, ``extra`` adds to what the templates know. Raises
    SkinError when MkDocs reports anything.
    """
    config.mdx_configs[_EXTENSION] = {"targets": targets}
    config.extra.update(extra)
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        mkdocs_build(config)
    except Exception as error:
        raise SkinError(messages.in_chinese() or str(error)) from error
    finally:
        logger.removeHandler(messages)
    if messages.lines:
        raise SkinError(messages.in_chinese())
    output = Path(config.site_dir)
    shell = output / "shell.html"
    cut = Shell.cut(shell.read_text(encoding="utf-8"))
    shell.unlink()
    for made_elsewhere in ("sitemap.xml", "sitemap.xml.gz"):
        (output / made_elsewhere).unlink(missing_ok=True)
    _point_home(output)
    return cut


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def in_chinese(self) -> str:
        """Return the messages; those that editing content can cause are put into Chinese."""
        return "\n".join(_translate(line) for line in self.lines)


_MKDOCS_MESSAGES = (
    (r"A reference to '(.+?)' is included in the 'nav'.*", r"mkdocs.yml 的 nav 列了 \1，但 content/ 里没有这个文件"),
    (
        r"The following pages exist in the docs directory, but are not included in the \"nav\".*?:\s*- (.+)",
        r"content/\1 没有列入 mkdocs.yml 的 nav",
    ),
    (r"Aborted with \d+ warnings in strict mode!", ""),
)


def _translate(line: str) -> str:
    for pattern, chinese in _MKDOCS_MESSAGES:
        if match := re.match(pattern, line, re.DOTALL):
            return match.expand(chinese)
    return f"MkDocs：{line}"


def _point_home(output: Path) -> None:
    """Replace the mark for the site's root by the way there from each hand-written page."""
    for page in output.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if BASE_MARK in text:
            depth = len(page.relative_to(output).parts) - 1
            page.write_text(text.replace(BASE_MARK, base_of(depth)), encoding="utf-8")
