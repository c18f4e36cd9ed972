"""Bad approval cases: each is a finding at its line, and valid ones in every state are none."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from gongkai.finding import Finding, Severity
from support import BASE, change_record, check

DAY = BASE["approvals"]
PERMIT = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
ALLOWANCE = "80周岁以上老年人高龄津贴发放"
REVIEW = {
    "name": "消防安全检查",
    "organization": "区消防救援大队",
    "limit": {"value": 5, "unit": "工作日"},
    "deemed_approval": True,
    "basis": {"law": "gonggongchangsuoweishengguanlitiaoli", "article": "第四条"},
}
RECEIVED, ACCEPTED, DECIDED = "2026-03-02, kind: 收件", "2026-03-03, kind: 受理", "2026-03-06, kind: 办结"
ASKED = "2026-03-04, kind: 征求前置审查意见, review: 消防安全检查, organization: 区消防救援大队, reply_by: 2026-03-11"
GRANTED = [
    "result: 出证办结",
    "document_number: 达川卫许〔2026〕12号",
    "published_on: 2026-03-09",
    "permit: {kind: 普通, document_name: 准予行政许可决定书, content: 住宿, valid_from: 2026-03-06, valid_until: 2030-03-05}",
]


def one_case(*events: str, decision: list[str] | None = None, **keys: str) -> str:
    """A file whose case begins on line 5, with the applicant on line 9 and the events from line 11."""
    lines = ["# yaml-language-server: $schema=../../../schema/approvals.json"]
    lines += [f"date: {keys.pop('date', '2026-03-02')}", "demonstration: true", "cases:"]
    lines.append(f"  - number: {keys.pop('number', '511703-20260302-0001')}")
    lines.append(f'    code: "{keys.pop("code", "510123001000")}"')
    lines.append(f"    name: {keys.pop('name', PERMIT)}")
    lines.append(f"    organization: {keys.pop('organization', 'weijian')}")
    applicant = keys.pop("applicant", "{kind: 企业法人, name: 达州市达川区演示宾馆有限公司}")
    lines += [f"    applicant: {applicant}"] if applicant else []
    lines += ["    events:", *(f"      - {{on: {event}}}" for event in events)]
    lines += ["    decision:", *(f"      {line}" for line in decision)] if decision else []
    lines += [f"    {key}: {value}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


def found(district: Path, text: str, *, as_of: str = "2026-11-23") -> list[Finding]:
    """What the rules about cases say; names, privacy and the like are other families' business."""
    (district / DAY).write_text(text, encoding="utf-8")
    findings = check(district, as_of=datetime.date.fromisoformat(as_of))
    return [finding for finding in findings if finding.code[0] == "K"]


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.line, finding.message) for finding in findings]


