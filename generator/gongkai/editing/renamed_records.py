"""The data files that a renaming changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.editing.mentions import Left, Mentions
from gongkai.editing.renaming import RefusedError, Request, Subject, identity_of, wanted_names
from gongkai.editing.yaml_editor import CannotEditError, YamlEditor
from gongkai.editing.yaml_source import Loc
from gongkai.model.base import Record, walk
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.kinds import kind_of
from gongkai.model.listing import Listing
from gongkai.model.organization import District, Organization
from gongkai.model.validation import read_record
from gongkai.model.vocabulary import ItemStatus
from gongkai.versions.elements import compare_items, compare_organizations, plain
from gongkai.versions.history import changes_of
from gongkai.versions.substance import item_substance

LISTED = frozenset({"district", "department", "town", "item", "listing", "adjustment"})
"""Kinds of record that must be readable: they may hold the old name, or number the record of its change."""

_SPEAKING = (District, Organization, Item, Listing)
"""Records that speak of today; all others speak of a day in the past, and keep the names of that day."""

_NAMES = frozenset(
    ["name", "full_name", "short_name", "title", "short_title", "result", "path", "phone", "email", "online", "url"]
)
_OTHERS_WORDS = frozenset(["former_names", "aliases", "everyday_names", "legal_basis", "basis"])
"""Elements that are not ours to change: other names, and what a law or document says."""

Changed = tuple[str, str | None, list[Left]]
"""A file's path, its new text (None when it stays), and the mentions that stay in it."""


