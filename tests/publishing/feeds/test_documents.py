"""The documents themselves: valid, and what went in comes out of a reader."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from gongkai.publishing.feeds.events import MAX_LINE, Draft, Event, draft, moved, tag_uri
from gongkai.publishing.feeds.moments import plain_slot
from gongkai.publishing.site import Site
from publishing.feeds.sites import GRANTED, URL, a_case, event, files, site_events, site_of, write_cases
from publishing.feeds.validators import ATOM, HISTORY, problems
from support import AS_OF, BASE, change_record

HOSTILE = "</title>]]><script>alert(1)</script> &amp; & <b>粗</b> \x00\x0b\ud800\ufffe 𠮷😀 \"'"
READ = "</title>]]><script>alert(1)</script> &amp; & <b>粗</b>  𠮷😀 \"'"


def busy(root: Path, months: int = 3) -> Site:
    """A site with events over several months, more than any window holds."""
    first = datetime.date(2026, 6, 1)
    for offset in range(0, months * 30, 2):
        day = first + datetime.timedelta(days=offset)
        cases = []
        for number in range(1, 4):
            after = [str(day + datetime.timedelta(days=n)) for n in (1, 6, 8)]
            ends = (event(after[0], "受理"), event(after[1], "办结"))
            decision = GRANTED | {"published_on": after[2]}
            cases.append(a_case(*ends, number=f"511703-{day:%Y%m%d}-{number:04}", decision=decision))
        write_cases(root, *cases, day=str(day))
    return site_of(root)


def test_every_document_is_valid(district: Path) -> None:
    published = dict(files(busy(district)))
    feeds = [address for address in published if not address.endswith(".opml")]
    assert len(feeds) > 40
    assert {a: found for a in feeds if (found := problems(a, published[a], AS_OF))} == {}


def test_the_validators_notice_what_they_should() -> None:
    """A check that cannot fail checks nothing: each fault of the list, one at a time."""
    good = b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2026:feed/x</id><title>t</title>
    <updated>2026-01-02T00:00:00+08:00</updated><author><name>n</name></author>
    <link href="https://a.example/x.atom" rel="self"/><link href="https://a.example/"/>
    <entry><id>tag:a.example,2026:x/2</id><title>t</title><updated>2026-01-02T00:00:00+08:00</updated>
    <published>2026-01-02T00:00:00+08:00</published><content>c</content><link href="https://a.example/2"/></entry>
    <entry><id>tag:a.example,2026:x/1</id><title>t</title><updated>2026-01-01T00:00:00+08:00</updated>
    <published>2026-01-01T00:00:00+08:00</published><content>c</content><link href="https://a.example/1"/></entry></feed>"""
    assert problems("x.atom", good, AS_OF) == []
    faults = {
        b"<author><name>n</name></author>": b"",
        b"2026-01-01T00:00:00+08:00</updated>": b"2026-01-01T00:00:00</updated>",
        b"2026:x/1": "2026:办件/1".encode(),
        b"x/1</id>": b"x/2</id>",
        b'"https://a.example/1"': b'"/1"',
        b"<updated>2026-01-01T": b"<updated>2026-01-02T",
        b'rel="self"': b'rel="related"',
        b"<published>2026-01-01": b"<published>2999-01-01",
        b"<content>c</content><link href": b"<content></content><link href",
    }
    for was, becomes in faults.items():
        assert was in good and problems("x.atom", good.replace(was, becomes), AS_OF), was


def test_the_validators_notice_what_they_should_in_the_other_formats(district: Path) -> None:
    published = dict(files(site_of(district)))
    rss, feed = published["feeds/cases.rss"], published["feeds/cases.json"]
    faults = {
        b'isPermaLink="false"': b'isPermaLink="true"',
        b'rel="self"': b'rel="related"',
        b"<title>\xe5": b"<title>&lt;b&gt;\xe5",
        b"0001/accepted/1</guid>": b"0001/decided/1</guid>",
        b" +0800</pubDate>": b" -0000</pubDate>",
        b"Mar 2026": b"Mar 2999",
        b"<link>https://www.example.gov.cn/fuwu/approvals": b"<link>/approvals",
        b"tag:gongkai.example,2026:case": "tag:公开,2026:case".encode(),
    }
    for was, becomes in faults.items():
        assert was in rss and problems("x.rss", rss.replace(was, becomes), AS_OF), was
    faults = {
        b"version/1.1": b"version/1",
        b'+08:00"': b'"',
        b"0001/accepted/1": b"0001/decided/1",
        b'"url": "https://www.example.gov.cn/fuwu': b'"url": "',
        b'"date_published": "2026': b'"date_published": "2999',
        b'"name": "': b'"name": "", "x": "',
    }
    for was, becomes in faults.items():
        assert was in feed and problems("x.json", feed.replace(was, becomes), AS_OF), was