ORDER = [
    pytest.param(
        [RECEIVED, "2026-02-27, kind: 受理"],
        [("K012", 12, "“受理”的日期 2026-02-27 早于前面“收件”的 2026-03-02")],
        id="backwards",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-20, kind: 上报, organization: 市局", "2026-03-10, kind: 转外或上报回复"],
        [("K012", 14, "“转外或上报回复”的日期 2026-03-10 早于前面“上报”的 2026-03-20")],
        id="backwards later",
    ),
    pytest.param([ACCEPTED], [("K011", 11, "第一个环节是“受理”，不是“收件”")], id="no receipt"),
    pytest.param(
        ["2026-03-01, kind: 收件"],
        [("K011", 11, "收件日期 2026-03-01 与文件的日期 2026-03-02 不符")],
        id="receipt on another day",
    ),
    pytest.param([RECEIVED, RECEIVED], [("K011", 12, "收件写了两次")], id="received twice"),
    pytest.param([RECEIVED, ACCEPTED, ACCEPTED], [("K015", 13, "受理写了两次")], id="accepted twice"),
    pytest.param([RECEIVED, "2027-03-03, kind: 受理"], [("K013", 12, "“受理”的日期 2027-03-03 还没有到")], id="future"),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 一次性告知补正, note: 缺平面图"],
        [("K014", 13, "受理以后又告知补正")],
        id="correction after acceptance",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 补正完成"],
        [("K014", 12, "没有告知补正，却写了补正完成")],
        id="correction of nothing",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 一次性告知补正, note: 缺平面图", ACCEPTED],
        [("K014", 13, "告知了补正，没有写补正完成就受理了")],
        id="accepted uncorrected",
    ),
    pytest.param(
        [
            RECEIVED,
            "2026-03-03, kind: 一次性告知补正, note: 缺平面图",
            "2026-03-04, kind: 补正完成",
            "2026-03-05, kind: 一次性告知补正, note: 还缺检测报告",
        ],
        [("K014", 14, "补正告知了不止一次")],
        id="corrections asked for twice",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 暂停计时, reason: 听证"],
        [("K015", 12, "还没有受理，就写了“暂停计时”")],
        id="suspended before acceptance",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 恢复计时"],
        [("K016", 13, "没有暂停计时，却写了恢复计时")],
        id="resumed without suspension",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", "2026-03-05, kind: 暂停计时, reason: 听证"],
        [("K016", 14, "已经在暂停计时，又写了一次暂停")],
        id="suspended twice",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时"],
        [("K017", 13, "暂停计时没有写事由")],
        id="no lawful reason",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 受理, reason: 听证"],
        [("K017", 12, "“受理”不是暂停计时，却写了暂停的事由")],
        id="reason on another kind",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 征求前置审查意见, review: 消防安全检查, organization: 区消防救援大队"],
        [("K018", 13, "“征求前置审查意见”没有写应答复日期（reply_by）")],
        id="review without limit",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 上报"],
        [("K018", 13, "“上报”没有写对方单位（organization）")],
        id="referred to nobody",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 受理, working_days: 5"],
        [("K018", 12, "“受理”不应当有延长几个工作日（working_days）")],
        id="extension on another kind",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 一次性告知补正"],
        [("K018", 12, "“一次性告知补正”没有写说明（note）")],
        id="correction of what",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 申请人撤回", "2026-03-05, kind: 恢复计时"],
        [
            ("K016", 14, "没有暂停计时，却写了恢复计时"),
            ("K019", 14, "“申请人撤回”以后又写了“恢复计时”"),
        ],
        id="after withdrawal",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 送达"],
        [("K019", 13, "没有办结，就写了“送达”")],
        id="delivered before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 转外或上报回复"],
        [("K020", 13, "没有转外或上报，却写了回复")],
        id="reply to nothing",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, ASKED, "2026-03-05, kind: 前置审查答复, review: 消防检查"],
        [("K021", 14, "没有征求前置审查意见“消防检查”，却写了“前置审查答复”")],
        id="answer to another review",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, ASKED.replace("03-11", "03-03")],
        [("K021", 13, "应答复日期 2026-03-03 早于征求的日期 2026-03-04")],
        id="review limit before the question",
    ),
    pytest.param([RECEIVED, ACCEPTED, DECIDED], [("K023", 13, "已经办结，没有写办理结果（decision）")], id="no result"),
]


@pytest.mark.parametrize(("events", "expected"), ORDER)
def test_events_out_of_order(events: list[str], expected: list[tuple[str, int, str]], district: Path) -> None:
    assert told(found(district, one_case(*events))) == expected


def changed(old: str, new: str) -> list[str]:
    """The decision with one text changed; an empty line is left out."""
    return [line for line in "\n".join(GRANTED).replace(old, new).split("\n") if line]


DECISIONS = [
    pytest.param(
        [RECEIVED, DECIDED], GRANTED, [("K015", 12, "没有受理就办结了，结果是“出证办结”")], id="before acceptance"
    ),
    pytest.param([RECEIVED, ACCEPTED], GRANTED, [("K023", 13, "写了办理结果，环节里没有“办结”")], id="no day"),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", DECIDED],
        GRANTED,
        [("K016", 14, "还在暂停计时就办结了")],
        id="suspended",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        ["result: 不予许可", "document_number: 达川卫不许〔2026〕3号", "published_on: 2026-03-09"],
        [("K024", 15, "结果是“不予许可”，没有写理由（reason）")],
        id="no reason",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        ["result: 不予受理", "reason: 不属于本机关职权", "published_on: 2026-03-09"],
        [("K015", 13, "已经受理，结果却是“不予受理”")],
        id="accepted and not accepted",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        GRANTED[:3],
        [("K025", 15, "准予行政许可，没有写双公示内容（permit）")],
        id="no permit fields",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("document_number: 达川卫许〔2026〕12号\n", ""),
        [("K025", 15, "准予行政许可，没有写决定文书号（document_number）")],
        id="no document",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("result: 出证办结", "result: 不予许可\nreason: 消毒间与卫生间没有分开"),
        [("K025", 19, "结果是“不予许可”，不应当有双公示内容（permit）")],
        id="permit fields of a refusal",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("valid_from: 2026-03-06", "valid_from: 2026-03-05"),
        [("K026", 18, "有效期自 2026-03-05，早于决定的日期 2026-03-06")],
        id="valid before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2030-03-05", "2020-03-05"),
        [("K026", 18, "有效期至 2020-03-05，早于有效期自 2026-03-06")],
        id="ends before it begins",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2026-03-05"),
        [("K029", 17, "公开日期 2026-03-05 早于办结的日期 2026-03-06")],
        id="published before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2027-03-09"),
        [
            ("K013", 17, "公开日期 2027-03-09 还没有到"),
        ],
        id="published in the future",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2026-03-18"),
        [("K030", 17, "办结后 8 个工作日才公开，期限是 7 个工作日，到 2026-03-17")],
        id="published late",
    ),
]


