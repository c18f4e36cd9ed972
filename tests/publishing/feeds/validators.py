"""What feed validators call an error or a warning, and what the three specifications require."""

from __future__ import annotations

import datetime
import json
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
RFC_4151 = re.compile(r"tag:[a-z0-9.-]+,[0-9]{4}(-[0-9]{2}){0,2}:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+\Z")
RFC_3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\Z")
END = datetime.time(23, 59, 59, 999999)
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def problems(address: str, content: bytes, as_of: datetime.date) -> list[str]:
    """Return everything that is wrong with a feed in the format of its address."""
    latest = datetime.datetime.combine(as_of, END, CHINA)
    check = {"atom": atom_problems, "rss": rss_problems, "json": json_problems}[address.rpartition(".")[2]]
    return check(content, latest)


def _web_address(text: str | None) -> bool:
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and (text or "").isascii()


def _dates(texts: list[str | None], latest: datetime.datetime) -> list[str]:
    found = []
    for text in texts:
        if not RFC_3339.match(text or ""):
            found.append(f"no RFC 3339 date with zone: {text}")
        elif datetime.datetime.fromisoformat(text or "") > latest:
            found.append(f"future date: {text}")
    return found


def _ids(ids: list[str | None]) -> list[str]:
    found = [f"no tag URI: {identity}" for identity in ids if not RFC_4151.match(identity or "")]
    return found + (["an id twice"] if len(set(ids)) < len(ids) else [])


def _blank(texts: list[str | None], what: str) -> list[str]:
    return [f"blank {what}" for text in texts if not (text or "").strip()]


def atom_problems(content: bytes, latest: datetime.datetime) -> list[str]:
    feed = ElementTree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else ["the root is no feed"]
    for parent in (feed, *entries):
        required = ("id", "title", "updated")
        found += [f"needs exactly one {name}" for name in required if len(parent.findall(ATOM + name)) != 1]
        alternates = [link for link in parent.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if len(alternates) != 1:
            found.append("not exactly one alternate link")
        found += [
            f"no address: {link.get('href')}"
            for link in parent.iter(f"{ATOM}link")
            if not _web_address(link.get("href"))
        ]
    authors = [feed.findtext(f"{ATOM}author/{ATOM}name")]
    if not authors[0]:
        authors = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries] or [None]
    found += _blank(authors, "author")
    found += _blank([part.findtext(f"{ATOM}title") for part in (feed, *entries)], "title")
    found += _blank([entry.findtext(f"{ATOM}content") for entry in entries], "content")
    selves = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1:
        found.append("no self link")
    if feed.findall(f".//{ATOM}link[@rel='enclosure']"):
        found.append("an enclosure")
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    if len(set(updated)) < len(updated):
        found.append("two entries with the same updated")
    if updated != sorted(updated, reverse=True):
        found.append("not the newest first")
    dates = [feed.findtext(f"{ATOM}updated"), *updated, *(entry.findtext(f"{ATOM}published") for entry in entries)]
    found += _dates(dates, latest)
    if updated and feed.findtext(f"{ATOM}updated") != max(text or "" for text in updated):
        found.append("the feed's updated is not its newest entry's")
    return found + _ids([feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)])


def rss_problems(content: bytes, latest: datetime.datetime) -> list[str]:
    root = ElementTree.fromstring(content)
    found = [] if root.tag == "rss" and root.get("version") == "2.0" else ["no RSS 2.0"]
    channels = root.findall("channel")
    if len(channels) != 1:
        return [*found, "not exactly one channel"]
    channel, items = channels[0], channels[0].findall("item")
    required = ("title", "link", "description")
    found += [f"the channel needs exactly one {name}" for name in required if len(channel.findall(name)) != 1]
    found += _blank([channel.findtext(name) for name in required], "element of the channel")
    links = [channel.findtext("link"), *(item.findtext("link") for item in items)]
    links += [link.get("href") for link in channel.findall(f"{ATOM}link")]
    found += [f"no address: {link}" for link in links if not _web_address(link)]
    if len([link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]) != 1:
        found.append("no self link")
    found += _blank([item.findtext("title") for item in items], "title")
    found += _blank([item.findtext("description") for item in items], "description")
    found += ["HTML in a title" for item in items if re.search(r"<[a-zA-Z/]|&[a-z#]", item.findtext("title") or "")]
    found += [
        "a guid that claims to be an address"
        for item in items
        for guid in item.findall("guid")
        if guid.get("isPermaLink") != "false"
    ]
    found += _ids([item.findtext("guid") for item in items])
    for text in [channel.findtext("lastBuildDate"), *(item.findtext("pubDate") for item in items)]:
        date = parsedate_to_datetime(text or "")
        if date.tzinfo is None:
            found.append(f"a date without zone: {text}")
        elif date > latest:
            found.append(f"future date: {text}")
    return found


def json_problems(content: bytes, latest: datetime.datetime) -> list[str]:
    feed: dict[str, Any] = json.loads(content)
    found = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["no JSON Feed 1.1"]
    found += _blank([feed["title"]], "title")
    addresses = [feed["feed_url"], feed["home_page_url"], *(item["url"] for item in feed["items"])]
    addresses += [feed["next_url"]] if "next_url" in feed else []
    found += [f"no address: {address}" for address in addresses if not _web_address(address)]
    found += ["next_url is feed_url"] if feed.get("next_url") == feed["feed_url"] else []
    found += _blank([author["name"] for author in feed["authors"]] or [None], "author")
    found += _blank([item["content_text"] for item in feed["items"]], "content")
    found += _blank([item["title"] for item in feed["items"]], "title")
    found += [f"an id that is no text: {item['id']}" for item in feed["items"] if not isinstance(item["id"], str)]
    found += _ids([item["id"] for item in feed["items"]])
    dates = [item[key] for item in feed["items"] for key in ("date_published", "date_modified")]
    return found + _dates(dates, latest)
