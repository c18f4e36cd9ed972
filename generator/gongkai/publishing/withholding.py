"""What is counted but not shown: the items and cases that are not public (政府信息公开条例第十四条、第十五条).

Pages, feeds, indexes and open data are made from a catalogue that has none of them, so that none can show what
it must not. Only the counts come from the whole catalogue.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from gongkai.catalogue import Catalogue
from gongkai.catalogue_registers import CARD
from gongkai.indexes import INDEXES
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.supervision import Exposure
from gongkai.publishing.site import Site
from gongkai.tracing import fetch
from gongkai.versions.whole_catalogue import catalogue_as_of

M = TypeVar("M", Listing, Exposure)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What a site depends on besides the catalogue: its day, its address (which ends with a slash), its description."""

    as_of: datetime.date
    site_url: str
    description: str = ""


def site_of(catalogue: Catalogue, options: SiteOptions) -> Site:
    """Return the site of a catalogue on a day: it shows what was public then, and counts everything.

    Raises ValueError for a catalogue without a district.
    """
    if catalogue.district is None:
        raise ValueError("a site cannot be made without data/organizations/district.yml")
    then = catalogue_as_of(catalogue, options.as_of)
    public = public_part(then)
    counted = None if public is then else then
    recorded = None if then is catalogue else catalogue
    return Site(
        public,
        catalogue.district,
        options.as_of,
        options.site_url,
        options.description,
        counted=counted,
        recorded=recorded,
    )


def public_part(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without the items and cases that are not public, and without what others say of them.

    It is the same catalogue where everything is public. An adjustment that is only about such items is left out.
    """
    secret = frozenset(catalogue.answers("items_not_public").get("", ()))
    if not secret and not catalogue.answers("cases_not_public").get(""):
        return catalogue
    approvals = _Shown(catalogue.approvals, lambda day: _day(day, secret), lambda day: bool(day.cases))
    adjustments = _Shown(catalogue.adjustments, lambda one: _adjustment(one, secret), lambda one: bool(one.changes))
    public = replace(
        catalogue,
        items=_Shown(catalogue.items, lambda item: _item(item, secret), without=secret),
        listings=_Shown(catalogue.listings, lambda listing: _without(listing, "entries", secret)),
        approvals=approvals,
        adjustments=adjustments,
        exposures=_Shown(catalogue.exposures, lambda exposure: _without(exposure, "items", secret)),
        stored_cards=_Shown(catalogue.cards, lambda card: card, without=secret),
        stored_answers=None,
    )
    public.stored_answers = _answers(catalogue, public, secret)
    return public


class _Shown(Mapping[str, V]):
    """A register without what is not shown; each record is looked at when it is asked for."""

    def __init__(
        self,
        register: Mapping[str, V],
        change: Callable[[V], V],
        keep: Callable[[V], bool] | None = None,
        without: Collection[str] = (),
    ) -> None:
        self._register = register
        self._change = change
        self._keep = keep
        self._without = without
        self._changed: dict[str, tuple[V, V]] = {}

    def __getitem__(self, key: str) -> V:
        if key in self._without:
            raise KeyError(key)
        record = self._register[key]
        known = self._changed.get(key)
        if known is None or known[0] is not record:
            known = self._changed[key] = (record, self._change(record))
        if self._keep is not None and not self._keep(known[1]):
            raise KeyError(key)
        return known[1]

    def __contains__(self, key: object) -> bool:
        # Without a ``keep``, records need not be read to tell which are there.
        if key in self._without or key not in self._register:
            return False
        return self._keep is None or super().__contains__(key)

    def fetch(self, keys: Sequence[str]) -> None:
        """Let the register read some records at once (see ``tracing.fetch``)."""
        fetch(self._register, keys)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._register if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _answers(whole: Catalogue, public: Catalogue, secret: Collection[str]) -> Mapping[str, Mapping[Any, list[Any]]]:
    """Return the answers of the public part: those of the whole without what is not shown.

    Positions of cases are others where some are not shown, so answers about them are left to the registers.
    """
    answers: dict[str, Mapping[Any, list[Any]]] = {}
    for name, index in INDEXES.items():
        everything = whole.answers(name)
        if index.subject == CARD:
            answers[name] = _Kept(
                everything, lambda value: (value[0] if isinstance(value, list) else value) not in secret
            )
        elif name == "adjustments_by_subject":
            answers[name] = _Kept(everything, lambda identity: identity in public.adjustments, secret)
        elif index.subject != "approvals":
            answers[name] = _Kept(everything, lambda _value: True, secret)
    return answers


class _Kept(Mapping[Any, list[Any]]):
    """The answers of an index without some values and some keys; a key without values is none."""

    def __init__(
        self, answers: Mapping[Any, list[Any]], keep: Callable[[Any], bool], without: Collection[Any] = ()
    ) -> None:
        self._answers = answers
        self._keep = keep
        self._without = without

    def __getitem__(self, key: Any) -> list[Any]:
        if key in self._without:
            raise KeyError(key)
        found = [value for value in self._answers[key] if self._keep(value)]
        if not found:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Any]:
        return (key for key in self._answers if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _item(item: Item, secret: Collection[str]) -> Item:
    """Return an item that is not replaced by one that is not public."""
    cancellation = item.cancellation
    if cancellation is None or not any(code in secret for code in cancellation.replaced_by):
        return item
    left = [code for code in cancellation.replaced_by if code not in secret]
    return item.model_copy(update={"cancellation": cancellation.model_copy(update={"replaced_by": left})})


def _without(record: M, field: str, secret: Collection[str]) -> M:
    """Return a record whose list of named items has none that is not public."""
    named = getattr(record, field)
    left = [entry for entry in named if entry.code not in secret]
    return record if len(left) == len(named) else record.model_copy(update={field: left})


def _day(day: ApprovalDay, secret: Collection[str]) -> ApprovalDay:
    left = [case for case in day.cases if case.secrecy is None and case.code not in secret]
    return day if len(left) == len(day.cases) else day.model_copy(update={"cases": left})


def _adjustment(adjustment: Adjustment, secret: Collection[str]) -> Adjustment:
    changes = [
        change
        if not any(code in secret for code in change.counterparts)
        else change.model_copy(update={"counterparts": [code for code in change.counterparts if code not in secret]})
        for change in adjustment.changes
        if change.item not in secret
    ]
    return adjustment if changes == adjustment.changes else adjustment.model_copy(update={"changes": changes})
