"""The source files of a project: which there are, and what each of them says by itself."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.finding import Finding
from gongkai.model.base import Record
from gongkai.model.hand_written import read_page
from gongkai.model.kinds import DATA, kind_of
from gongkai.model.validation import read_record
from gongkai.privacy import findings as privacy
from gongkai.privacy.personal_data import mask
from gongkai.reading.encoding import decode

CONTENT = "content"
FOLDERS = (DATA, CONTENT)
"""Where source files lie, below the project's folder."""
SKIN = ("theme", "schema", "mkdocs.yml")
"""What a site is made from besides the source files."""
PAGE = "page"
"""The kind of hand-written pages, which are no data files."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says: its record, or None, and what is wrong with it.

    ``kind`` is the name of the kind of record that its path calls for, "page" for a hand-written page, None for a file
    that holds no record.
    """

    path: str
    kind: str | None
    record: Record | None = None
    findings: list[Finding] = field(default_factory=list)


def data_files(root: Path) -> list[str]:
    """Return the paths of all files under data/, below ``root``, in a fixed order."""
    return [path for path in _files_below(root, DATA) if not hidden(path)]


def hand_written_files(root: Path) -> list[str]:
    """Return the paths of all files under content/, below ``root``, in a fixed order."""
    return [path for path in _files_below(root, CONTENT) if not hidden(path)]


def hidden(path: str) -> bool:
    """Tell whether a path is that of a file that nobody looks at, as editors leave them."""
    return path[path.rfind("/") + 1 :].startswith(".")


def source_files(root: Path) -> list[str]:
    """Return the paths of all files that a check reads: data first, then hand-written pages."""
    return [*data_files(root), *hand_written_files(root)]


def read_source(root: Path, path: str, content: bytes | None = None) -> Reading:
    """Read one source file; ``content`` is taken instead of the file's own when it is given.

    Whatever is wrong with the file becomes a finding. Raises OSError when the file cannot be read.
    """
    if content is None and not is_own_file(root, path):
        return Reading(path, None, None, [_linked(path)])
    if path.startswith(f"{CONTENT}/") and not path.endswith(".md"):
        from gongkai.privacy.attachments import in_attachment  # noqa: PLC0415 - few projects have any

        findings = [*_content_file(path), *privacy.in_name(path), *in_attachment(root / path, path)]
        return Reading(path, None, None, findings)
    content = (root / path).read_bytes() if content is None else content
    return read_content(content, path)


def read_content(content: bytes, path: str, clean: bool = False) -> Reading:
    """Read the bytes of a data file or a hand-written page.

    ``clean`` tells that a quick look at its name and text found nothing personal.
    """
    unclear: list[Finding] = []
    text = decode(content, path, unclear)
    personal = list(privacy.in_name(path) if text is None else privacy.in_file(text, path, clean))
    record: Record | None
    if path.startswith(f"{CONTENT}/"):
        kind_name = PAGE
        record, found = read_page(content, path)
        found = [*_invisible(path), *found]
    else:
        kind = kind_of(path)
        if kind is None:
            return Reading(path, None, None, [*personal, _misplaced(path)])
        kind_name = kind.name
        record, found = read_record(content, path, kind, None if unclear else text)
    return Reading(path, kind_name, record, [*personal, *(_masked(found) if personal else found)])


def _files_below(root: Path, folder: str) -> list[str]:
    """Return every file and link below a folder; raises OSError for a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        raise error

    found = []
    for base, folders, names in os.walk(root / folder, onerror=refuse):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        found += [(Path(base) / name).relative_to(root).as_posix() for name in (*names, *links)]
    return sorted(found)


def _masked(findings: list[Finding]) -> Iterator[Finding]:
    """Yield findings whose messages do not repeat the personal data of the file they are about."""
    for finding in findings:
        yield replace(finding, message=mask(finding.message), help=mask(finding.help))


_ATTACHMENTS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf", ".docx", ".xlsx")


def _content_file(path: str) -> Iterator[Finding]:
    """Report files under content/ that would be published as they are and could carry scripts."""
    if path.startswith("content/assets/") or not path.lower().endswith(_ATTACHMENTS):
        advice = f"content/ 里除了 .md 网页，只能放图片和附件（{'、'.join(_ATTACHMENTS)}），不能放 content/assets/。"
        yield Finding(path, 1, 1, "S007", "这个位置不应当有这个文件", advice)
    yield from _invisible(path)


def _invisible(path: str) -> Iterator[Finding]:
    """Report a name that nobody could type into an address."""
    if not path.isprintable():
        advice = "文件名和文件夹名里不能有换行、控制字符等看不见的字符，请改名。"
        yield Finding(path, 1, 1, "S007", "文件名里有看不见的字符", advice)


def is_own_file(root: Path, path: str) -> bool:
    """Tell whether a path leads to a file of the project: a link could publish what is outside it.

    Folders below data/ and content/ that are links are not entered, so only the file and these two can be one.
    """
    try:
        found = os.lstat(root / path)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and not (root / path.partition("/")[0]).is_symlink()


def _linked(path: str) -> Finding:
    advice = "链接会把项目以外的文件带进网站，请删去链接，放真正的文件。"
    return Finding(path, 1, 1, "S007", "这是一个链接或者不能读的文件", advice)


def _misplaced(path: str) -> Finding:
    advice = "数据文件放在 data/ 下约定的文件夹里，以 .yml 结尾；不是数据的文件请移走。"
    return Finding(path, 1, 1, "S007", "这个位置不应当有这个文件", advice)
