"""What a feed carries now and what its archives carry: everything, exactly once."""

from __future__ import annotations

import datetime
import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.feeds.channels import MAIN, Channel
from gongkai.publishing.feeds.events import Draft, Event
from gongkai.publishing.feeds.moments import plain_slot
from gongkai.publishing.feeds.window import documents, entries
from publishing.feeds.sites import newest_first

AS_OF = datetime.date(2026, 11, 23)
TOWN = Channel("town-tingzi", "亭子镇", "亭子镇的办件。", "towns/tingzi/")


def drafts_of(ages: list[int]) -> list[Draft]:
    drafts = []
    for number, age in enumerate(ages):
        slot = plain_slot(AS_OF - datetime.timedelta(days=age), f"policy/{number}")
        drafts.append(Draft(f"policy/{number}", "政策文件", "标题", ("正文",), "", ("cases",), slot, slot))
    return drafts


def events(ages: list[int]) -> list[Event]:
    return newest_first(drafts_of(ages))


def test_the_newest_fifty() -> None:
    now, *_ = documents(MAIN[0], events([100 + n for n in range(60)]), AS_OF)
    assert len(now.events) == 50


def test_the_last_eight_days_when_they_are_more() -> None:
    now, october = documents(MAIN[0], events([7] * 80 + [40] * 3), AS_OF)
    assert len(now.events) == 80 and [e.updated.month for e in october.events] == [10] * 3
    (only,) = documents(TOWN, events([0] * 80 + [40] * 3), AS_OF)
    assert len(only.events) == 80
    now, *_ = documents(MAIN[0], events([8] * 80), AS_OF)
    assert len(now.events) == 50


def test_no_events_at_all() -> None:
    (only,) = documents(MAIN[0], [], AS_OF)
    assert only.events == [] and not only.is_archive and only.earlier is None and only.later is None


@given(st.lists(st.integers(0, 500), max_size=200))
def test_every_event_is_in_exactly_one_document(ages: list[int]) -> None:
    everything = events(ages)
    chain = documents(MAIN[0], everything, AS_OF)
    assert [event for document in chain for event in document.events] == everything
    names = [document.name for document in chain]
    assert names[0] == "cases" and names[1:] == sorted(set(names[1:]), reverse=True)
    for place, document in enumerate(chain):
        assert document.earlier == (names[place + 1] if place + 1 < len(names) else None)
        assert document.later == (names[place - 1] if place > 1 else None)
        if document.is_archive:
            assert re.fullmatch(r"cases-\d{4}-\d{2}", document.name)
            assert document.events and {f"cases-{e.updated:%Y-%m}" for e in document.events} == {document.name}


@given(st.lists(st.integers(0, 500), max_size=200))
def test_a_feed_without_archive_has_one_document(ages: list[int]) -> None:
    everything = events(ages)
    (only,) = documents(TOWN, everything, AS_OF)
    assert list(only.events) == everything[: len(only.events)]


@given(st.lists(st.integers(0, 500), max_size=200))
def test_what_is_no_longer_new_is_carried_by_archives_only(ages: list[int]) -> None:
    everything, drafts = events(ages), drafts_of(ages)
    assert entries(MAIN[0], drafts, {}, AS_OF) == everything
    assert entries(TOWN, drafts, {}, AS_OF) == documents(TOWN, everything, AS_OF)[0].events
