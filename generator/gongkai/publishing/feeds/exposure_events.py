"""Events of exposures (曝光): made public, mended step by step, closed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongkai.catalogue import Catalogue
from gongkai.model.supervision import Exposure
from gongkai.publishing.addresses import exposure_address
from gongkai.publishing.feeds.events import Draft, draft, excerpt
from gongkai.publishing.feeds.moments import staged_slot
from gongkai.publishing.feeds.names import EXPOSURES, item_feed, publisher_feeds, publisher_name_on

KIND = "曝光整改"
_CLOSURE = 59
"""The stage of a closure: after any number of steps."""


def exposure_drafts(catalogue: Catalogue, exposure: Exposure, as_of: datetime.date) -> Iterator[Draft]:
    """Yield what was published about an exposure up to a day; a step is public once the exposure is."""
    return (made for made in _drafts(catalogue, exposure) if made.published.day <= as_of)


def _drafts(catalogue: Catalogue, exposure: Exposure) -> Iterator[Draft]:
    name = publisher_name_on(catalogue, exposure.organization, exposure.published_on)
    problem = excerpt(exposure.problem)
    yield _draft(
        catalogue,
        exposure,
        "published",
        0,
        exposure.published_on,
        f"曝光：{name}——{problem}",
        _facts(exposure),
    )
    for number, step in enumerate(exposure.progress, 1):
        lines = (f"进展：{step.note}", f"问题：{exposure.problem}", f"整改期限：{exposure.deadline}")
        title = f"整改进展：{name}——{excerpt(step.note)}"
        yield _draft(catalogue, exposure, f"progress/{number}", number, step.on, title, lines)
    if exposure.closure is not None:
        closure = exposure.closure
        confirmed = publisher_name_on(catalogue, closure.confirmed_by, closure.on)
        lines = (f"整改结果：{closure.result}", f"核实单位：{confirmed}", f"问题：{exposure.problem}")
        title = f"整改完成：{name}——{excerpt(closure.result)}"
        yield _draft(catalogue, exposure, "closure", _CLOSURE, closure.on, title, lines)


def _facts(exposure: Exposure) -> tuple[str, ...]:
    items = "、".join(item.name for item in exposure.items)
    return (
        f"问题：{exposure.problem}",
        *([f"涉及的事项：{items}"] if items else []),
        f"发现方式：{exposure.method.value}",
        f"整改要求：{exposure.demand}",
        f"整改期限：{exposure.deadline}",
    )


def _draft(
    catalogue: Catalogue,
    exposure: Exposure,
    event: str,
    stage: int,
    on: datetime.date,
    title: str,
    lines: tuple[str, ...],
) -> Draft:
    identity = f"exposure/{exposure.id}/{event}"
    slot = staged_slot(max(on, exposure.published_on), identity, stage)
    return draft(
        identity=identity,
        kind=KIND,
        title=title,
        lines=(
            f"单位：{publisher_name_on(catalogue, exposure.organization, exposure.published_on)}",
            *lines,
            f"日期：{on}",
        ),
        address=exposure_address(exposure.id),
        feeds=(
            EXPOSURES,
            *publisher_feeds(catalogue, exposure.organization),
            *(item_feed(item.code) for item in exposure.items),
        ),
        published=slot,
        updated=slot,
    )
