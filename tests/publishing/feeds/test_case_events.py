"""What feeds tell about a case, written out by hand."""

from __future__ import annotations

import datetime
from pathlib import Path

from publishing.feeds.sites import CODE, EVERYTHING, GRANTED, NAME, NUMBER, a_case, event, events_of, write_cases
from support import change_record

RETRACTED = event("2026-04-10", "撤回公开", note="应当事人申请核实后撤回")
ORGANIZATION = "区卫生健康局"


def told(root: Path, as_of: datetime.date = datetime.date(2026, 11, 23)) -> list[tuple[str, str, str]]:
    """Return (day, end of the identity, title) of the case's events, oldest first."""
    prefix = f"case/{NUMBER}/"
    found = [e for e in reversed(events_of(root, as_of)) if e.identity.startswith(prefix)]
    return [(str(e.updated.date()), e.identity.removeprefix(prefix), e.title) for e in found]


BEFORE_RETRACTION = [
    ("2026-03-03", "correction-requested/1", f"要求补正：{NAME} — {ORGANIZATION}"),
    ("2026-03-06", "accepted/1", f"受理：{NAME} — {ORGANIZATION}"),
    ("2026-03-16", "deemed-approved/1", f"超时默认同意（消防安全检查意见）：{NAME} — {ORGANIZATION}"),
    ("2026-03-17", "suspended/1", f"暂停计时（检测）：{NAME} — {ORGANIZATION}"),
    ("2026-03-27", "decided/1", f"准予许可：{NAME} — {ORGANIZATION}"),
    ("2026-04-01", "amended/1", f"更正公开内容：{NAME} — {ORGANIZATION}"),
]


def test_a_case_that_goes_through_everything(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED))
    assert told(district) == BEFORE_RETRACTION
    mine = [e for e in events_of(district) if NUMBER in e.identity]
    everywhere = ("cases", f"item-{CODE}", "department-weijian")
    assert [e.feeds for e in mine] == [(*everywhere, "decisions")] * 2 + [everywhere] * 4
    decided = next(e for e in mine if "/decided/" in e.identity)
    assert decided.lines == (
        f"办件编号：{NUMBER}",
        f"受理单位：{ORGANIZATION}",
        "申请人：达州市达川区某某宾馆有限公司（演示）",
        "日期：2026-03-24",
        "结果：出证办结",
        "决定文书号：达川卫许〔2026〕7号",
        "许可类别：普通",
        "许可内容：住宿场所的卫生许可",
        "有效期：2026-03-24 起长期有效",
        "公开日期：2026-03-27",
    )


def test_nothing_is_told_before_its_day(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED))
    for day in (datetime.date(2026, 3, 1) + datetime.timedelta(days=n) for n in range(40)):
        assert told(district, day) == [row for row in BEFORE_RETRACTION if row[0] <= str(day)]


def test_a_decision_is_told_when_it_is_published(district: Path) -> None:
    ends = (event("2026-03-03", "受理"), event("2026-03-24", "办结"))
    write_cases(district, a_case(*ends, decision=GRANTED | {"published_on": "2026-03-30"}))
    assert told(district)[-1][:2] == ("2026-03-30", "decided/1")
    unpublished = {key: value for key, value in GRANTED.items() if key != "published_on"}
    write_cases(district, a_case(*ends, decision=unpublished))
    assert [row[1] for row in told(district)] == ["accepted/1"]


def test_results_have_their_own_words(district: Path) -> None:
    ends = (event("2026-03-03", "受理"), event("2026-03-24", "办结"))
    for result, word in (("不予许可", "不予许可"), ("退件", "退件"), ("转报办结", "转报办结")):
        decision = {"result": result, "reason": "不符合条件", "published_on": "2026-03-27"}
        write_cases(district, a_case(*ends, decision=decision))
        assert told(district)[-1][2] == f"{word}：{NAME} — {ORGANIZATION}"
    write_cases(district, a_case(event("2026-03-03", "受理"), event("2026-03-05", "申请人撤回")))
    assert told(district)[-1][2] == f"申请人撤回：{NAME} — {ORGANIZATION}"


def test_a_public_service_is_done_not_permitted(district: Path) -> None:
    titles = {e.identity: e.title for e in events_of(district)}
    assert titles["case/511703-20260302-0002/decided/1"] == "办结：80周岁以上老年人高龄津贴发放 — 亭子镇"


def test_a_withdrawn_publication_leaves_tombstones(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, RETRACTED, decision=GRANTED))
    before = {e.identity: e for e in events_of(district, datetime.date(2026, 4, 9))}
    after = {e.identity: e for e in events_of(district, datetime.date(2026, 4, 10))}
    assert sorted(after.keys() - before.keys()) == [f"case/{NUMBER}/retracted/1"]
    assert before.keys() <= after.keys()
    tombstone = after[f"case/{NUMBER}/retracted/1"]
    assert tombstone.title == f"撤回公开：{NAME} — {ORGANIZATION}"
    assert tombstone.lines[-1] == "说明：应当事人申请核实后撤回"
    assert "decisions" in tombstone.feeds
    emptied = [e for identity, e in after.items() if identity in before and NUMBER in identity]
    assert len(emptied) == 6
    for e in emptied:
        assert e.title == f"已撤回公开：办件 {NUMBER}"
        assert e.lines == ("这条信息已于 2026-04-10 撤回公开，原来的内容不再提供。",)
        assert e.feeds == before[e.identity].feeds
        assert e.published == before[e.identity].published
        assert e.updated.date() == datetime.date(2026, 4, 10)
    text = "".join(line for e in after.values() if NUMBER in e.identity for line in e.lines)
    assert "宾馆" not in text and "达川卫许" not in text and "平面图" not in text


def test_secret_cases_never_appear(district: Path) -> None:
    secrecy = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}
    decision = {key: value for key, value in GRANTED.items() if key != "published_on"}
    write_cases(district, a_case(*EVERYTHING, applicant=None, secrecy=secrecy, decision=decision))
    assert told(district) == []
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED))
    change_record(district, f"data/items/weijian/{CODE}.yml", secrecy=secrecy | {"kind": "国家秘密"})
    assert told(district) == []


def test_villages_are_in_their_towns_feed(district: Path) -> None:
    write_cases(district, a_case(event("2026-03-03", "受理"), organization="511703100002"))
    (accepted,) = [e for e in events_of(district) if NUMBER in e.identity]
    assert accepted.title == f"受理：{NAME} — 亭子镇回龙社区"
    assert accepted.feeds == ("cases", f"item-{CODE}", "town-tingzi")


def test_another_event_moves_no_other(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED))
    before = {e.identity: e.updated for e in events_of(district)}
    write_cases(
        district,
        a_case(event("2026-03-06", "受理"), number="511703-20260302-00101"),
        a_case(*EVERYTHING, event("2026-04-01", "更正公开内容", note="又写错了"), decision=GRANTED),
        a_case(event("2026-03-06", "受理"), number="511703-20260302-0001"),
    )
    after = {e.identity: e.updated for e in events_of(district)}
    assert len(after) == len(before) + 3
    assert {identity: after[identity] for identity in before} == before
