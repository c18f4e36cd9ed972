"""An item or an organisation is renamed everywhere at once.

The name of today changes: in its own file, in every listing, and where other records and hand-written pages
mention it. The names of the past stay: former names, adjustments, cases, exposures, the texts of laws and of
documents that decided something. Sources: 国发〔2022〕5号 (one name everywhere); 达川府办〔2015〕69号 (every adjustment
is recorded, with its basis).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from gongkai.catalogue import Catalogue
from gongkai.editing.adjustment_file import new_adjustment
from gongkai.editing.changeset import Change
from gongkai.editing.known_names import mentions_of
from gongkai.editing.markdown_edits import replace_in_page
from gongkai.editing.mentions import Left, Mentions
from gongkai.editing.renamed_records import LISTED, RenamedRecords
from gongkai.editing.renaming import (
    RefusedError,
    Request,
    Subject,
    WorseError,
    find_subject,
    identity_of,
    refuse_unusable,
    wanted_names,
)
from gongkai.editing.yaml_editor import CannotEditError
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.kinds import kind_of
from gongkai.model.organization import Department, Town
from gongkai.reading.lines import Lines
from gongkai.rules.engine import Context, run
from gongkai.rules.families.adjustments import LATE_PUBLICATION
from gongkai.rules.registry import RULES
from gongkai.sources import data_files, hand_written_files


@dataclass(frozen=True, slots=True, order=True)
class Remaining:
    """A place that still has the old name, because it may be another's; a clerk has to look."""

    path: str
    line: int
    reason: str


@dataclass
class Plan:
    """What renaming changes: nothing when the subject has the name already.

    ``changes`` come in the order in which they are best made: the subject's own file is the last, so that
    a renaming that was killed midway is not taken for done.
    """

    old: str
    new: str
    changes: dict[str, Change] = field(default_factory=dict)
    remaining: list[Remaining] = field(default_factory=list)
    record: str | None = None
    hints: list[str] = field(default_factory=list)
    """What the clerk should know besides, as what else of an organisation may have to change with its name."""


def plan(root: Path, request: Request, today: datetime.date) -> Plan:
    """Work out what renaming changes, without changing anything.

    Raises RefusedError when it cannot be done, or cannot be done wholly, and OSError for a project that
    cannot be read.
    """
    catalogue, findings = load(root)
    subject = find_subject(request.identity, catalogue)
    wanted = wanted_names(request, subject)
    made = Plan(subject.name, request.name)
    renamed = {old: new for key, new in wanted.items() if (old := getattr(subject, key)) != new}
    if not renamed:
        return made
    refuse_unusable(request, subject, catalogue, today)
    _refuse_unreadable(root, catalogue, findings)
    made.hints = list(_hints(request, subject))
    find = mentions_of(subject, renamed, catalogue)
    try:
        _rename(root, request, today, catalogue, subject, find, made)
    except (CannotEditError, yaml.YAMLError) as error:
        raise RefusedError(
            f"{error} 的写法特殊，没有把握只改名称、不动别的。请把要改的内容写成一行普通文字，再改名。"
        ) from error
    _refuse_new_findings(root, catalogue, findings, made, today)
    return made


def _hints(request: Request, subject: Subject) -> Iterator[str]:
    if isinstance(subject, Item):
        return
    if request.short_name is None:
        yield f"简称没有改，仍是“{subject.short_name}”；简称也变了的，请加上 --short-name 一起改。"
    place = request.name.removesuffix("人民政府").removesuffix("办事处")
    if isinstance(subject, Town) and not place.endswith(subject.kind):
        yield f"类别（kind）没有改，仍是“{subject.kind}”；类别也变了的，请直接改 {subject.source.path}。"


