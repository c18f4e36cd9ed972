"""What a rule is, and how rules are run over a catalogue."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gongkai.catalogue import Catalogue
from gongkai.collector import waiting_collector
from gongkai.finding import Finding, Severity
from gongkai.memo import Memo
from gongkai.model.base import Citation, Record, walk
from gongkai.model.listing import Listing, ListingEntry
from gongkai.model.listing_terms import ListingTerms
from gongkai.privacy.personal_data import mask
from gongkai.tracing import Question, ask_again

Loc = tuple[str | int, ...]
Walked = list[tuple[Loc, Any]]
Entries = list[tuple[ListingEntry, ListingTerms | None]]
S = TypeVar("S", bound=Record)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check reports about the record it was given: a place inside it, and what is wrong there.

    ``at_key`` points at the key instead of the value; ``offset`` is the number of characters between the
    beginning of the value and the fault in it, where that is known.
    """

    loc: Loc
    message: str
    help: str = ""
    at_key: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is kept: what was made of the catalogue, as JSON, and the questions that were asked in making it."""

    text: str
    asked: frozenset[Question]


class _InHand:
    """The record that rules are looking at, and what was made of it."""

    def __init__(self) -> None:
        self.record: Record | None = None
        self.memo = Memo()


@dataclass(frozen=True, slots=True)
class Context:
    """What checks may look at besides the record: the catalogue and the day of the check.

    ``written_on`` is the day of the files where that is later than ``as_of``: a check of a past day looks back
    with files that know what came after it, and that is no fault of theirs. ``tables`` are those that are kept from an
    earlier run, by the name of what makes them.
    """

    catalogue: Catalogue
    as_of: datetime.date
    written_on: datetime.date | None = None
    tables: Mapping[str, Table] = field(default_factory=dict, compare=False, repr=False)
    _in_hand: _InHand = field(default_factory=_InHand, compare=False, repr=False)

    @property
    def latest(self) -> datetime.date:
        """The last day of which the files can tell what happened."""
        return max(self.as_of, self.written_on or self.as_of)

    def once(self, make: Callable[[Context], V]) -> V:
        """Return what ``make`` makes of this context, made only once for the same days of the same catalogue."""
        return self.catalogue.memo.once(make, self, key=(self.as_of, self.written_on))

    def table(self, make: Callable[[Catalogue], V]) -> V:
        """Return the plain data that ``make`` makes of the catalogue alone, made only once; as they are kept, where they are."""
        made: V = self.catalogue.memo.once(_table, self, make, key=make)
        return made

    def of(self, record: S, make: Callable[[S, Context], V]) -> V:
        """Return what ``make`` makes of a record, made only once while rules look at the same record."""
        in_hand = self._in_hand
        if in_hand.record is not record:
            in_hand.record, in_hand.memo = record, Memo()
        return in_hand.memo.once(make, record, self)


def _table(context: Context, make: Callable[[Catalogue], Any]) -> Any:
    kept = context.tables.get(make.__name__)
    if kept is None:
        return make(context.catalogue)
    ask_again(kept.asked)
    return json.loads(kept.text)


def walked(record: Record, context: Context) -> Walked:
    """Return every part and every text inside a record with its location, as ``walk`` yields them."""
    return context.of(record, _walk)


def entries(listing: Listing, context: Context) -> Entries:
    """Return every entry of a listing with what it goes by of its item; None where there is no such item."""
    return context.of(listing, _entries)


def _entries(listing: Listing, context: Context) -> Entries:
    terms = context.catalogue.listing_terms([entry.code for entry in listing.entries])
    return [*zip(listing.entries, terms, strict=True)]


def citations(record: Record, context: Context) -> Iterator[tuple[Loc, Citation]]:
    """Yield every citation of a record with its location."""
    for loc, part in walked(record, context):
        if isinstance(part, Citation):
            yield loc, part


def _walk(record: Record, _context: Context) -> Walked:
    return list(walk(record))


Check = Callable[[Any, Context], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Example:
    """YAML that keeps a rule and YAML that breaks it.

    For a rule about records, the keys shown replace those of an otherwise valid record of ``kind``;
    for a rule about text (``kind`` is None) or hand-written pages, the example is a whole file.
    """

    kind: str | None
    good: str
    bad: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code never changes its meaning.

    ``reason`` says why it exists and ``source`` which law, standard or document asks for it. ``check``
    is None for what reading itself reports (family Y, most of S, R006) and for the engine's own E rules.
    """

    code: str
    title: str
    reason: str
    source: str
    example: Example
    severity: Severity = Severity.ERROR
    production_only: bool = False
    subject: type[Record] | None = None
    check: Check | None = None

    @property
    def exceptable(self) -> bool:
        """Whether a record may except itself: what pages and links are built from must always hold."""
        return self.code in _EXCEPTABLE


