"""What all records share: strictness, a source, and the small types they are made of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gongkai.reading.marks import Mark, Place
from gongkai.tracing import ask

SOURCE = "source"
"""The name under which questions for places in files are noted, by path."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _iso_date_only(value: Any) -> Any:
    """Refuse what pydantic would take for a date but a reader would not: numbers, other notations."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if not isinstance(value, str) or not _ISO_DATE.match(value):
        raise PydanticCustomError("iso_date", "not an ISO date")
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[^\s<>\"']*)?\Z", value):
        raise PydanticCustomError("web_address", "not a web address")
    return value


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:[\s\S]*\S)?$")]
"""Free text without blanks at either end."""

Name = Annotated[str, StringConstraints(min_length=2, max_length=200, pattern=r"^\S+$")]
"""A name: no blanks anywhere."""

Date = Annotated[
    datetime.date,
    BeforeValidator(_iso_date_only),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A date, written as 2026-01-31."""

ItemCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(?:0[1-9]|10|20)[0-9]{8}$")]
"""基本编码: 区划 2, 事项类型 2, 部门 2, 主项 3, 子项 3 (GB/T 39554.1-2020)."""

OrganizationId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,30}$")]
PublisherId = Annotated[str, StringConstraints(pattern=r"^(?:[a-z][a-z0-9]{1,30}|[0-9]{12})$")]
"""A department's or town's id, or a village's division code."""

LawId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,100}$")]
DivisionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
"""统计用区划代码: 区县 6, 乡镇 3, 村 3."""

CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
"""统一社会信用代码 (GB 32100); the check digit is a rule's business."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
Flag = StrictBool
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


def nothing() -> list[Any]:
    """Return an empty list: what a list that is left out holds.

    Pydantic asks a default's factory for its parameters, and ``list`` takes long to tell.
    """
    return []


class Source:
    """The file a record came from, and where in it each value stands.

    ``mark`` may be a function that finds the places; it is called when the first of them is asked for.
    """

    __slots__ = ("_mark", "path")

    def __init__(self, path: str, mark: Mark | Callable[[], Mark]) -> None:
        self.path = path
        self._mark = mark

    @property
    def mark(self) -> Mark:
        """The places of all values."""
        if not isinstance(self._mark, Mark):
            self._mark = self._mark()
        return self._mark

    def at(self, *loc: str | int) -> Place:
        """Return the place of a value, or of its nearest parent."""
        ask(SOURCE, self.path)
        return self.mark.at(loc)

    def key_at(self, *loc: str | int) -> Place:
        """Return the place of a key, or of the value when it has none."""
        ask(SOURCE, self.path)
        return self.mark.key_at(loc)


class Part(BaseModel):
    """A piece of a record: unknown keys are refused, and nothing changes after reading."""

    # Most commands need few of the models, so each is made ready when it is first used.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class RuleException(Part):
    """例外: one rule does not apply to this record until a day, for a reason."""

    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{3}$")] = Field(
        title="规则编号", description="不适用的规则，例如 G004"
    )
    reason: Text = Field(title="理由", description="为什么这条规则在这里不适用，写给公众看")
    until: Date = Field(title="截止日期", description="例外到哪一天为止；过期后规则恢复适用")


class FormerName(Part):
    """曾用名: a name that is no longer used, the day it ended, and the document that ended it."""

    name: Name = Field(title="名称")
    until: Date = Field(title="停用日期", description="从这一天起不再使用")
    basis: Text = Field(title="依据", description="决定改名的文件名称或文号")


class NamedItem(Part):
    """事项及其名称: wherever an item is named beside its code, the name must be the catalogue's of that day."""

    code: ItemCode = Field(title="事项编码")
    name: Name = Field(title="事项名称", description="必须与区级目录的事项名称完全一致")


class Citation(Part):
    """依据条款: an article of a law in the register."""

    law: LawId = Field(title="法律文件编号", description="data/laws/ 里的文件名（不带 .yml）")
    article: Text | None = Field(None, title="条款号", description="例如：第四条第一款")
    content: Text | None = Field(None, title="条款内容", description="这一条规定了什么，用自己的话概括")


class Contact(Part):
    """联系方式: how to reach somebody; at least one of the ways is given."""

    @model_validator(mode="after")
    def _not_empty(self) -> Contact:
        if not any((self.phone, self.window, self.address, self.email, self.online)):
            raise PydanticCustomError("empty_contact", "no way to reach")
        return self

    phone: Text | None = Field(None, title="电话", description="座机写区号，例如 0818-0000000；热线写号码")
    window: Text | None = Field(None, title="窗口", description="到哪里当面问，写到楼层和窗口号")
    address: Text | None = Field(None, title="地址", description="信函寄到哪里")
    email: Text | None = Field(None, title="单位邮箱")
    online: WebAddress | None = Field(None, title="网址")
    hours: Text | None = Field(None, title="接听或接待时间")


class Window(Part):
    """办理窗口: a counter where the public is served."""

    place: Text = Field(title="办理地点", description="写到楼层和窗口号，例如：区政务服务中心二楼 A12 号窗口")
    address: Text = Field(title="地址", description="写到门牌号")
    hours: Text = Field(title="办理时间", description="例如：工作日 9:00—12:00、13:00—17:00")
    phone: Text | None = Field(None, title="咨询电话")


class Record(Part):
    """What one file is about."""

    exceptions: list[RuleException] = Field(
        default_factory=nothing, title="例外", description="这条记录暂不适用的规则，须写明理由和截止日期"
    )
    _source: Source | None = PrivateAttr(default=None)

    @property
    def source(self) -> Source:
        """Where the record was read from; raises LookupError for one made in memory."""
        source = self._source  # once: a private attribute costs far more than another
        if source is None:
            raise LookupError("this record was not read from a file")
        return source

    def attach(self, source: Source) -> None:
        """Remember where the record was read from."""
        self._source = source


def walk(part: Part, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every part and every text inside a record, with its location, in the order of the model."""
    found: list[tuple[tuple[str | int, ...], Any]] = []
    _walk_part(part, loc, found)
    return iter(found)


def _walk_part(part: Part, loc: tuple[str | int, ...], found: list[tuple[tuple[str | int, ...], Any]]) -> None:
    # One list and no generators: this runs over every record of every check.
    for name, value in part.__dict__.items():
        kind = type(value)
        # An enumeration's values are no texts: their type is not str itself.
        if kind is str:
            found.append(((*loc, name), value))
        elif kind is list:
            if value:
                _walk_items(enumerate(value), (*loc, name), found)
        elif isinstance(value, Part):
            found.append(((*loc, name), value))
            _walk_part(value, (*loc, name), found)
        elif kind is dict:
            _walk_items(value.items(), (*loc, name), found)


def _walk_items(
    items: Iterable[tuple[str | int, Any]], loc: tuple[str | int, ...], found: list[tuple[tuple[str | int, ...], Any]]
) -> None:
    for key, value in items:
        kind = type(value)
        if kind is str:
            found.append(((*loc, key), value))
        elif kind is list:
            _walk_items(enumerate(value), (*loc, key), found)
        elif kind is dict:
            _walk_items(value.items(), (*loc, key), found)
        elif isinstance(value, Part):
            found.append(((*loc, key), value))
            _walk_part(value, (*loc, key), found)