def _rename(
    root: Path,
    request: Request,
    today: datetime.date,
    catalogue: Catalogue,
    subject: Subject,
    find: Mentions,
    made: Plan,
) -> None:
    texts = _Texts(root)
    records = RenamedRecords(request, subject, catalogue, find, today, texts.read)
    own = subject.source.path
    for path, text, left in (*records.others(), *_pages(catalogue, subject, find, texts), records.own()):
        lines = Lines(texts.read(path))
        made.remaining += [Remaining(path, lines.line_of(m.position), m.reason) for m in left]
        if text is not None:
            made.changes[path] = Change(texts.contents[path], text.encode("utf-8"))
    if not _is_recorded(request, subject, catalogue):
        _add_record(request, today, catalogue, records, made)
        made.changes[own] = made.changes.pop(own)
    made.remaining = sorted(set(made.remaining))


class _Texts:
    """The texts of files, and their contents as they were read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.contents: dict[str, bytes] = {}

    def read(self, path: str) -> str:
        """Return the text of a file that the catalogue was made from."""
        if path not in self.contents:
            self.contents[path] = (self._root / path).read_bytes()
        return self.contents[path].decode("utf-8")


def _pages(
    catalogue: Catalogue, subject: Subject, find: Mentions, texts: _Texts
) -> list[tuple[str, str | None, Sequence[Left]]]:
    target = identity_of(subject)
    if not isinstance(subject, Item):
        target = f"{'department' if isinstance(subject, Department) else 'town'}:{target}"
    changed: list[tuple[str, str | None, Sequence[Left]]] = []
    for path in catalogue.pages:
        done = replace_in_page(texts.read(path), target, find)
        if done.edits or done.left:
            changed.append((path, done.text(texts.read(path)) if done.edits else None, done.left))
    return changed


def _is_recorded(request: Request, subject: Subject, catalogue: Catalogue) -> bool:
    """Tell whether a record of this very renaming is there already, after one that was killed midway."""
    return any(
        identity_of(subject) in (change.item, change.organization)
        and change.kind is AdjustmentKind.RENAMED
        and change.name == request.name
        and adjustment.effective_on == request.on
        and adjustment.basis == request.basis
        for adjustment in catalogue.adjustments.values()
        for change in adjustment.changes
    )


def _add_record(
    request: Request, today: datetime.date, catalogue: Catalogue, records: RenamedRecords, made: Plan
) -> None:
    try:
        made.record, record = new_adjustment(
            catalogue,
            records.recorded_changes(),
            effective_on=request.on,
            published_on=request.published or today,
            basis=request.basis,
            note=request.note or records.note(),
        )
    except ValueError as error:
        raise RefusedError(f"{error}。") from error
    made.changes[made.record] = record


def _refuse_unreadable(root: Path, catalogue: Catalogue, findings: list[Finding]) -> None:
    """Refuse when a file that may hold the old name could not be read: it would keep it."""
    read = {record.source.path for record in catalogue.records()}
    files = [path for path in data_files(root) if (kind := kind_of(path)) is not None and kind.name in LISTED]
    files += [path for path in hand_written_files(root) if path.endswith(".md")]
    unread = set(files) - read
    if unread:
        faults = [finding for finding in findings if finding.path in unread]
        raise RefusedError("有的文件读不出来，里面的名称改不了，所以都没有改。请先改正：", faults)


def _refuse_new_findings(
    root: Path, before: Catalogue, findings: list[Finding], made: Plan, today: datetime.date
) -> None:
    """Refuse when the changed files would be worse than they are."""
    known = Counter(_kinds([*findings, *run(RULES.values(), Context(before, today))]))
    after, found = load(root, {path: change.after for path, change in made.changes.items()})
    found = sorted([*found, *run(RULES.values(), Context(after, today))])
    new = Counter(_kinds(found)) - known
    # A clerk who names a late day of publication is to be believed.
    if made.record is not None and new.pop((made.record, LATE_PUBLICATION), 0):
        made.hints.append(f"公布晚了，照实记下了；gongkai check 会一直提醒（{LATE_PUBLICATION}），不影响发布。")
    if new:
        caused = [finding for finding in found if (finding.path, finding.code) in new]
        raise WorseError("改名以后会有下面的问题，所以没有改。请先解决，或者换一个名称、日期：", caused)


def _kinds(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in findings]
