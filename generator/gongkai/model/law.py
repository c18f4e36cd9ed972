"""Laws, regulations and documents that items may cite."""

from __future__ import annotations

from pydantic import Field

from gongkai.model.base import Date, FormerName, LawId, Name, Record, Text, WebAddress, nothing
from gongkai.model.vocabulary import LawKind, LawStatus


class Law(Record):
    """法律文件: the canonical title by which it is cited, and whether it may still be cited."""

    id: LawId = Field(title="编号", description="与文件名相同：简称的全拼，不带声调，例如 chengxiangguihuafa")
    title: Name = Field(title="全称", description="例如：中华人民共和国城乡规划法；不带书名号")
    short_title: Name = Field(title="简称", description="例如：城乡规划法；没有简称的照抄全称")
    kind: LawKind = Field(title="效力位阶")
    number: Text | None = Field(None, title="文号", description="现行版本的公布文号，例如：国务院令第698号")
    issuer: Text = Field(title="颁布机关", description="例如：全国人民代表大会常务委员会")
    issued_on: Date | None = Field(None, title="首次公布日期")
    amended_on: Date | None = Field(None, title="最近修改日期")
    effective_on: Date | None = Field(None, title="实施日期", description="现行版本开始实施的日期")
    status: LawStatus = Field(title="时效性")
    repealed_on: Date | None = Field(None, title="废止日期")
    successors: list[LawId] = Field(
        default_factory=nothing, title="替代文件", description="废止后由哪些文件替代，填编号"
    )
    former_names: list[FormerName] = Field(default_factory=nothing, title="曾用名")
    url: WebAddress | None = Field(None, title="官方文本网址")
    note: Text | None = Field(None, title="说明")
