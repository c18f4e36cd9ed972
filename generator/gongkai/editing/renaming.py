"""What is to be renamed, and why it may not be."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.catalogue import Catalogue
from gongkai.editing.late_publication import lateness
from gongkai.finding import Finding
from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.naming.look_alikes import look_alikes, written_correctly
from gongkai.naming.nearest import nearest_candidate
from gongkai.naming.normal import normal

Subject = Item | Department | Town

LONGEST, SHORTEST, LONGEST_BASIS = 200, 2, 300
_PUNCTUATION = frozenset("（）〔〕《》“”‘’、，。；：！？·—…-/.%+℃")
"""Signs that may stand in a name besides letters, Chinese characters and digits."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asks for: ``identity`` is renamed on a day, on the basis of a document.

    ``short_name`` is for organisations only; without ``note`` the record's note to the public is made up
    from the two names; without ``published`` the new name is published for the first time today.
    """

    identity: str
    name: str
    on: datetime.date
    basis: str
    short_name: str | None = None
    note: str | None = None
    published: datetime.date | None = None


class RefusedError(Exception):
    """It cannot be renamed, and nothing has changed; ``findings`` show what stands in the way."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class WorseError(RefusedError):
    """The renamed catalogue would have ``findings`` that the present one has not."""


def identity_of(subject: Subject) -> str:
    """Return an item's code or an organisation's id."""
    return subject.code if isinstance(subject, Item) else subject.id


def find_subject(identity: str, catalogue: Catalogue) -> Subject:
    """Return what is to be renamed; raises RefusedError, with advice, for anything but items and organisations."""
    subject = catalogue.items.get(identity) or catalogue.organization(identity)
    if subject is None:
        raise RefusedError(_no_subject(identity, catalogue))
    return subject


def _no_subject(identity: str, catalogue: Catalogue) -> str:
    law = catalogue.laws.get(identity)
    if law is not None:
        return (
            f"“{identity}”是法律文件“{law.title}”。法律文件由制定机关改名：请直接改 {law.source.path} 里的 title，"
            "把原来的名称记入 former_names；各事项按编号引用它，不用改。"
        )
    if identity in catalogue.villages:
        village, town = catalogue.villages[identity]
        return (
            f"“{identity}”是{town.short_name}{village.name}。村（社区）改名：请直接改 {town.source.path} 里"
            "这个村的 name 和 full_name，把原来的名称记入它的 former_names；清单按区划代码对应，不用改。"
        )
    if any(identity == unread for _, unread in catalogue.unreadable):
        return f"“{identity}”的文件读不出来。请先运行 gongkai check，改正它的问题，再改名。"
    names = {code: item.name for code, item in catalogue.items.items()}
    names |= {d.id: d.name for d in (*catalogue.departments.values(), *catalogue.towns.values())}
    nearest = nearest_candidate(identity, names)
    advice = f"是不是 {nearest}（{names[nearest]}）？" if nearest else "事项填 12 位编码，部门和乡镇填编号。"
    return f"没有编码或编号为“{identity}”的事项、部门或乡镇。{advice}"


def wanted_names(request: Request, subject: Subject) -> dict[str, str]:
    """Return the new name by the key under which it stands in the subject's file."""
    if isinstance(subject, Item):
        if request.short_name is not None:
            raise RefusedError("事项没有简称；--short-name 只用于部门和乡镇。")
        return {"name": request.name}
    return {"name": request.name, "short_name": request.short_name or subject.short_name}


def refuse_unusable(request: Request, subject: Subject, catalogue: Catalogue, today: datetime.date) -> None:
    """Raise RefusedError when the names, the date or the basis cannot be taken."""
    for name in wanted_names(request, subject).values():
        problem = name_problem(name)
        if problem:
            raise RefusedError(problem)
    for text, title in ((request.basis, "依据"), (request.note, "说明")):
        if text is not None and (problem := _text_problem(text, title)):
            raise RefusedError(problem)
    problem = (
        next(_taken(request, subject, catalogue), None)
        or _date_problem(request, subject, catalogue, today)
        or _publication_problem(request, catalogue, today)
    )
    if problem:
        raise RefusedError(problem)