@pytest.mark.parametrize(("events", "decision", "expected"), DECISIONS)
def test_bad_decisions(
    events: list[str], decision: list[str], expected: list[tuple[str, int, str]], district: Path
) -> None:
    assert told(found(district, one_case(*events, decision=decision))) == expected


@pytest.mark.parametrize(
    ("as_of", "messages"),
    [("2026-03-17", []), ("2026-03-18", ["办结 8 个工作日还没有公开，期限是 7 个工作日，到 2026-03-17"])],
)
def test_what_is_not_published_yet_is_a_warning_after_the_limit(
    as_of: str, messages: list[str], district: Path
) -> None:
    decision = changed("published_on: 2026-03-09\n", "")
    findings = found(district, one_case(RECEIVED, ACCEPTED, DECIDED, decision=decision), as_of=as_of)
    assert [(f.code, f.line, f.message, f.severity) for f in findings] == [
        ("K030", 14, message, Severity.WARNING) for message in messages
    ]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        ("达川卫许[2026]12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许(2026)12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许（2026）12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许【2026】12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许〔2026〕第69号", "请改为“达川卫许〔2026〕69号”。"),
        ("达川卫许〔2026〕012号", "请改为“达川卫许〔2026〕12号”。"),
        ("卫许2026-12", "写成“达川卫许〔2026〕12号”的样子：年份用六角括号〔〕，序号前面不加“第”和 0。"),
    ],
)
def test_document_numbers(number: str, advice: str, district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED, DECIDED, decision=changed("达川卫许〔2026〕12号", f'"{number}"'))
    (finding,) = found(district, text)
    assert (finding.code, finding.line, finding.message, finding.help) == (
        "K027",
        16,
        f"决定文书号“{number}”的写法不对",
        advice,
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"number": "511702-20260302-0001"},
            [("K001", 5, "办件编号的区划 511702 不是本区（511703）", "请核对是不是抄了别区的编号。")],
        ),
        (
            {"number": "511703-20260303-0001"},
            [
                (
                    "K001",
                    5,
                    "办件编号里的日期 20260303 与收件日期 2026-03-02 不符",
                    "请改正编号；不是这一天收的，移到收件那天的文件里。",
                )
            ],
        ),
        (
            {"code": "510123991000"},
            [("K003", 6, "事项“510123991000”没有登记", f"区级目录里“{PERMIT}”的编码是 510123001000。")],
        ),
        (
            {"organization": "weijain"},
            [("K005", 8, "受理单位“weijain”没有登记", "是不是“weijian”（区卫生健康局）？")],
        ),
        (
            {"organization": '"511703100009"'},
            [("K005", 8, "受理单位“511703100009”没有登记", "是不是“511703100001”（亭子镇文昌宫社区）？")],
        ),
        (
            {"organization": '"511703100001"'},
            [
                (
                    "K006",
                    8,
                    f"亭子镇文昌宫社区的清单里没有“{PERMIT}”",
                    "请核对受理单位和事项编码；确实由这里受理的，先补清单。",
                )
            ],
        ),
        (
            {"applicant": ""},
            [("K007", 5, "没有写申请人（applicant）", "请补上；依法不公开的，写不公开的理由（secrecy）。")],
        ),
        (
            {"applicant": "{kind: 自然人, name: 张*, credit_code: 91511703000000012C}"},
            [
                (
                    "K008",
                    9,
                    "申请人是自然人，却写了统一社会信用代码",
                    "请删去代码；以单位名义申请的，改正申请人类别和名称。",
                )
            ],
        ),
        (
            {"applicant": "{kind: 企业法人, name: 达州市演示有限公司, credit_code: 91511703000000012A}"},
            [
                (
                    "K008",
                    9,
                    "统一社会信用代码 91511703000000012A 的校验位不对：末位应当是 C",
                    "请对照营业执照或者登记证书核对每一位。",
                )
            ],
        ),
    ],
)
def test_bad_identities(keys: dict[str, str], expected: list[tuple[str, int, str, str]], district: Path) -> None:
    findings = found(district, one_case(RECEIVED, ACCEPTED, **keys))
    assert [(f.code, f.line, f.message, f.help) for f in findings] == expected


