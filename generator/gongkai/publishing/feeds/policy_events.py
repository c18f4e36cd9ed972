"""Events of policies (政策文件): hand-written pages under content/policies/ that say when they were published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import quote

from gongkai.model.hand_written import HandWrittenPage
from gongkai.publishing.feeds.events import Draft, draft
from gongkai.publishing.feeds.moments import plain_slot
from gongkai.publishing.feeds.names import POLICIES

KIND = "政策文件"
_FOLDER = "content/"
_POLICIES = "content/policies/"
_OVERVIEW = "content/policies/index.md"


def policy_drafts(path: str, page: HandWrittenPage, as_of: datetime.date) -> Iterator[Draft]:
    """Yield what a page is, if it is a policy published up to a day; a page without a date is no publication."""
    date = page.front_matter.date
    is_policy = path.startswith(_POLICIES) and path != _OVERVIEW
    if is_policy and date is not None and date <= as_of:
        yield _draft(path, page, date)


def _draft(path: str, page: HandWrittenPage, date: datetime.date) -> Draft:
    below = quote(path.removeprefix(_FOLDER).removesuffix(".md"))
    identity = f"policy/{below.removeprefix('policies/')}"
    front = page.front_matter
    slot = plain_slot(date, identity)
    lines = [front.description, f"来源：{front.source}" if front.source else None, f"发布日期：{date}"]
    return draft(
        identity=identity,
        kind=KIND,
        title=f"发布政策：{front.title}",
        lines=(line for line in lines if line),
        address=below.removesuffix("index") if below.endswith("/index") else f"{below}/",
        feeds=(POLICIES,),
        published=slot,
        updated=slot,
    )