def test_what_is_withdrawn_leaves_its_month_of_the_archive(district: Path) -> None:
    site = busy(district)
    day = datetime.date(2026, 6, 1)
    ends = [
        event("2026-06-02", "受理"),
        event("2026-06-07", "办结"),
        event("2026-11-20", "撤回公开", note="核实后撤回"),
    ]
    before = dict(files(site))
    write_cases(
        district,
        a_case(*ends, number="511703-20260601-0001", decision=GRANTED | {"published_on": "2026-06-09"}),
        day=str(day),
    )
    after = dict(files(site_of(district)))
    identity = b"case/511703-20260601-0001/accepted/1<"
    assert identity in before["feeds/cases-2026-06.atom"] and identity not in after["feeds/cases-2026-06.atom"]
    assert identity in after["feeds/cases.atom"]
    newest = [entry[:2] for entry in parsed(after["feeds/cases.atom"])[:3]]
    start = "tag:gongkai.example,2026:case/511703-20260601-0001/"
    assert [identity for identity, _ in newest] == [start + e for e in ("retracted/1", "decided/1", "accepted/1")]
    assert [title for _, title in newest[1:]] == ["已撤回公开：办件 511703-20260601-0001"] * 2


def parsed(content: bytes) -> list[tuple[str, str, str, str, datetime.datetime]]:
    """Return (id, title, link, text, time) of each entry as a reader sees it."""
    document = feedparser.parse(content)
    assert not document.bozo, document.get("bozo_exception")
    return [
        (
            entry.id,
            entry.title,
            entry.link,
            html.unescape(entry.content[0].value if "content" in entry else entry.summary),
            datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.UTC),
        )
        for entry in document.entries
    ]


def expected(site: Site, event: Event) -> tuple[str, str, str, str, datetime.datetime]:
    text = "".join(f"<p>{line}</p>" for line in event.lines)
    moment = event.published.astimezone(datetime.UTC).replace(microsecond=0)
    identity = f"tag:gongkai.example,2026:{event.identity}"
    return identity, event.title, site.absolute(event.address), text, moment


def test_a_reader_reads_back_exactly_what_went_in(district: Path) -> None:
    site = busy(district)
    published = dict(files(site))
    events = site_events(site)
    for name in ("cases", "decisions", "adjustments", "exposures", "department-weijian", "item-510123001000"):
        mine = [e for e in events if name in e.feeds]
        for ending in ("rss", "atom"):
            found = parsed(published[f"feeds/{name}.{ending}"])
            assert found == [expected(site, e) for e in mine[: len(found)]]
            assert len(found) == min(50, len(mine))
        document = json.loads(published[f"feeds/{name}.json"])
        assert [
            (i["id"], i["title"], i["url"], i["content_text"], i["date_published"], i["date_modified"], i["tags"])
            for i in document["items"]
        ] == [
            (
                tag_uri("gongkai.example,2026", e.identity),
                e.title,
                site.absolute(e.address),
                "\n".join(e.lines),
                e.published.isoformat(),
                e.updated.isoformat(),
                [e.kind],
            )
            for e in mine[:50]
        ]


def chain(published: dict[str, bytes], address: str) -> list[ElementTree.Element]:
    """Follow the links from a feed into its past, as RFC 5005 says."""
    documents = []
    while address:
        document = ElementTree.fromstring(published[address.removeprefix(URL)])
        documents.append(document)
        links = {link.get("rel"): link.get("href") for link in document.iter(f"{ATOM}link")}
        address = links.get("prev-archive") or ""
    return documents


