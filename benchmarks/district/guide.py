"""The guide of one synthetic item, written as YAML text: no model is built, so a hundred thousand take a minute."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from district import sentences as said
from district.naming import Named
from district.words import Style

_TYPE_DIGITS = {
    Style.PERMIT: "01",
    Style.BENEFIT: "05",
    Style.CONFIRMATION: "07",
    Style.FILING: "10",
    Style.SERVICE: "20",
}
_STEPS = {
    Style.PERMIT: ("申请", "受理", "审查", "现场核查", "决定", "制证", "送达"),
    Style.FILING: ("申请", "受理", "审查", "送达"),
    Style.CONFIRMATION: ("申请", "受理", "审查", "决定", "送达"),
    Style.BENEFIT: ("申请", "受理", "入户调查", "审查", "公示", "决定", "发放"),
    Style.SERVICE: ("申请", "受理", "办理"),
}
_UNCOUNTED = {"申请", "公示", "送达", "发放"}
_RESULTS = {
    Style.PERMIT: (
        "证照",
        "{subject}许可证",
        "载明名称、{place}地址、许可范围和有效期，盖{dept}电子印章",
        "{years} 年",
    ),
    Style.FILING: ("其他", "{subject}备案回执", "写明备案编号、日期和备案内容，由{system}生成", ""),
    Style.CONFIRMATION: ("批文", "{subject}确认书", "写明确认的内容、依据和日期，盖{dept}公章", "{years} 年"),
    Style.BENEFIT: ("其他", "{subject}核定通知", "写明对象、标准、起止月份和收款账户后四位", "当年有效"),
    Style.SERVICE: ("其他", "{subject}办理回单", "写明办理时间、内容和回访电话，由{system}生成", ""),
}
_PERSONAL = ["就业创业", "社会保障", "证件办理", "医疗卫生", "住房保障", "优待抚恤", "教育科研", "交通出行"]
_CORPORATE = [
    "准营准办",
    "设立变更",
    "资质认证",
    "年检年审",
    "商务贸易",
    "安全生产",
    "投资审批",
    "国土和规划建设",
    "环保绿化",
    "农林牧渔",
]
_FOR_PERSONS = {**said.CHOICES, **said.FOR_PERSONS}
_WEBSITE = "https://www.sczwfw.gov.cn/"


@dataclass(frozen=True, slots=True)
class Department:
    """What a guide needs of the department that handles it."""

    identity: str
    short_name: str
    segment: str
    citations: Sequence[tuple[str, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Made:
    """An item that was written: what listings, cases and pages need of it."""

    code: str
    name: str
    department: str
    style: Style
    level: str
    text: str


class _Words(dict[str, str]):
    """The words that fill a sentence; what the item does not say is chosen anew for every blank."""

    def __init__(self, chance: random.Random, choices: dict[str, tuple[str, ...]], **fixed: str) -> None:
        super().__init__(fixed)
        self._chance, self._choices = chance, choices

    def __missing__(self, key: str) -> str:
        return self._chance.choice(self._choices[key])


class Guide:
    """One item being written."""

    def __init__(self, chance: random.Random, named: Named, department: Department, level: str) -> None:
        self._chance, self._named, self._department, self._level = chance, named, department, level
        self._family = named.family.key
        self._words = _Words(
            chance,
            _FOR_PERSONS if named.family.audiences == "自然人" else said.CHOICES,
            subject=named.subject,
            matter=named.matter,
            dept=department.short_name,
            qualifier=named.qualifier,
            short=named.subject[:4],
        )

    def write(self, code: str, last_day: datetime.date) -> Made:
        """Return the item under its code, last changed on or before a day."""
        text = "\n".join(self._lines(code, last_day)) + "\n"
        named = self._named
        return Made(code, named.name, self._department.identity, named.style, self._level, text)

    def _say(self, template: str) -> str:
        return template.format_map(self._words)

    def _some(self, templates: Sequence[str], least: int, most: int) -> list[str]:
        count = min(self._chance.randint(least, most), len(templates))
        return list(dict.fromkeys(self._say(t) for t in self._chance.sample(templates, count)))

    def _lines(self, code: str, last_day: datetime.date) -> Iterator[str]:
        chance, style = self._chance, self._named.style
        updated = last_day - datetime.timedelta(days=chance.randrange(400))
        effective = updated - datetime.timedelta(days=chance.randrange(700, 1500))
        yield "# yaml-language-server: $schema=../../../schema/item.json"
        yield f'code: "{code}"'
        yield f"name: {self._named.name}"
        yield from _list("everyday_names", self._some(said.SAID, 2, 3))
        yield f"summary: {self._summary()}"
        yield f"type: {style.value}"
        yield "version: 1"
        yield f"effective_on: {effective}"
        yield f"updated_on: {updated}"
        yield f"department: {self._department.identity}"
        yield f"authority:\n  organization: {self._department.identity}\n  nature: 法定机关"
        if style is not Style.SERVICE:
            yield "power_source: 法定本级行使"
        yield f"exercise_levels: [{'县级' if self._level == '区' else '县级, 镇（乡、街道）级'}]"
        yield from self._legal_basis()
        yield from self._audience()
        yield from self._acceptance()
        yield from _list("conditions", self._some(said.CONDITIONS[self._family], 4, 7))
        yield from _list("prohibitions", self._some(said.PROHIBITIONS, 0, 3))
        yield from self._materials()
        yield from self._handling()
        yield from self._access()
        yield from self._result()
        if style is not Style.SERVICE:
            yield "remedies:\n  reconsideration:\n    organization: 达州市达川区人民政府"
            yield '    address: 区司法局行政复议接待窗口（演示地址）\n    phone: "0818-0000000"'
            yield "  litigation:\n    organization: 有管辖权的人民法院"
        yield from _list("rights", self._some(said.RIGHTS, 1, 3))
        yield from _list("obligations", self._some(said.OBLIGATIONS, 1, 3))
        yield "questions:"
        for question, answer in chance.sample(said.QUESTIONS, chance.randint(3, 5)):
            yield f"  - question: {self._say(question)}\n    answer: {self._say(answer)}"

    def _summary(self) -> str:
        while len(text := self._say(self._chance.choice(said.SUMMARIES))) > 60:
            pass
        return text

    def _legal_basis(self) -> Iterator[str]:
        yield "legal_basis:"
        citations = self._department.citations
        chosen = self._chance.sample(citations, min(len(citations), self._chance.randint(1, 3)))
        for law, article, content in chosen:
            yield from _citation("  - ", "    ", law, article, content)

    def _audience(self) -> Iterator[str]:
        yield f"audiences: [{self._named.family.audiences}]"
        personal = "自然人" in self._named.family.audiences
        themes = self._chance.sample(_PERSONAL if personal else _CORPORATE, self._chance.randint(1, 2))
        yield f"themes:\n  {'personal' if personal else 'corporate'}: [{', '.join(themes)}]"

    def _acceptance(self) -> Iterator[str]:
        yield "acceptance:\n  - level: 区\n    role: 受理并办结"
        if self._level in ("乡镇", "村"):
            yield f"  - level: 乡镇\n    role: {self._chance.choice(('受理', '受理初审', '收件'))}"
        if self._level == "村":
            yield f"  - level: 村\n    role: 代办\n    note: {self._say('由{who}帮办，每周集中报送一次')}"

    def _materials(self) -> Iterator[str]:
        yield "materials:"
        for name in self._some(said.MATERIALS[self._family], 4, 7):
            form = self._chance.choice(("不限", "纸质", "电子化"))
            yield f"  - name: {name.replace(' ', '')}"
            yield f"    kind: {self._chance.choice(('原件', '复印件', '原件和复印件'))}\n    form: {form}"
            yield f"    necessity: {self._chance.choice(('必要', '必要', '必要', '非必要', '容缺后补'))}"
            if form != "电子化":
                yield f"    copies: {self._chance.randint(1, 3)}\n    specification: A4"
            yield f"    source: {self._chance.choice(('申请人自备', '申请人自备', '政府部门核发', '其他'))}"
            if self._chance.random() < 0.15:
                yield "    shared: true"
            for key in self._chance.sample(sorted(said.MATERIAL_REMARKS), self._chance.randint(1, 2)):
                yield f"    {key}: {self._say(self._chance.choice(said.MATERIAL_REMARKS[key]))}"

    def _handling(self) -> Iterator[str]:
        """Yield the steps, the limits that they fit into, and the fees."""
        chance, style = self._chance, self._named.style
        immediate = style is Style.SERVICE or (style is Style.FILING and chance.random() < 0.4)
        yield "procedure:"
        total = 0
        for kind in _STEPS[style]:
            yield f"  - kind: {kind}\n    actor: {self._actor(kind)}"
            if kind in _UNCOUNTED:
                yield "    counted: false"
            elif not immediate:
                days = chance.randint(1, 3)
                total += days
                yield f"    limit: {{value: {days}, unit: 工作日}}"
            yield f"    action: {self._say(chance.choice(said.ACTIONS[kind]))}"
            if kind in ("受理", "决定"):
                yield f"    result: {self._named.subject}{'受理通知书' if kind == '受理' else '决定书'}"
        if style in (Style.PERMIT, Style.CONFIRMATION) and chance.random() < 0.3:
            yield f"referrals:\n  outward:\n    - to: {self._say('达州市{stock}')}"
            yield f"      when: {self._say(chance.choice(said.REFERRED))}\n      limit: {{value: 3, unit: 工作日}}"
        yield f"handling: {'即办件' if immediate else '承诺件'}"
        yield "time_limits:"
        if style is not Style.SERVICE:
            yield f"  statutory: {{value: {chance.choice((20, 30, 45))}, unit: 工作日}}"
        yield "  promised: " + (
            "{unit: 即时}" if immediate else f"{{value: {total + chance.randint(0, 2)}, unit: 工作日}}"
        )
        yield from self._fees()

    def _actor(self, kind: str) -> str:
        if kind == "申请":
            return "申请人"
        if kind in ("受理", "送达"):
            return f"区政务服务中心{self._say('{counter}')}"
        return f"{self._department.short_name}{self._say('{leader}' if kind == '决定' else '{stock}')}"

    def _fees(self) -> Iterator[str]:
        if self._named.style is not Style.PERMIT or self._chance.random() < 0.85:
            yield "fees:\n  charged: false"
            return
        yield f"fees:\n  charged: true\n  items:\n    - name: {self._named.subject}工本费"
        yield f"      standard: {self._say('每件 {n} 元，遗失补办同价')}"
        yield f"      basis: {self._say('川发改价格〔201{few}〕{n}号')}"

    def _access(self) -> Iterator[str]:
        depth = self._chance.choice(("Ⅳ级", "Ⅳ级", "Ⅲ级"))
        yield "forms: [窗口办理, 网上办理]\nvisits:"
        if depth == "Ⅳ级":
            yield "  count: 0"
        else:
            yield f"  count: 1\n  reason: {self._say(self._chance.choice(said.VISIT_REASONS))}"
        yield f"hall:\n  stationed: true\nonline:\n  available: true\n  depth: {depth}\n  url: {_WEBSITE}"
        yield f"express_delivery: {self._flag()}\nappointment: {self._flag()}\nself_service: {self._flag()}"
        yield f"cross_region: {self._chance.choice(('未实现', '未实现', '跨县通办', '跨市通办', '跨省通办'))}"

    def _flag(self) -> str:
        return self._chance.choice(("true", "false"))

    def _result(self) -> Iterator[str]:
        kind, name, specimen, validity = _RESULTS[self._named.style]
        yield f"result:\n  type: {kind}\n  name: {self._say(name)}\n  specimen: {self._say(specimen)}"
        if validity:
            yield f"  validity: {self._say(validity)}"
        yield "  delivery: [打入账户]" if self._named.style is Style.BENEFIT else "  delivery: [网上下载, 窗口领取]"


def code_prefix(style: Style, department: Department) -> str:
    """Return the first six digits of the codes of a department's items of one type."""
    return f"51{_TYPE_DIGITS[style]}{department.segment}"


def _list(key: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{key}:"
        for value in values:
            yield f"  - {value}"


def _citation(first: str, rest: str, law: str, article: str | None, content: str | None) -> Iterator[str]:
    yield f"{first}law: {law}"
    if article:
        yield f"{rest}article: {article}"
    if content:
        yield f"{rest}content: {content}"