def name_problem(name: str) -> str:
    """Say in Chinese why a text cannot be a name, or return an empty text."""
    if not name.strip():
        return "新的名称是空的。请写全名称。"
    wrong = look_alikes(name)
    if wrong:
        seen = "、".join(dict.fromkeys(f"{fault.kind}“{fault.character}”" for fault in wrong))
        return f"名称“{name}”里有{seen}。应当写成“{written_correctly(name)}”。"
    strange = [c for c in name if not (c.isascii() and c.isalnum()) and not _is_han(c) and c not in _PUNCTUATION]
    if strange:
        return f"名称“{name}”里有不该出现的字符“{strange[0]}”。名称只用汉字、字母、数字和中文标点。"
    if not any(map(_is_han, name)):
        return f"名称“{name}”里没有汉字。请写全名称。"
    if not SHORTEST <= len(name) <= LONGEST:
        return f"名称有 {len(name)} 个字，应当是 {SHORTEST} 到 {LONGEST} 个字。"
    return ""


def _is_han(character: str) -> bool:
    return (
        "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "\u3007"
    ) and character.isalnum()


def _text_problem(text: str, title: str) -> str:
    if not text.strip() or text != text.strip():
        return f"{title}不能是空的，开头和结尾不能有空格。"
    if any(not character.isprintable() for character in text):
        return f"{title}里有看不见的字符或者换行，请写在一行里。"
    if len(text) > LONGEST_BASIS:
        return f"{title}有 {len(text)} 个字，太长了；最多 {LONGEST_BASIS} 个字。"
    return ""


def _taken(request: Request, subject: Subject, catalogue: Catalogue) -> Iterator[str]:
    """Yield why a name is another's already."""
    if isinstance(subject, Item):
        others = [
            i for i in catalogue.items.values() if i.code != subject.code and i.status is not ItemStatus.CANCELLED
        ]
        yield from _same(request.name, {i.name: f"事项 {i.code} " for i in others})
        return
    used = {
        name: other.short_name
        for other in (*catalogue.departments.values(), *catalogue.towns.values())
        if other.id != subject.id
        for name in (*other.aliases, other.short_name, other.name)
    }
    for name in wanted_names(request, subject).values():
        yield from _same(name, used)


def _same(name: str, used: Mapping[str, str]) -> Iterator[str]:
    if name in used:
        yield f"名称“{name}”已经是{used[name]}的。一个名称只能对应一个，请核对；确实要用，先给对方改名。"
    form = normal(name)
    for other, owner in used.items():
        if normal(other) == form:
            yield f"名称“{name}”与{owner}的“{other}”只是写法不同，群众分不清。请写出区别。"


def _date_problem(request: Request, subject: Subject, catalogue: Catalogue, today: datetime.date) -> str:
    on = request.on
    if on > today:
        return (
            f"{on} 还没有到（今天是 {today}）。名称改了立刻就会公布，现在改，到那天以前网站上的名称都是错的；"
            "请到那一天再运行。"
        )
    if isinstance(subject, Item):
        if subject.status is ItemStatus.CANCELLED:
            return f"事项“{subject.name}”已经取消，名称留作记录，不再改。"
        if on <= subject.effective_on:
            return (
                f"更名日期 {on} 不晚于本版本的生效日期 {subject.effective_on}，一天之内不能有两个版本。"
                "请核对更名日期；本版本还没有公布的，直接改它的文件。"
            )
    ends = [former.until for former in subject.former_names]
    ends += [
        adjustment.effective_on
        for adjustment in catalogue.adjustments.values()
        for change in adjustment.changes
        if change.organization == identity_of(subject)
    ]
    if ends and on < max(ends):
        return f"更名日期 {on} 早于上一次更名的 {max(ends)}。请核对更名日期。"
    return ""


def _publication_problem(request: Request, catalogue: Catalogue, today: datetime.date) -> str:
    """Say why a day of publication cannot be taken, or return an empty text."""
    if request.published is None:
        return lateness(f"新名称从 {request.on} 起使用", request.on, catalogue, today)
    if request.published > today:
        return f"公布日期 {request.published} 还没有到（今天是 {today}）。请核对 --published。"
    return ""
