"""Which item of the catalogue a published name means, and how the two differ."""

from __future__ import annotations

import datetime
import enum
from collections import defaultdict
from dataclasses import dataclass

from gongkai.auditing.columns import Meaning
from gongkai.auditing.faults import Fault, FaultKind
from gongkai.catalogue import Catalogue
from gongkai.model.base import FormerName
from gongkai.model.item import Item
from gongkai.model.vocabulary import ItemStatus
from gongkai.naming.difference import difference
from gongkai.naming.look_alikes import look_alikes, plain
from gongkai.naming.nearest import Nearest
from gongkai.naming.normal import LEVEL_NOTE, normal, reasons


class Verdict(enum.StrEnum):
    """What a published name is, seen from the catalogue."""

    EXACT = "一致"
    SAME = "写法不同"
    FORMER = "曾用名"
    EVERYDAY = "日常用语"
    CANCELLED = "已取消"
    RENAMED = "编码相同、名称不同"
    NEAR = "相近"
    UNKNOWN = "目录里没有"
    NAMELESS = "没有名称"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a name may mean."""

    code: str
    name: str
    similarity: float


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The verdict on one name; ``item`` is None for near and unknown names, which have candidates."""

    verdict: Verdict
    explanation: str
    item: Item | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def should(self) -> str:
        """Return the name that should stand there, empty where nobody can tell or it is right."""
        if self.item is None or self.verdict in (Verdict.EXACT, Verdict.EVERYDAY, Verdict.CANCELLED):
            return ""
        return self.item.name


class ItemNames:
    """Finds items by any of their names, on a given day."""

    def __init__(self, catalogue: Catalogue, as_of: datetime.date) -> None:
        self._as_of = as_of
        self._exact: dict[str, Item] = {}
        self._normal: dict[str, Item] = {}
        self._former: dict[str, tuple[Item, FormerName]] = {}
        self._everyday: defaultdict[str, list[Item]] = defaultdict(list)
        self._by_code: dict[str, Item] = {}
        self._cache: dict[str, NameMatch] = {}
        # An item that is in use wins over one that was cancelled and had the same name.
        for item in sorted(catalogue.items.values(), key=lambda item: item.status is ItemStatus.CANCELLED):
            self._add(item)
        self._nearest = Nearest([i.name for i in self._exact.values() if i.status is not ItemStatus.CANCELLED])

    def _add(self, item: Item) -> None:
        self._exact.setdefault(item.name, item)
        self._normal.setdefault(normal(item.name), item)
        for former in item.former_names:
            self._former.setdefault(normal(former.name), (item, former))
        for name in item.everyday_names:
            self._everyday[normal(name)].append(item)
        self._by_code[item.code] = item
        if item.local_code is not None:
            self._by_code.setdefault(item.local_code, item)

    def by_code(self, code: str) -> Item | None:
        """Return the item that a 基本编码 or a local catalogue code stands for."""
        return self._by_code.get(code)

    def match(self, name: str, coded: Item | None) -> NameMatch:
        """Return what a name is; ``coded`` is the item that the row's code stands for, if it is known."""
        if not name:
            return NameMatch(Verdict.NAMELESS, "这一行没有事项名称，请补上", coded)
        found = self._known(name)
        if found is not None:
            return found
        if coded is not None:
            text = f"编码是“{coded.name}”的：{difference(name, coded.name)}"
            return NameMatch(Verdict.RENAMED, text, coded)
        if name not in self._cache:
            self._cache[name] = self._near(name)
        return self._cache[name]

    def _known(self, name: str) -> NameMatch | None:
        item = self._exact.get(name)
        if item is not None:
            return self._in_use(item, NameMatch(Verdict.EXACT, "", item))
        key = normal(name)
        item = self._normal.get(key)
        if item is not None:
            why = "、".join(reasons(name, item.name))
            return self._in_use(item, NameMatch(Verdict.SAME, f"{why}：{difference(name, item.name)}", item))
        if key in self._former:
            item, former = self._former[key]
            if former.until > self._as_of:
                text = f"{former.until} 起改名为“{item.name}”（依据：{former.basis}）"
                return self._in_use(item, NameMatch(Verdict.EXACT, text, item))
            text = f"{former.until} 起停用（依据：{former.basis}），现名“{item.name}”"
            return self._in_use(item, NameMatch(Verdict.FORMER, text, item))
        return self._by_everyday_name(key)

    def _by_everyday_name(self, key: str) -> NameMatch | None:
        everyday = self._everyday.get(key, [])
        if not everyday:
            return None
        if len(everyday) > 1:
            candidates = tuple(Candidate(item.code, item.name, 1.0) for item in everyday)
            return NameMatch(Verdict.NEAR, "这是几个事项共同的日常说法，请写明是哪一个", None, candidates)
        item = everyday[0]
        text = f"这是“{item.name}”的日常说法，请核对是不是同一个事项，是的公布时要写事项名称"
        return self._in_use(item, NameMatch(Verdict.EVERYDAY, text, item))

    def _in_use(self, item: Item, match: NameMatch) -> NameMatch:
        """Return the match, or that the item is no longer in the catalogue on this day."""
        planned = item.planned_cancellation_on
        if item.cancellation is not None and item.status is ItemStatus.CANCELLED:
            text = f"事项已于 {item.cancellation.on} 取消（依据：{item.cancellation.basis}），不能再公布"
        elif item.status is ItemStatus.SUSPENDED:
            text = "事项暂停办理，不能公布"
        elif planned is not None and planned <= self._as_of:
            text = f"事项计划于 {planned} 取消，日期已到，不能再公布"
        else:
            return match
        return NameMatch(Verdict.CANCELLED, text, item)

    def _near(self, name: str) -> NameMatch:
        found = self._nearest.find(name)
        if not found:
            return NameMatch(Verdict.UNKNOWN, "目录里没有这个名称，也没有相近的")
        candidates = tuple(Candidate(self._exact[n.name].code, n.name, n.similarity) for n in found)
        best = candidates[0]
        text = f"最接近的是“{best.name}”（{best.code}，相似 {best.similarity:.0%}）：{difference(name, best.name)}"
        return NameMatch(Verdict.NEAR, text, None, candidates)


def style_faults(name: str) -> list[Fault]:
    """Return how a name is badly written, whatever item it means."""
    faults = []
    wrong = look_alikes(name)
    if wrong:
        said = "，".join(dict.fromkeys(f"{w.kind}“{w.character}”" if w.replacement else w.kind for w in wrong))
        faults.append(Fault(FaultKind.NAME_STYLE, Meaning.NAME, f"名称“{name}”里有{said}"))
    note = LEVEL_NOTE.search(plain(name))
    if note:
        text = f"名称“{name}”末尾的“{note.group()}”是层级说明，不是名称的一部分"
        faults.append(Fault(FaultKind.LEVEL_NOTE, Meaning.NAME, text))
    return faults
