"""Documents that are filled in are, byte for byte, those that feedgen makes; JSON says the same."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.feeds import by_feedgen, moulds
from gongkai.publishing.feeds.as_json_feed import item, json_feed
from gongkai.publishing.feeds.events import readable
from gongkai.publishing.feeds.moments import CHINA
from gongkai.publishing.feeds.site_feeds import Entry, Head

SPECIAL = "&<>\"'%@\t\n\r\x7f\x85\u2028\ufeff\ud7ff\ufffd😀]"
TRAPS = (
    "%(title)s",
    "%%",
    "@@title@@",
    "&amp;",
    "]]>",
    "<item></item>",
    "</entry>",
    "2001-02-03T04:05:06.000007+00:00",
)

texts = st.one_of(
    st.text(min_size=1),
    st.text(st.sampled_from(SPECIAL), min_size=1),
    st.lists(st.sampled_from(TRAPS), min_size=1).map("".join),
).map(lambda text: readable(text) or "题")
moments = st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2999, 12, 31), timezones=st.just(CHINA))
relations = st.sampled_from([(), ("prev-archive",), ("next-archive",), ("prev-archive", "next-archive")])
entries = st.builds(
    Entry,
    identity=texts,
    title=texts,
    page=texts,
    kind=texts,
    text=texts,
    html=texts,
    published=moments,
    updated=moments,
)


@st.composite
def heads(draw: st.DrawFn) -> Head:
    is_archive = draw(st.booleans())
    names = ("self", *draw(relations), *(("current",) if is_archive else ()))
    links = {name: draw(texts) for name in names}
    parts = [draw(texts) for _ in ("identity", "title", "description", "author", "page")]
    return Head(*parts, updated=draw(moments), is_archive=is_archive, links=links)


def filled(head: Head, members: list[Entry]) -> tuple[bytes, bytes]:
    written = [moulds.rss_and_atom_entry(entry) for entry in members]
    return moulds.rss_and_atom(head, [rss for rss, _ in written], [atom for _, atom in written])


@given(heads(), st.lists(entries, max_size=3))
def test_a_filled_mould_is_the_document_that_feedgen_makes(head: Head, members: list[Entry]) -> None:
    assert filled(head, members) == by_feedgen.rss_and_atom(head, members)


@pytest.mark.parametrize(
    "moment", [datetime.datetime(2026, 3, 2, tzinfo=CHINA), datetime.datetime(2026, 12, 31, 23, 59, 59, 999_999, CHINA)]
)
@pytest.mark.parametrize("trap", [*TRAPS, *SPECIAL])
def test_every_trap_in_every_place(trap: str, moment: datetime.datetime) -> None:
    head = Head(*[f"一{trap}二"] * 5, updated=moment, is_archive=True, links={"self": trap, "current": trap})
    entry = Entry(*[f"一{trap}二"] * 6, published=moment, updated=moment)
    assert filled(head, [entry, entry]) == by_feedgen.rss_and_atom(head, [entry, entry])


@given(heads(), st.lists(entries, max_size=3))
def test_json_says_the_same(head: Head, members: list[Entry]) -> None:
    found = json.loads(json_feed(head, map(item, members)))
    assert (found["title"], found["description"], found["home_page_url"]) == (head.title, head.description, head.page)
    assert found["feed_url"] == head.links["self"] + ".json"
    assert found.get("next_url") == (f"{head.links['prev-archive']}.json" if "prev-archive" in head.links else None)
    assert found["authors"] == [{"name": head.author}]
    assert found["items"] == [
        {
            "id": entry.identity,
            "url": entry.page,
            "title": entry.title,
            "content_text": entry.text,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "tags": [entry.kind],
        }
        for entry in members
    ]
