"""What clerks do to the small district between two builds, each as a function of the project and a number.

A change can be made at any time, whatever was changed before; it may do nothing, and it may leave something wrong.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

from gongkai.editing import changeset
from gongkai.editing.rename import plan
from gongkai.editing.renaming import RefusedError, Request
from publishing.district_files import (
    DAMAGED,
    below,
    edit_every_file,
    item_path,
    items,
    listings_of,
    one_of,
    read,
    turned,
)
from publishing.feeds.sites import GRANTED, a_case, event
from support import AS_OF, BASE, DISTRICT, change_record, write_record

PERMIT, ALLOWANCE = "510123001000", "512011001000"
STATE = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
PRIVATE = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}
BASIS = "达川府办函〔2026〕30号（演示）"

Change = Callable[[Path, int], None]
CHANGES: dict[str, Change] = {}
"""Every change by its name."""


def _change(function: Change) -> Change:
    CHANGES[function.__name__] = function
    return function


@_change
def restored(root: Path, n: int) -> None:
    """Everything is as it was at first."""
    shutil.rmtree(root / "data")
    shutil.copytree(DISTRICT / "data", root / "data")


@_change
def summary(root: Path, n: int) -> None:
    """Only the page of the item says it."""
    if path := one_of(root, "data/items", n):
        change_record(root, path, summary=turned(read(root, path)["summary"], "一句话说明。", "另一句话说明。"))


@_change
def conditions(root: Path, n: int) -> None:
    if path := one_of(root, "data/items", n):
        change_record(root, path, conditions=[*read(root, path)["conditions"][:4], f"第 {n} 个条件"])


@_change
def everyday_names(root: Path, n: int) -> None:
    if path := one_of(root, "data/items", n):
        change_record(root, path, everyday_names=[f"办第{'一二三四五六七八九十'[n % 10]}件事"])


@_change
def themes(root: Path, n: int) -> None:
    """Other themes, or the same in another order."""
    if path := one_of(root, "data/items", n):
        personal = [["优待抚恤", "社会保障"], ["社会保障", "优待抚恤"], ["医疗卫生", "社会保障"], ["准营准办"]][n % 4]
        change_record(root, path, themes=read(root, path)["themes"] | {"personal": personal})


@_change
def time_limit(root: Path, n: int) -> None:
    if path := one_of(root, "data/items", n):
        limits = read(root, path)["time_limits"]
        change_record(root, path, time_limits={**limits, "promised": {"value": 12 + n % 3, "unit": "工作日"}})


@_change
def comment(root: Path, n: int) -> None:
    """Nothing but the places of everything after it."""
    if path := one_of(root, "data", n):
        head, _, rest = (root / path).read_text(encoding="utf-8").partition("\n")
        (root / path).write_text(f"{head}\n# 一条说明。\n{rest}", encoding="utf-8")


@_change
def name_everywhere(root: Path, n: int) -> None:
    """A name was wrong from the beginning, and is put right everywhere."""
    if path := one_of(root, "data/items", n):
        name = read(root, path)["name"]
        edit_every_file(root, name, turned(name, "某某证件核发", "某某凭证核发"))


@_change
def name_of_the_item_alone(root: Path, n: int) -> None:
    """What everybody else calls it is wrong then."""
    if path := one_of(root, "data/items", n):
        change_record(root, path, name=turned(read(root, path)["name"], "甲类场所许可", "乙类场所许可"))


@_change
def renamed(root: Path, n: int) -> None:
    """An item, a department or a town is renamed as the command does it."""
    identity, name, short = [
        (PERMIT, f"公共场所卫生许可（第{n}类）", None),
        (ALLOWANCE, f"高龄津贴发放（第{n}类）", None),
        ("weijian", "达州市达川区卫生健康委员会", "区卫健委"),
        ("tingzi", "达州市达川区亭子街道办事处", "亭子街道"),
    ][n % 4]
    try:
        made = plan(root, Request(identity, name, datetime.date(2026, 10, 1), BASIS, short, None), AS_OF)
    except RefusedError:
        return
    changeset.write(root, made.changes)


@_change
def code_everywhere(root: Path, n: int) -> None:
    """An item gets another code, and another file."""
    if path := one_of(root, "data/items", n):
        code = Path(path).stem
        new = f"{code[:6]}{n % 10}{n % 7}9000"
        if new not in items(root):
            edit_every_file(root, code, new)
            (root / path).rename(root / Path(path).with_stem(new))


@_change
def file_moved(root: Path, n: int) -> None:
    """A file that says the same stands elsewhere: in the folder of another department, or level."""
    if n % 2 and (path := one_of(root, "data/items", n)):
        folder = turned(Path(path).parent.name, "weijian", "minzheng")
        (root / path).rename(root / "data/items" / folder / Path(path).name)
    elif path := one_of(root, "data/listings", n):
        folder = turned(Path(path).parent.name, "departments", "towns")
        (root / path).rename(root / "data/listings" / folder / Path(path).name)


@_change
def item_added(root: Path, n: int) -> None:
    """A new item, which everybody concerned lists."""
    code = f"51012330{n % 5}000"
    if code in items(root) or PERMIT not in items(root):
        return
    name = f"{'甲乙丙丁戊'[n % 5]}类游泳场所开放许可"
    data = read(root, item_path(root, PERMIT)) | {"code": code, "name": name, "everyday_names": [f"办{name[:2]}泳池"]}
    data.pop("former_names", None)
    write_record(root, f"data/items/weijian/{code}.yml", data | {"version": 1, "effective_on": "2025-01-01"})
    for path in list(listings_of(root, PERMIT)):
        change_record(root, path, entries=[*read(root, path)["entries"], {"code": code, "name": name}])


@_change
def item_deleted(root: Path, n: int) -> None:
    """An item goes, and whatever else is about it."""
    if path := one_of(root, "data/items", n):
        code = Path(path).stem
        (root / path).unlink()
        for listing in list(listings_of(root, code)):
            entries = [entry for entry in read(root, listing)["entries"] if entry["code"] != code]
            change_record(root, listing, entries=entries)
        for folder in ("data/approvals", "data/adjustments", "data/supervision"):
            for other in below(root, folder):
                if code in (root / other).read_text(encoding="utf-8"):
                    (root / other).unlink()


@_change
def item_cancelled(root: Path, n: int) -> None:
    if path := one_of(root, "data/items", n):
        code, ended = Path(path).stem, {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案"}
        change_record(root, path, status="取消", cancellation=ended)
        for listing in list(listings_of(root, code)):
            entries = [entry for entry in read(root, listing)["entries"] if entry["code"] != code]
            change_record(root, listing, entries=entries)


@_change
def item_secret(root: Path, n: int) -> None:
    """An item is not public any more, or public again."""
    if path := one_of(root, "data/items", n):
        change_record(root, path, secrecy=None if "secrecy" in read(root, path) else STATE)


@_change
def entry_removed(root: Path, n: int) -> None:
    if path := one_of(root, "data/listings", n):
        change_record(root, path, entries=read(root, path)["entries"][:-1])


@_change
def listing(root: Path, n: int) -> None:
    """Another day, another window, another order."""
    if path := one_of(root, "data/listings", n):
        data = read(root, path)
        window = data["window"] | {"hours": turned(data["window"]["hours"], "工作日 9:00—12:00", "工作日 9:00—17:00")}
        change_record(root, path, published_on="2026-03-02", window=window, entries=data["entries"][::-1])


@_change
def case_received(root: Path, n: int) -> None:
    """A case of one of the two items, at one of several points on its way."""
    day = f"2026-{1 + n % 9:02}-{5 + n % 4:02}"
    ends = [event(f"{day[:8]}{int(day[8:]) + after:02}", kind) for after, kind in ((1, "受理"), (2, "办结"))][: n % 3]
    more = {"decision": GRANTED | {"published_on": f"{day[:8]}20"}} if n % 3 == 2 else {}
    case = a_case(*ends, number=f"511703-{day.replace('-', '')}-0001", **more)
    if n % 2 and ALLOWANCE in items(root):
        case |= {"code": ALLOWANCE, "name": read(root, item_path(root, ALLOWANCE))["name"], "organization": "tingzi"}
        case["applicant"] = {"kind": "自然人", "name": "张*"}
        case.get("decision", {}).pop("permit", None)
    case["events"][0]["on"] = day
    write_record(root, f"data/approvals/2026/{day}.yml", {"date": day, "demonstration": True, "cases": [case]})


@_change
def case_secret(root: Path, n: int) -> None:
    """The first case of a day is not public any more, or public again."""
    if path := one_of(root, "data/approvals", n):
        first, *others = read(root, path)["cases"]
        if "secrecy" in first:
            first = {key: value for key, value in first.items() if key != "secrecy"}
        else:
            first |= {"secrecy": PRIVATE}
            first.pop("applicant", None)
            first.get("decision", {}).pop("published_on", None)
        change_record(root, path, cases=[first, *others])


@_change
def cases_deleted(root: Path, n: int) -> None:
    if path := one_of(root, "data/approvals", n):
        (root / path).unlink()


@_change
def adjusted(root: Path, n: int) -> None:
    """Another version of an item, in force for some time, since today, or from tomorrow on."""
    if path := one_of(root, "data/items", n):
        data, identity = read(root, path), f"2026-{1 + n % 7:03}"
        day = [datetime.date(2026, 5, 1), AS_OF, AS_OF + datetime.timedelta(days=1)][n % 3]
        if str(data["effective_on"]) >= str(day):
            return
        new = [*data["rights"], f"第 {data['version']} 项权利"]
        change = {
            "kind": "要素变更",
            "item": data["code"],
            "name": data["name"],
            "version": data["version"] + 1,
            "previous_effective_on": str(data["effective_on"]),
            "elements": [{"path": "rights", "old": data["rights"], "new": new}],
        }
        change_record(root, path, version=data["version"] + 1, effective_on=str(day), rights=new)
        published = min(day, AS_OF)
        record = {"id": identity, "effective_on": str(day), "published_on": str(published), "basis": BASIS}
        record |= {"note": "多一项权利。", "changes": [change]}
        write_record(root, f"data/adjustments/2026/{identity}.yml", record)


@_change
def adjustment_deleted(root: Path, n: int) -> None:
    if path := one_of(root, "data/adjustments", n):
        (root / path).unlink()


@_change
def law(root: Path, n: int) -> None:
    """Another title, or a law that nobody cites yet."""
    if n % 2:
        path = "data/laws/xingzhengxukefa.yml"
        base = read(root, BASE["law"]) if (root / BASE["law"]).exists() else None
        if base and not (root / path).exists():
            names = {"title": "行政许可法", "short_title": "行政许可法"}
            write_record(root, path, base | names | {"id": "xingzhengxukefa"})
    elif path := one_of(root, "data/laws", n):
        title = read(root, path)["short_title"]
        change_record(root, path, short_title=turned(title, "某某条例", "某某办法"))


@_change
def department(root: Path, n: int) -> None:
    if path := one_of(root, "data/organizations/departments", n):
        data = read(root, path)
        kinds = (
            {"duties": turned(data["duties"], "负责一件事。", "负责两件事。")},
            {"short_name": turned(data["short_name"], f"区甲局{n % 2}", f"区乙局{n % 2}")},
            {"consultation": data["consultation"] | {"window": turned(data["consultation"]["window"], "一号窗口", "二号窗口")}},
        )  # fmt: skip
        change_record(root, path, **kinds[n % 3])


@_change
def town(root: Path, n: int) -> None:
    """Other hours, or a village more, with its listing, or a village less, without."""
    path = one_of(root, "data/organizations/towns", n)
    if path is None:
        return
    data = read(root, path)
    code = f"{data['code'][:9]}0{10 + n % 3}"
    if n % 3 == 0:
        change_record(root, path, hours=turned(data["hours"], "工作日 9:00—12:00", "工作日 9:00—17:00"))
    elif n % 3 == 1 and all(village["code"] != code for village in data["villages"]):
        name = f"{'东西南'[n % 3]}山村"
        village = {"code": code, "name": name, "full_name": f"{name}村民委员会", "kind": "村"}
        change_record(root, path, villages=[*data["villages"], village])
        listed = "data/listings/villages/511703100001.yml"
        if (root / listed).exists():
            write_record(root, f"data/listings/villages/{code}.yml", read(root, listed) | {"organization": code})
    else:
        change_record(root, path, villages=data["villages"][:-1] or data["villages"])


@_change
def exposure(root: Path, n: int) -> None:
    """More progress, or another exposure."""
    if n % 2:
        if (root / BASE["exposure"]).exists():
            data = read(root, BASE["exposure"])
            data |= {"id": f"2026-{2 + n % 3:03}", "organization": ["tingzi", "weijian"][n % 3 % 2]}
            data.pop("closure", None)
            write_record(root, f"data/supervision/exposures/{data['id']}.yml", data)
    elif path := one_of(root, "data/supervision/exposures", n):
        change_record(root, path, progress=[{"on": "2026-04-28", "note": f"第 {n} 次说明。"}])


@_change
def supervision_deleted(root: Path, n: int) -> None:
    if path := one_of(root, "data/supervision", n):
        (root / path).unlink()


@_change
def district(root: Path, n: int) -> None:
    site = read(root, BASE["district"])["site"]
    change_record(
        root, BASE["district"], site=site | {"name": turned(site["name"], "达川区事项公开", "达川区服务公开")}
    )


@_change
def calendar(root: Path, n: int) -> None:
    """The days on which nobody works are others, from which deadlines are counted."""
    holidays = [{"name": "元旦", "first": "2027-01-01", "last": f"2027-01-{3 + n % 5:02}"}]
    write_record(root, "data/calendar/2027.yml", {"year": "2027", "basis": "演示用的日历", "holidays": holidays})


@_change
def hand_written(root: Path, n: int) -> None:
    """A page speaks of an item, a department, a town or a law."""
    page = root / "content" / ["guides/rights.md", "about.md"][n % 2]
    reference = [PERMIT, ALLOWANCE, "department:weijian", "town:tingzi", "law:minfadian"][n % 5]
    page.write_text(f"---\ntitle: 说明\n---\n\n# 说明\n\n第 {n} 版，见[[{reference}]]。\n", encoding="utf-8")


@_change
def policy(root: Path, n: int) -> None:
    """A policy of a day, of tomorrow perhaps."""
    day = [datetime.date(2026, 5, 1), AS_OF, AS_OF + datetime.timedelta(days=1)][n % 3]
    page = root / "content/policies/one-time-notice.md"
    page.write_text(f"---\ntitle: 一次告知{n}\ndate: {day}\n---\n\n# 一次告知{n}\n\n说明。\n", encoding="utf-8")


@_change
def template(root: Path, n: int) -> None:
    path = root / "theme/pages/department.html"
    path.write_text(path.read_text(encoding="utf-8") + f"<p>{n}</p>\n", encoding="utf-8")


@_change
def damaged(root: Path, n: int) -> None:
    """A file that cannot be read."""
    if path := one_of(root, "data", n):
        (root / path).write_text(DAMAGED, encoding="utf-8")


@_change
def damaged_gone(root: Path, n: int) -> None:
    """A file that cannot be read goes, or says again what it said at first."""
    for path in sorted((root / "data").rglob("*.yml")):
        if path.read_text(encoding="utf-8") == DAMAGED:
            first = DISTRICT / path.relative_to(root)
            if n % 2 and first.exists():
                shutil.copy(first, path)
            else:
                path.unlink()
            return


@_change
def misplaced(root: Path, n: int) -> None:
    """A copy of a file under another name: it claims an identity that another has."""
    if path := one_of(root, "data", n):
        shutil.copy(root / path, (root / path).with_stem("copy"))