_EXCEPTABLE = frozenset(
    ["G002", "G004", "G005", "G007", "G008", "T002", "T005", "L003", "V002", "V004", "V009", "N003"]
)
"""Rules whose breach misleads nobody while its reason and end date stand on the page."""

_RULES: dict[str, Rule] = {}
C = TypeVar("C", bound=Check)


def declare(rule: Rule) -> Rule:
    """Add a rule to the register; raises ValueError when its code is taken."""
    if rule.code in _RULES:
        raise ValueError(f"rule {rule.code} is declared twice")
    _RULES[rule.code] = rule
    return rule


def rule(
    code: str,
    title: str,
    *,
    subject: type[Record],
    reason: str,
    source: str,
    example: Example,
    severity: Severity = Severity.ERROR,
    production_only: bool = False,
) -> Callable[[C], C]:
    """Register the decorated check as a rule about records of one type."""

    def register(check: C) -> C:
        declare(
            Rule(
                code,
                title,
                reason,
                source,
                example,
                severity=severity,
                production_only=production_only,
                subject=subject,
                check=check,
            )
        )
        return check

    return register


def registered() -> dict[str, Rule]:
    """Return every rule by code, in order of codes."""
    return dict(sorted(_RULES.items()))


@waiting_collector()
def run(rules: Iterable[Rule], context: Context, *, production: bool = False) -> list[Finding]:
    """Run rules over the catalogue and apply the exceptions that records grant themselves.

    Returns the findings in order of place. Exceptions that are out of date or that nothing needs are
    findings themselves (E001, E002, E003).
    """
    chosen = RulesByType(rules, production=production)
    return sorted(check_records(context.catalogue.records(), chosen, context))


class RulesByType:
    """Some rules, without those that no record is checked by, by the type of record that they are about."""

    def __init__(self, rules: Iterable[Rule], *, production: bool) -> None:
        self._chosen = [r for r in rules if r.check is not None and (production or not r.production_only)]
        self._by_type: dict[type[Record], list[Rule]] = {}

    def about(self, kind: type[Record]) -> list[Rule]:
        """Return the rules about a type of record, in their order."""
        found = self._by_type.get(kind)
        if found is None:
            found = [r for r in self._chosen if r.subject is not None and issubclass(kind, r.subject)]
            self._by_type[kind] = found
        return found


def check_records(records: Iterable[Record], rules: RulesByType, context: Context) -> Iterator[Finding]:
    """Run over each of some records the rules that are about its type."""
    for record in records:
        yield from check_record(record, rules.about(type(record)), context)


def check_record(record: Record, rules: Iterable[Rule], context: Context) -> Iterator[Finding]:
    """Run rules that fit a record over it, and apply the exceptions that it grants itself."""
    used: set[str] = set()
    for rule_ in rules:
        if rule_.check is None:
            continue
        for problem in rule_.check(record, context):
            if _excepted(record, rule_, context.as_of):
                used.add(rule_.code)
            else:
                yield to_finding(rule_, record, problem)
    if record.exceptions:
        yield from _faulty_exceptions(record, used, context)


def to_finding(rule_: Rule, record: Record, problem: Problem) -> Finding:
    """Give a problem its code, severity and place; what it quotes does not repeat personal data."""
    source = record.source
    line, column = source.key_at(*problem.loc) if problem.at_key else source.at(*problem.loc)
    return Finding(
        source.path,
        line,
        column + problem.offset,
        rule_.code,
        mask(problem.message),
        mask(problem.help),
        rule_.severity,
    )


def _excepted(record: Record, rule_: Rule, as_of: datetime.date) -> bool:
    return rule_.exceptable and any(e.rule == rule_.code and e.until >= as_of for e in record.exceptions)


def _faulty_exceptions(record: Record, used: set[str], context: Context) -> Iterator[Finding]:
    for index, exception in enumerate(record.exceptions):
        known = _RULES.get(exception.rule)
        if known is None or not known.exceptable:
            problem = Problem(
                ("exceptions", index, "rule"),
                f"没有规则 {exception.rule}" if known is None else f"规则 {exception.rule} 不允许例外",
                "编码、引用和数据格式必须始终正确；请改正数据，并删去这条例外。",
            )
            yield to_finding(_RULES["E003"], record, problem)
        elif exception.until < context.as_of:
            problem = Problem(
                ("exceptions", index, "until"),
                f"规则 {exception.rule} 的例外已在 {exception.until} 到期",
                "问题已解决的删去这条例外；仍然需要的，重新说明理由并填新的日期。",
            )
            yield to_finding(_RULES["E002"], record, problem)
        elif exception.rule not in used and context.latest == context.as_of:
            problem = Problem(
                ("exceptions", index, "rule"),
                f"规则 {exception.rule} 在这里并没有发现问题，例外是多余的",
                "请删去这条例外。",
            )
            yield to_finding(_RULES["E001"], record, problem)
