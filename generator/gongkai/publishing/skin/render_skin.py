"""Everything that MkDocs makes: the hand-written pages, and the shell around the catalogue's pages."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml
from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from gongkai.finding import Finding
from gongkai.os_errors import reason
from gongkai.publishing.skin.markdown import BASE_MARK, Target
from gongkai.publishing.skin.shell import Shell, SkinError, base_of
from gongkai.publishing.templates.templating import reason_of
from gongkai.reading.encoding import decode
from gongkai.sources import CONTENT, hidden

SETTINGS, THEME = "mkdocs.yml", "theme"

_EXTENSION = "gongkai.publishing.skin.markdown"


def load_skin(root: Path, site_url: str | None, output: Path) -> MkDocsConfig:
    """Return the project's MkDocs configuration, writing to ``output``; raises SkinError."""
    overrides: dict[str, Any] = {"site_dir": str(output)}
    if site_url is not None:
        overrides["site_url"] = site_url
    _refuse_reaching_out(_settings_text(root / SETTINGS))
    with _listening() as messages:
        try:
            with (root / SETTINGS).open("rb") as stream:
                config = load_config(stream, **overrides)
        except Exception as error:
            raise SkinError(_wrong_settings(error, messages.lines)) from error
    folders = [os.path.normpath(folder or "") for folder in (config.docs_dir, config.theme.custom_dir)]
    if folders != [os.path.normpath(root / name) for name in (CONTENT, THEME)]:
        raise SkinError(_REACHING_OUT)
    return config


_REACHING_OUT = (
    f"{SETTINGS} 里不能用 INHERIT、!ENV 和 hooks，docs_dir 只能是 {CONTENT}，theme 的 custom_dir 只能是 {THEME}："
    "网站只从这几处的文件生成，别处的改动程序不会知道"
)


def _refuse_reaching_out(text: str) -> None:
    """Raise SkinError for settings that take something from elsewhere: what is kept would not follow its changes."""
    # What is no YAML is told when it is loaded.
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            # Before they are loaded: hooks are run by that already.
            if getattr(event, "tag", None) == "!ENV" or getattr(event, "value", None) in ("INHERIT", "hooks"):
                raise SkinError(_REACHING_OUT)


def _settings_text(file: Path) -> str:
    """Return a text; raises SkinError, in the words that are used of data files, for a file that is not there or is none."""
    findings: list[Finding] = []
    try:
        text = decode(file.read_bytes(), file.name, findings)
    except OSError as error:
        raise SkinError(f"读不了 {file.name}：{reason(error)}") from error
    if text is None:
        found = findings[-1]
        raise SkinError(f"{found.path} 第 {found.line} 行第 {found.column} 列：{found.message}。{found.help}")
    return text


def _wrong_settings(error: Exception, lines: list[str]) -> str:
    """Say where to look in the settings, and what MkDocs says of them."""
    mark = getattr(error.__context__, "problem_mark", None)
    if mark is not None:
        where = f"{SETTINGS} 第 {mark.line + 1} 行读不下去，请核对它和前面几行的缩进、冒号、引号和括号"
    else:
        where = f"{SETTINGS} 有误，请核对下面提到的设置"
    return f"{where}。MkDocs 的原话：\n" + "\n".join(lines or [str(error)])


def render_skin(
    config: MkDocsConfig, targets: Mapping[str, Target], extra: Mapping[str, Any], compiled: BytecodeCache
) -> Shell:
    """Render the hand-written pages into the configured folder and return the shell.

    ``targets`` resolves references in Markdown, ``extra`` adds to what the templates know, ``compiled`` keeps the templates.
    Raises SkinError when MkDocs reports anything, and OSError when something cannot be read or written.
    """
    config.mdx_configs[_EXTENSION] = {"targets": targets}
    config.extra.update(extra)
    _quicken(config.theme, compiled)
    with _listening() as messages:
        try:
            mkdocs_build(config)
        except Exception as error:
            # Jinja's error for a missing template is one of reading, too.
            if isinstance(error, OSError) and not isinstance(error, TemplateError):
                raise
            fault = _template_fault(error, Path(config.config_file_path).parent)
            raise SkinError(fault or messages.in_chinese() or str(error)) from error
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


def _quicken(theme: Theme, compiled: BytecodeCache) -> None:
    """Spare MkDocs to compile templates that are kept, and to walk over hidden folders: Material's holds 14,000 icons.

    Hidden files are what editors leave, and none of the site.
    """
    environment_of = theme.get_env

    def environment() -> Environment:
        made = environment_of()
        made.loader = _VisibleFiles(theme.dirs)
        made.bytecode_cache = compiled
        return made

    theme.get_env = environment  # type: ignore[method-assign]


class _VisibleFiles(FileSystemLoader):
    def list_templates(self) -> list[str]:
        found = set()
        for root in self.searchpath:
            for folder, folders, files in os.walk(root):
                folders[:] = [name for name in folders if not hidden(name)]
                found |= {Path(folder, file).relative_to(root).as_posix() for file in files if not hidden(file)}
        return sorted(found)


def _template_fault(error: Exception, root: Path) -> str:
    """Say in which template something was wrong, and what; nothing where it was in none.

    Jinja makes the innermost lines of the traceback those of the template.
    """
    places = [(step.filename, step.lineno) for step in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename is not None:
        places.append((error.filename, error.lineno))
    name, line = next(((name, line) for name, line in reversed(places) if name.endswith(".html")), ("", 0))
    if not name:
        return ""
    path = Path(name).relative_to(root) if Path(name).is_relative_to(root) else Path(name)
    said = error.message if isinstance(error, TemplateSyntaxError) else reason_of(error)
    return f"网页模板有错：{path} 第 {line} 行：{said}"


@contextmanager
def _listening() -> Iterator[_Messages]:
    """Yield what collects all that MkDocs has to say, which nobody else says then."""
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        yield messages
    finally:
        logger.removeHandler(messages)


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