def test_a_wrong_code_is_reported_at_every_case(district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED, code="510123991000", organization="weijain")
    again = "\n".join(text.splitlines()[4:]).replace("-0001", "-0002") + "\n"
    findings = found(district, text + again)
    assert [(f.code, f.line) for f in findings] == [("K003", 6), ("K005", 8), ("K003", 14), ("K005", 16)]


def test_a_number_used_twice_in_one_file(district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED)
    again = "\n".join(text.splitlines()[4:]) + "\n"
    assert told(found(district, text + again)) == [
        ("K002", 13, f"办件编号 511703-20260302-0001 已经用在 {DAY} 第 5 行")
    ]


def test_a_number_used_twice_in_two_files(district: Path) -> None:
    other = "data/approvals/2026/2026-03-03.yml"
    text = one_case("2026-03-03, kind: 收件", date="2026-03-03")
    (district / other).write_text(text, encoding="utf-8")
    findings = found(district, one_case(RECEIVED, ACCEPTED))
    assert [(f.path, f.code, f.line) for f in findings] == [(other, "K001", 5), (other, "K002", 5)]


def test_a_document_number_used_twice(district: Path) -> None:
    other = "data/approvals/2026/2026-03-03.yml"
    events = ("2026-03-03, kind: 收件", ACCEPTED, DECIDED)
    text = one_case(*events, decision=GRANTED, date="2026-03-03", number="511703-20260303-0001")
    (district / other).write_text(text, encoding="utf-8")
    findings = found(district, one_case(RECEIVED, ACCEPTED, DECIDED, decision=GRANTED))
    assert [(f.path, *row) for f, row in zip(findings, told(findings), strict=True)] == [
        (other, "K028", 16, f"决定文书号“达川卫许〔2026〕12号”已经用在 {DAY} 第 16 行")
    ]


