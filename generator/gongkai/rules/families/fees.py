"""F: what is charged has a basis and a standard; what is free has neither."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.rules.engine import Context, Example, Problem, rule

_SOURCE = "《行政许可法》第五十八条、第五十九条；《政府信息公开条例》第二十条第（八）项。"
_FREE = "fees:\n  charged: false\n"
_CHARGED = (
    "fees:\n  charged: true\n  items:\n    - {name: 工本费, standard: 每证 10 元, basis: 发改价格〔2003〕2322号}\n"
)


@rule(
    "F001",
    "收费的要写明项目、标准和依据",
    subject=Item,
    reason="没有依据的收费是乱收费；没有标准，群众不知道该交多少。",
    source=_SOURCE,
    example=Example("item", _CHARGED, "fees:\n  charged: true\n"),
)
def charged_items_have_fees(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items that charge something without saying what."""
    if item.fees and item.fees.charged and not item.fees.items:
        yield Problem(
            ("fees", "charged"),
            "写了收费，却没有收费项目、收费标准和收费依据",
            "请逐项写明收费项目（items）；不收费的改为 charged: false。",
        )


@rule(
    "F002",
    "不收费的不能写收费项目",
    subject=Item,
    reason="一处说免费，一处列着标准，窗口就可能照着收。",
    source=_SOURCE,
    example=Example("item", _FREE, _CHARGED.replace("true", "false")),
)
def free_items_have_no_fees(item: Item, _context: Context) -> Iterator[Problem]:
    """Report free items that list fees."""
    if item.fees and not item.fees.charged and item.fees.items:
        yield Problem(
            ("fees", "items"), "写了不收费，又列了收费项目", "请删去收费项目，或者改为 charged: true。", at_key=True
        )


@rule(
    "F003",
    "不收费的不能网上支付",
    subject=Item,
    reason="没有钱要付，支付按钮只会让人起疑。",
    source="GB/T 39554.2-2020：是否收费为否的，是否支持网上支付为否。",
    example=Example("item", _FREE, _FREE + "  online_payment: true\n"),
)
def free_items_need_no_payment(item: Item, _context: Context) -> Iterator[Problem]:
    """Report free items that offer online payment."""
    if item.fees and not item.fees.charged and item.fees.online_payment:
        yield Problem(("fees", "online_payment"), "不收费的事项写了支持网上支付", "请改为 false 或者删去。")


@rule(
    "F004",
    "收费标准要写明金额或计算办法",
    subject=Item,
    reason="“按标准收取”等于没有写。",
    source=_SOURCE,
    example=Example("item", _CHARGED, _CHARGED.replace("每证 10 元", "按物价部门核定的执行")),
)
def standards_name_an_amount(item: Item, _context: Context) -> Iterator[Problem]:
    """Report standards that contain no number."""
    for index, fee in enumerate(item.fees.items if item.fees else []):
        if not any(character.isnumeric() for character in fee.standard):
            yield Problem(
                ("fees", "items", index, "standard"),
                f"收费标准“{fee.standard}”没有金额",
                "请写明多少元、按什么计费；有几档的逐档写明。",
            )
