"""What rules about names look at in free texts: the same sentence stands in thousands of records, and is searched once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.model.base import Record
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.vocabulary import ItemStatus
from gongkai.naming.lexicon import Lexicon, Role, Term
from gongkai.naming.look_alikes import plain
from gongkai.naming.mentions import WrongMention, WrongMentions, told_as_history
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Loc
from gongkai.rules.free_text import gap, texts
from gongkai.rules.sifting import MOST_KNOWN

_BRACKET = re.compile(r"（[^（）]*）\Z")
_TITLE = re.compile(r"《([^《》]{3,80})》")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_APART = "。"
"""Put between texts that are searched as one: no name and no remark on a name runs across the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What stands in one text: names of items, organisations and towns that are wrong, titles of documents in 《》 that
    are not told as history, and villages whose name does not tell which one; the last two with their offsets.
    """

    mentions: Sequence[WrongMention]
    titles: Sequence[tuple[int, str]]
    villages: Sequence[tuple[int, str]]


class Prose:
    """Finds in free texts what there is to remark; ``villages`` are the towns by each name that several villages have."""

    def __init__(self, finder: WrongMentions, villages: Mapping[str, Sequence[str]]) -> None:
        self._finder = finder
        self._towns = villages
        self._village = re.compile("|".join(map(re.escape, villages))) if villages else None
        self._known: dict[str, Remarks | None] = {}

    def is_remarkable(self, texts: Iterable[str]) -> bool:
        """Tell whether there is anything to remark on some texts."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        known = self._known
        texts = list(texts)
        new = [text for text in texts if text not in known]
        if new:
            self._search(list(dict.fromkeys(new)))
        return any(map(known.__getitem__, texts))

    def remarks(self, found: Sequence[tuple[Loc, str]]) -> list[tuple[Loc, Remarks]]:
        """Return what there is to remark on texts, with their locations; texts without anything are left out."""
        if not self.is_remarkable(text for _, text in found):
            return []
        remarked = ((loc, self._known[text]) for loc, text in found)
        return [(loc, remarks) for loc, remarks in remarked if remarks is not None]

    def _search(self, new: Sequence[str]) -> None:
        """Search texts for the first time: all as one, and one by one where something is found."""
        together = _APART.join(new)
        titled = "《" in together
        named = self._village is not None and self._village.search(together) is not None
        wrong = any(True for _ in self._finder.wrong(_APART.join(map(_without_titles, new)) if titled else together))
        if not (titled or named or wrong):
            self._known.update(dict.fromkeys(new))
            return
        for text in new:
            mentions = tuple(self._finder.wrong(_without_titles(text))) if wrong else ()
            titles = tuple(_titles(text)) if titled else ()
            villages = tuple(self._villages(text)) if named else ()
            remarkable = mentions or titles or villages
            self._known[text] = Remarks(mentions, titles, villages) if remarkable else None

    def _villages(self, text: str) -> Iterator[tuple[int, str]]:
        for sentence in _SENTENCE.finditer(text):
            for name, towns in self._towns.items():
                index = sentence.group().find(name)
                if index >= 0 and not any(town in sentence.group() for town in towns):
                    yield sentence.start() + index, name


def _without_titles(text: str) -> str:
    """Leave out titles: what a document is called is compared with the register of laws."""
    return _TITLE.sub(gap, text) if "《" in text else text


def _titles(text: str) -> Iterator[tuple[int, str]]:
    for match in _TITLE.finditer(text):
        if not told_as_history(text, match.start(), match.end()):
            yield match.start(), match[1]


def remarks(record: Record, context: Context) -> list[tuple[Loc, Remarks]]:
    """Return what there is to remark on a record's free texts."""
    return context.of(record, _remarks)


def _remarks(record: Record, context: Context) -> list[tuple[Loc, Remarks]]:
    prose = context.once(_prose)
    if not isinstance(record, HandWrittenPage) and not prose.is_remarkable(contents(record, context).prose):
        return []
    return prose.remarks(texts(record))


def _prose(context: Context) -> Prose:
    finder = WrongMentions(Lexicon.of(context.table(known_names)))
    return Prose(finder, context.catalogue.shared_village_names)


def known_names(catalogue: Catalogue) -> Any:
    """Return the lexicon of the names that may turn up in prose, as plain data."""
    return Lexicon(_terms(catalogue)).plain_data()


def _terms(catalogue: Catalogue) -> Iterator[Term]:
    for names in catalogue.item_names:
        yield from _item_terms(*names)
    # The names of a material stand in thousands of items.
    yield from (Term(other, Role.OTHER) for other in dict.fromkeys(_others(catalogue.item_names)))
    for name, short_name, aliases, former, *_ in (*catalogue.department_names, *catalogue.town_names):
        yield from _organization_terms(name, short_name, aliases, former, catalogue)
    if catalogue.district:
        yield Term(catalogue.district.service_centre.name, Role.OTHER)
        yield Term(catalogue.district.service_centre.name.removeprefix(catalogue.district.short_name[:-1]), Role.OTHER)
    if catalogue.abolished:
        for division in catalogue.abolished.divisions:
            into = [catalogue.towns[code].short_name for code in division.successors if code in catalogue.towns]
            today = "、".join(into)
            yield Term(division.name, Role.FORMER, today, division.until.isoformat(), division.basis)
    for _, title, short_title, *_ in catalogue.law_names:
        yield Term(title, Role.OTHER)
        yield Term(short_title, Role.OTHER)


def _item_terms(
    _code: str,
    status: str,
    name: str,
    former: Sequence[Sequence[str]],
    _everyday: Sequence[str],
    _things: Sequence[str],
) -> Iterator[Term]:
    if status == ItemStatus.CANCELLED:
        yield Term(name, Role.OTHER)
        return
    yield Term(name, Role.CANONICAL, name)
    for old, until, basis in former:
        yield Term(old, Role.FORMER, name, until, basis)
    form = plain(name)
    short = _BRACKET.sub("", form) if form.endswith("）") else form
    if short != form and len(short) >= 6:
        yield Term(short, Role.SHORT, name)


def _others(names: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield what else stands for items that are not cancelled: everyday names, and the names of things."""
    for _, status, _, _, everyday, things in names:
        if status != ItemStatus.CANCELLED:
            yield from everyday
            yield from things


def _organization_terms(
    name: str, short_name: str, aliases: Sequence[str], former: Sequence[Sequence[str]], catalogue: Catalogue
) -> Iterator[Term]:
    for other in (name, short_name, *aliases):
        yield Term(other, Role.OTHER)
    for full_name, until, basis in former:
        for old in _spoken(full_name, catalogue):
            yield Term(old, Role.FORMER, short_name, until, basis)


def _spoken(full_name: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield the forms in which an organisation's full name is used: with and without the district's name."""
    yield full_name
    district = catalogue.district
    if district and full_name.startswith(district.name):
        rest = full_name.removeprefix(district.name)
        yield district.short_name + rest
        yield "区" + rest