class RenamedRecords:
    """Works out the new texts of data files; ``read`` returns the present text of a file."""

    def __init__(
        self,
        request: Request,
        subject: Subject,
        catalogue: Catalogue,
        find: Mentions,
        today: datetime.date,
        read: Callable[[str], str],
    ) -> None:
        self._request = request
        self._subject = subject
        self._catalogue = catalogue
        self._find = find
        self._today = today
        self._read = read
        self._recorded: list[dict[str, Any]] = []

    def own(self) -> Changed:
        """Return the changed file of what is renamed."""
        subject = self._subject
        path = subject.source.path
        editor = self._editor(path)
        left = [stays for loc in self._mentioning(subject) for stays in editor.replace_mentions(loc, self._find)]
        for key, name in wanted_names(self._request, subject).items():
            editor.set_text((key,), name)
        if self._request.name != subject.name:
            self._remember(editor)
        if isinstance(subject, Item):
            self._raise_version(editor, subject)
        text = self._result(editor, path)
        self._recorded.insert(0, self._change(subject, AdjustmentKind.RENAMED, self._request.name, text))
        return path, text, left

    def others(self) -> Iterator[Changed]:
        """Yield the other data files that name or mention what is renamed."""
        for record in self._catalogue.records():
            if record is self._subject or not isinstance(record, _SPEAKING):
                continue
            mentioning = list(self._mentioning(record))
            entries = list(self._entries(record))
            if mentioning or entries:
                yield self._other(record, mentioning, entries)

    def _other(self, record: Record, mentioning: list[Loc], entries: list[Loc]) -> Changed:
        path = record.source.path
        editor = self._editor(path)
        left: list[Left] = []
        for loc in entries:
            editor.set_text(loc, self._request.name)
        raising = self._may_get_a_version(record)
        stuck = [loc for loc in mentioning if not raising and self._is_recorded(record, loc)]
        for loc in mentioning:
            if loc in stuck:
                left.append(Left(editor.position(loc), "有调整记录，而这一版不早于更名日期，改了就对不上"))
            else:
                left += editor.replace_mentions(loc, self._find)
        amended = raising and any(_is_of_substance(loc) and editor.differs(loc) for loc in mentioning)
        if amended and isinstance(record, Item):
            self._raise_version(editor, record)
        if not editor.changed:
            return path, None, left
        text = self._result(editor, path)
        if amended and isinstance(record, Item):
            self._recorded.append(self._change(record, AdjustmentKind.AMENDED, record.name, text))
        return path, text, left

    def recorded_changes(self) -> list[dict[str, Any]]:
        """Return what the adjustment has to record, the renaming first; call it after the files were changed."""
        return self._recorded

    def note(self) -> str:
        """Return what the public is told when the clerk does not say it otherwise."""
        wanted = wanted_names(self._request, self._subject)
        renamed = [
            f"“{getattr(self._subject, key)}”更名为“{name}”"
            for key, name in wanted.items()
            if getattr(self._subject, key) != name
        ]
        unchanged = (
            "办理条件、申请材料、时限和收费不变" if isinstance(self._subject, Item) else "原来由它办理的事项照常办理"
        )
        return f"{'，'.join(renamed)}，{unchanged}。"

    def _editor(self, path: str) -> YamlEditor:
        return YamlEditor(self._read(path))

    def _result(self, editor: YamlEditor, path: str) -> str:
        try:
            return editor.result()
        except CannotEditError as error:
            raise CannotEditError(path) from error

    def _mentioning(self, record: Record) -> Iterator[Loc]:
        """Yield where a record's free text has the characters of an old name."""
        for loc, value in walk(record):
            if not isinstance(value, str) or loc[-1] in _NAMES or not _OTHERS_WORDS.isdisjoint(map(str, loc)):
                continue
            if any(old in value for old in self._find.renamed):
                yield loc

    def _entries(self, record: Record) -> Iterator[Loc]:
        if isinstance(record, Listing) and isinstance(self._subject, Item):
            for index, entry in enumerate(record.entries):
                if entry.code == self._subject.code and entry.name != self._request.name:
                    yield "entries", index, "name"

    def _remember(self, editor: YamlEditor) -> None:
        """Add the old name to the former ones; a former name that is used again leaves them."""
        subject, request = self._subject, self._request
        entry = {"name": subject.name, "until": str(request.on), "basis": request.basis}
        again = [index for index, former in enumerate(subject.former_names) if former.name == request.name]
        if not again:
            editor.append("former_names", ("name", "short_name", "aliases"), entry)
            return
        if len(again) > 1:
            message = f"{subject.source.path} 的曾用名里“{request.name}”写了 {len(again)} 遍。请先删去重复的。"
            raise RefusedError(message)
        # The entries behind it move up one place, so that they stay in the order of time.
        following = [f.model_dump(mode="json") for f in subject.former_names[again[0] + 1 :]]
        for index, former in enumerate([*following, entry], again[0]):
            for key, value in former.items():
                editor.set_text(("former_names", index, key), value)

    def _raise_version(self, editor: YamlEditor, item: Item) -> None:
        editor.set_number(("version",), item.version + 1)
        editor.set_text(("effective_on",), str(self._request.on))
        editor.set_text(("updated_on",), str(max(item.updated_on, self._today)))

    def _is_recorded(self, record: Record, loc: Loc) -> bool:
        """Tell whether an adjustment says how an element of substance was left: a change would contradict it."""
        if not isinstance(record, Item):
            return False
        if not _is_of_substance(loc):
            return False
        path = _path_of(loc)
        recorded = [
            element.path
            for _, _, change in changes_of(record.code, self._catalogue.adjustments.values())
            for element in change.elements
        ]
        return any(f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}.") for other in recorded)

    def _may_get_a_version(self, record: Record) -> bool:
        return (
            isinstance(record, Item)
            and record.status is not ItemStatus.CANCELLED
            and record.effective_on < self._request.on
        )

    def _change(self, record: Subject, kind: AdjustmentKind, name: str, text: str) -> dict[str, Any]:
        """Return one change of the adjustment: the elements of substance that differ in a file's new text."""
        changed = _read_again(text, record.source.path)
        change: dict[str, Any] = {"kind": kind.value, "name": name}
        if isinstance(record, Item):
            differing = compare_items(plain(record), plain(changed))
            change |= {
                "item": record.code,
                "version": record.version + 1,
                "previous_effective_on": record.effective_on,
            }
        else:
            differing = compare_organizations(plain(record), plain(changed), type(record))
            change["organization"] = identity_of(record)
        elements: list[Mapping[str, Any]] = [
            {"path": element.path, "old": element.old, "new": element.new} for element in differing if element.major
        ]
        return change | {"elements": elements}


def _read_again(text: str, path: str) -> Record:
    kind = kind_of(path)
    record = read_record(text.encode("utf-8"), path, kind)[0] if kind is not None else None
    if record is None:
        raise CannotEditError(path)
    return record


def _is_of_substance(loc: Loc) -> bool:
    """Tell whether a change there makes a new version of an item, which has to be recorded."""
    return item_substance(_path_of(loc)).major


def _path_of(loc: Loc) -> str:
    """Return the element a location is in: lists are whole."""
    steps: list[str] = []
    for step in loc:
        if isinstance(step, int):
            break
        steps.append(step)
    return ".".join(steps)
