"""Approval cases of a synthetic district: masked, flagged as a demonstration, one file a day."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from district.guide import Department, Made
from district.words import Style

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_TRADES = [
    "建材运输",
    "生态农业",
    "餐饮管理",
    "物流配送",
    "装饰工程",
    "医药连锁",
    "文化传播",
    "机电安装",
    "粮油加工",
    "园林绿化",
    "信息技术",
    "家政服务",
]
_SENTENCES = (
    "申请材料齐全，当天收下",
    "由代办员代为提交",
    "网上提交，电话核对一次",
    "现场查看一次后同意",
    "与上一年度情况一致",
    "补交一份说明后继续办理",
)
_LETTERS = {
    Style.PERMIT: "许",
    Style.FILING: "备",
    Style.CONFIRMATION: "确",
    Style.BENEFIT: "给",
    Style.SERVICE: "服",
}


def write_cases(
    folder: Path,
    items: Sequence[Made],
    departments: dict[str, Department],
    count: int,
    chance: random.Random,
    as_of: datetime.date,
) -> None:
    """Write ``count`` cases about the items, received on the working days of the year before ``as_of``."""
    days = [day for n in range(20, 365) if (day := as_of - datetime.timedelta(days=n)).weekday() < 5]
    by_day: dict[datetime.date, list[Made]] = defaultdict(list)
    for _ in range(count):
        by_day[chance.choice(days)].append(chance.choice(items))
    documents: dict[str, int] = defaultdict(int)
    for day, applied in sorted(by_day.items()):
        lines = ["# yaml-language-server: $schema=../../../schema/approvals.json"]
        lines += [f"date: {day}", "demonstration: true", "cases:"]
        for number, item in enumerate(applied, 1):
            documents[item.department] += 1
            document = _document(departments[item.department], item.style, day.year, documents[item.department])
            lines += _case(day, number, item, document, chance, as_of)
        path = folder / "data/approvals" / str(day.year) / f"{day}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _document(department: Department, style: Style, year: int, number: int) -> str:
    # Four digits are the longest serial number; the letter in the middle starts a second series.
    series = _LETTERS[style] + "甲乙丙丁戊己庚辛壬癸"[number // 9999 % 10]
    return f"达川{department.short_name[1:3]}{series}〔{year}〕{number % 9999 + 1}号"


def _case(
    day: datetime.date, number: int, item: Made, document: str, chance: random.Random, as_of: datetime.date
) -> list[str]:
    accepted = day + datetime.timedelta(days=chance.randint(0, 1))
    decided = accepted + datetime.timedelta(days=0 if item.style is Style.SERVICE else chance.randint(1, 9))
    published = decided + datetime.timedelta(days=chance.randint(0, 6))
    lines = [
        f'  - number: "511703-{day:%Y%m%d}-{number:04}"',
        f'    code: "{item.code}"',
        f"    name: {item.name}",
        f"    organization: {item.department}",
        "    applicant:",
        *_applicant(chance),
        f"    summary: {chance.choice(_SENTENCES)}",
        "    events:",
        f"      - {{on: {day}, kind: 收件}}",
        f"      - {{on: {accepted}, kind: 受理}}",
    ]
    if published > as_of or chance.random() < 0.02:
        return lines
    lines += [f"      - {{on: {decided}, kind: 办结}}", f"      - {{on: {decided}, kind: 送达}}", "    decision:"]
    if chance.random() < 0.06:
        lines += ["      result: 退件", "      reason: 补正期限届满没有补齐，已退回材料并告知可以重新提出"]
        return [*lines, f"      published_on: {published}"]
    lines += ["      result: 出证办结", f"      document_number: {document}", f"      published_on: {published}"]
    if item.style is Style.PERMIT:
        until = decided + datetime.timedelta(days=365 * chance.choice((1, 3, 5)))
        lines += [
            "      permit:\n        kind: 普通\n        document_name: 准予行政许可决定书",
            f"        content: {item.name}",
            f"        valid_from: {decided}\n        valid_until: {until}",
        ]
    return lines


def _applicant(chance: random.Random) -> list[str]:
    if chance.random() < 0.5:
        return ["      kind: 自然人", f"      name: {chance.choice(_SURNAMES)}*"]
    return ["      kind: 企业法人", f"      name: 达州市达川区某某{chance.choice(_TRADES)}有限公司（演示）"]
