"""Small sites for the tests of feeds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.loading import load
from gongkai.publishing import withholding
from gongkai.publishing.feeds.channels import OPML, Channel, item_channels, other_channels
from gongkai.publishing.feeds.events import Draft, Event, event_of, moved
from gongkai.publishing.feeds.files import channel_files
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.feeds.site_feeds import SiteFeeds
from gongkai.publishing.feeds.sources import drafts_of, sources
from gongkai.publishing.feeds.window import entries
from gongkai.publishing.feeds.writer import File, Writer
from gongkai.publishing.site import Site
from support import AS_OF, write_record

URL = "https://www.example.gov.cn/fuwu/"
CODE = "510123001000"
NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
NUMBER = "511703-20260302-0101"
GRANTED = {
    "result": "出证办结",
    "document_number": "达川卫许〔2026〕7号",
    "published_on": "2026-03-27",
    "permit": {
        "kind": "普通",
        "document_name": "准予行政许可决定书",
        "content": "住宿场所的卫生许可",
        "valid_from": "2026-03-24",
    },
}


def site_of(root: Path, as_of: datetime.date = AS_OF, url: str = URL) -> Site:
    """Return the site of a project."""
    catalogue, findings = load(root)
    assert findings == []
    return withholding.site_of(catalogue, withholding.SiteOptions(as_of, url))


def newest_first(drafts: Iterable[Draft]) -> list[Event]:
    """Return the events of all drafts, in whatever feeds, newest first."""
    every = list(drafts)
    elsewhere = moved(every)
    return [event_of(draft, elsewhere) for draft in sorted(every, key=lambda draft: draft.order, reverse=True)]


def site_events(site: Site) -> list[Event]:
    """Return everything that was published up to the site's day, newest first."""
    return newest_first(draft for source in sources(site) for draft in drafts_of(site, source))


def events_of(root: Path, as_of: datetime.date = AS_OF) -> list[Event]:
    """Return what a project published up to a day, newest first."""
    return site_events(site_of(root, as_of))


def channels(site: Site) -> list[Channel]:
    """Return every feed, in a fixed order."""
    return [*other_channels(site.catalogue), *item_channels(site.catalogue)]


def files(site: Site) -> Iterator[File]:
    """Yield every file of every feed, and the list of the feeds."""
    drafts = [draft for source in sources(site) for draft in drafts_of(site, source)]
    elsewhere, writer = moved(drafts), Writer(SiteFeeds(site))
    for channel in channels(site):
        mine = [draft for draft in drafts if channel.name in draft.feeds]
        yield from channel_files(channel, entries(channel, mine, elsewhere, site.as_of), site.as_of, writer)
    yield OPML, opml(site)


def write_cases(root: Path, *cases: dict[str, Any], day: str = "2026-03-02") -> None:
    """Replace the cases received on a day."""
    data = {"date": day, "demonstration": True, "cases": list(cases)}
    write_record(root, f"data/approvals/{day[:4]}/{day}.yml", data)


def a_case(*events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a case of a permit with these events after its receipt."""
    case = {
        "number": NUMBER,
        "code": CODE,
        "name": NAME,
        "organization": "weijian",
        "applicant": {"kind": "企业法人", "name": "达州市达川区某某宾馆有限公司（演示）"},
        "events": [{"on": "2026-03-02", "kind": "收件"}, *events],
        **changes,
    }
    return {key: value for key, value in case.items() if value is not None}


def event(on: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return an event of a case."""
    return {"on": on, "kind": kind, **more}


EVERYTHING = (
    event("2026-03-03", "一次性告知补正", note="平面图没有标明消毒间的位置"),
    event("2026-03-05", "补正完成"),
    event("2026-03-06", "受理"),
    event(
        "2026-03-09",
        "征求前置审查意见",
        review="消防安全检查意见",
        organization="区消防救援大队",
        reply_by="2026-03-13",
    ),
    event("2026-03-16", "超时默认同意", review="消防安全检查意见"),
    event("2026-03-17", "暂停计时", reason="检测"),
    event("2026-03-20", "恢复计时"),
    event("2026-03-23", "转外", organization="达州市疾病预防控制中心"),
    event("2026-03-23", "转外或上报回复"),
    event("2026-03-23", "延长期限", working_days=2, note="需要核实检测报告"),
    event("2026-03-24", "办结"),
    event("2026-03-25", "送达"),
    event("2026-04-01", "更正公开内容", note="有效期写错了一天"),
)
"""The events after the receipt of a case that goes through everything."""