def test_a_case_for_a_cancelled_item(district: Path) -> None:
    cancellation = {"on": "2026-03-02", "basis": "国办发〔2022〕2号", "note": "改为备案，到原窗口办理。"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    findings = found(district, one_case(RECEIVED, ACCEPTED))
    assert told(findings) == [("K004", 6, f"事项“{PERMIT}”已于 2026-03-02 取消，2026-03-02 不能再收件")]


def test_a_case_from_before_the_cancellation_stays(district: Path) -> None:
    cancellation = {"on": "2026-03-03", "basis": "国办发〔2022〕2号", "note": "改为备案，到原窗口办理。"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    assert found(district, one_case(RECEIVED, ACCEPTED)) == []


def test_a_case_from_before_the_item_took_effect(district: Path) -> None:
    text = one_case(
        "2024-12-31, kind: 收件",
        date="2024-12-31",
        number="511703-20241231-0001",
        code="512011001000",
        name=ALLOWANCE,
        organization="tingzi",
    )
    assert told(found(district, text)) == [("K004", 6, f"事项“{ALLOWANCE}”从 2025-01-01 起施行，2024-12-31 还不能收件")]


def test_silence_is_consent_where_the_item_says_so_and_the_limit_has_passed(district: Path) -> None:
    change_record(district, BASE["item"], prior_reviews=[REVIEW])
    deemed = "2026-03-12, kind: 超时默认同意, review: 消防安全检查"
    assert found(district, one_case(RECEIVED, ACCEPTED, ASKED, deemed)) == []
    early = one_case(RECEIVED, ACCEPTED, ASKED, deemed.replace("03-12", "03-11"))
    assert told(found(district, early)) == [("K022", 14, "2026-03-11 还没有超过应答复日期 2026-03-11，不能超时默认")]


def test_silence_is_no_consent_where_the_item_does_not_say_so(district: Path) -> None:
    change_record(district, BASE["item"], prior_reviews=[REVIEW | {"deemed_approval": False}])
    deemed = "2026-03-12, kind: 超时默认同意, review: 消防安全检查"
    assert told(found(district, one_case(RECEIVED, ACCEPTED, ASKED, deemed))) == [
        ("K022", 14, f"事项“{PERMIT}”没有规定前置审查“消防安全检查”可以超时默认")
    ]


def test_what_is_not_shown_has_no_applicant_and_no_publication(district: Path) -> None:
    secrecy = "{kind: 个人隐私, basis: 《政府信息公开条例》第十五条}"
    events = (RECEIVED, ACCEPTED, DECIDED)
    secret = one_case(*events, decision=changed("published_on: 2026-03-09\n", ""), applicant="", secrecy=secrecy)
    assert found(district, secret) == []
    shown = one_case(*events, decision=GRANTED, secrecy=secrecy)
    assert told(found(district, shown)) == [
        ("K007", 9, "办件因个人隐私不公开，却写了申请人"),
        ("K029", 17, "办件因个人隐私不公开，却写了公开日期"),
    ]


VALID = [
    [RECEIVED],
    [RECEIVED, "2026-03-03, kind: 一次性告知补正, note: 缺平面图"],
    [
        RECEIVED,
        "2026-03-03, kind: 一次性告知补正, note: 缺平面图",
        "2026-03-05, kind: 补正完成",
        "2026-03-05, kind: 受理",
    ],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", "2026-03-12, kind: 恢复计时, note: 报告已出"],
    [RECEIVED, ACCEPTED, ASKED, "2026-03-10, kind: 前置审查答复, review: 消防安全检查"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 转外, organization: 市场监督管理局"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 上报, organization: 市局", "2026-03-20, kind: 转外或上报回复"],
    [RECEIVED, ACCEPTED, "2026-03-10, kind: 延长期限, working_days: 10, note: 核实检测报告"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 申请人撤回"],
]


@pytest.mark.parametrize("events", VALID)
def test_valid_cases_in_every_state_and_overdue_ones_are_no_findings(events: list[str], district: Path) -> None:
    assert found(district, one_case(*events)) == []


def test_a_broken_item_file_is_no_second_fault_of_its_cases(district: Path) -> None:
    (district / BASE["item"]).write_text("code: [", encoding="utf-8")
    assert found(district, one_case(RECEIVED, ACCEPTED)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"holidays": [{"name": "元旦", "first": "2027-01-03", "last": "2027-01-01"}]},
            ["元旦的最后一天 2027-01-01 早于第一天 2027-01-03"],
        ),
        (
            {"holidays": [{"name": "元旦", "first": "2026-12-31", "last": "2027-01-01"}]},
            ["元旦的日期 2026-12-31 不在 2027 年"],
        ),
        (
            {
                "holidays": [
                    {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
                    {"name": "春节", "first": "2027-01-03", "last": "2027-01-09"},
                ]
            },
            ["春节的第一天 2027-01-03 不晚于前一个假期的最后一天 2027-01-03"],
        ),
        ({"working_weekends": ["2027-01-02"]}, ["调休上班的 2027-01-02 在元旦的假期里"]),
        ({"working_weekends": ["2027-01-06"]}, ["调休上班的 2027-01-06 不是周六、周日"]),
        ({"working_weekends": ["2026-01-04"]}, ["调休上班的 2026-01-04 不在 2027 年"]),
        ({"working_weekends": ["2027-01-09", "2027-01-09"]}, ["调休上班的 2027-01-09 写了两次"]),
        ({"working_weekends": ["2027-01-09"]}, []),
    ],
)
def test_calendars(changes: dict[str, object], expected: list[str], district: Path) -> None:
    change_record(district, BASE["calendar"], **changes)
    findings = [f for f in check(district) if f.path == BASE["calendar"]]
    assert [(f.code, f.message) for f in findings] == [("T007", message) for message in expected]


def test_a_calendar_of_a_published_year_must_agree(district: Path) -> None:
    text = (district / BASE["calendar"]).read_text(encoding="utf-8").replace("2027", "2026")
    (district / "data/calendar/2026.yml").write_text(text, encoding="utf-8")
    (finding,) = (f for f in check(district) if f.path == "data/calendar/2026.yml")
    assert finding.code == "T006"
    assert finding.message == (
        "与公布的放假安排不一致：2026-01-04 应当上班、2026-02-14 应当上班、2026-02-16 应当放假等 23 天"
    )