@pytest.mark.parametrize(
    ("ending", "entry", "identity"), [("atom", f"{ATOM}entry", f"{ATOM}id"), ("rss", "item", "guid")]
)
def test_the_archive_is_complete(ending: str, entry: str, identity: str, district: Path) -> None:
    site = busy(district)
    published = dict(files(site))
    documents = chain(published, f"{URL}feeds/cases.{ending}")
    selves = [document.find(f".//{ATOM}link[@rel='self']").get("href") for document in documents]
    names = ("cases", "cases-2026-08", "cases-2026-07", "cases-2026-06", "cases-2026-03")
    assert selves == [f"{URL}feeds/{name}.{ending}" for name in names]
    found = [e.findtext(identity) for document in documents for e in document.iter(entry)]
    wanted = [f"tag:gongkai.example,2026:{e.identity}" for e in site_events(site) if "cases" in e.feeds]
    assert found == wanted
    assert [document.find(f".//{HISTORY}archive") is not None for document in documents] == [False] + [True] * 4
    for place, document in enumerate(documents):
        links = {link.get("rel"): link.get("href") for link in document.iter(f"{ATOM}link")}
        assert links.get("next-archive") == (selves[place - 1] if place > 1 else None)
        assert links.get("current") == (selves[0] if place > 0 else None)
    if ending == "atom":
        assert len({document.findtext(f"{ATOM}id") for document in documents}) == 1


def test_the_archive_of_json_feeds(district: Path) -> None:
    site = busy(district)
    published = dict(files(site))
    address, found = f"{URL}feeds/cases.json", list[str]()
    while address:
        document = json.loads(published[address.removeprefix(URL)])
        assert document["feed_url"] == address
        found += [item["id"] for item in document["items"]]
        address = document.get("next_url", "")
    assert found == [f"tag:gongkai.example,2026:{e.identity}" for e in site_events(site) if "cases" in e.feeds]


def policy(title: str, lines: Iterable[str]) -> Draft:
    slot = plain_slot(datetime.date(2026, 3, 1), "policy/x")
    return draft(
        identity="policy/x",
        kind="政策文件",
        title=title,
        lines=lines,
        address="",
        feeds=("policies", "policies"),
        published=slot,
        updated=slot,
    )


def test_hostile_texts_stay_texts(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = policy(HOSTILE + "\n第二行", (HOSTILE, "一行\r\n二行\r三行", "长" * 100_000))
    monkeypatch.setattr("publishing.feeds.sites.sources", lambda _site: [("pages", "x")])
    monkeypatch.setattr("publishing.feeds.sites.drafts_of", lambda *_: [made])
    published = dict(files(site_of(district)))
    title = "＜/title＞]]＞＜script＞alert(1)＜/script＞ ＆amp; ＆ ＜b＞粗＜/b＞ 𠮷😀 \"' 第二行"
    for ending in ("rss", "atom", "json"):
        assert problems(f"feeds/policies.{ending}", published[f"feeds/policies.{ending}"], AS_OF) == []
    for ending in ("rss", "atom"):
        ((_, found, _, text, _),) = parsed(published[f"feeds/policies.{ending}"])
        assert found == title
        assert "<script" not in feedparser.parse(published[f"feeds/policies.{ending}"]).entries[0].summary
        assert text.startswith(f"<p>{READ}</p><p>一行</p><p>二行</p><p>三行</p>")
    (item,) = json.loads(published["feeds/policies.json"])["items"]
    assert item["title"] == title
    assert item["content_text"] == f"{READ}\n一行\n二行\n三行\n" + "长" * (MAX_LINE - 1) + "…"


def test_demonstration_says_so(district: Path) -> None:
    def words(root: Path) -> list[str]:
        published = dict(files(site_of(root)))
        document = feedparser.parse(published["feeds/cases.rss"]).feed
        found = json.loads(published["feeds/item-510123001000.json"])
        return [document.title, document.subtitle, found["title"], found["description"]]

    assert all("演示数据，非官方发布" in text for text in words(district))
    change_record(district, BASE["district"], demonstration=False)
    assert not any("演示" in text for text in words(district))


def test_an_empty_feed_is_valid_and_has_no_clock(district: Path) -> None:
    published = dict(files(site_of(district)))
    document: Any = feedparser.parse(published["feeds/policies.atom"])
    assert document.entries == [] and document.feed.updated == "2026-01-01T00:00:00+08:00"
    assert problems("feeds/policies.atom", published["feeds/policies.atom"], AS_OF) == []


def test_two_events_of_one_identity_are_refused() -> None:
    made = policy("标题", ("正文",))
    with pytest.raises(ValueError, match="policy/x"):
        moved([made, made])
