"""The district, its departments, its towns and subdistricts, its villages and communities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from gongkai.model.base import (
    Contact,
    CreditCode,
    Date,
    DivisionCode,
    Flag,
    FormerName,
    Name,
    OrganizationId,
    Part,
    Record,
    Text,
    WebAddress,
    nothing,
)
from gongkai.model.vocabulary import OrganizationKind, TownKind, VillageKind

TagAuthority = Annotated[
    str,
    StringConstraints(
        max_length=100,
        pattern=r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
        r",[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?$",
    ),
]
"""标识机构: a domain name and the year (and month) in which the district held it (RFC 4151)."""


class SiteIdentity(Part):
    """网站标识: what every page of a government website must show (国办发〔2017〕47号)."""

    name: Name = Field(title="网站名称")
    domain: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+$")] = Field(
        title="网站域名", description="小写，不写 https://，例如 gongkai.example"
    )
    id_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")] = Field(
        title="政府网站标识码", description="区划代码 6 位加顺序号 4 位"
    )
    icp: Text = Field(title="ICP 备案号")
    police: Text = Field(title="公安备案号")
    mark: WebAddress | None = Field(
        None, title="党政机关网站标识网址", description="事业单位域名管理机构给出的标识验证网址"
    )
    repository: WebAddress | None = Field(
        None, title="数据仓库网址", description="页面上“修改本页”指向这里；没有则不显示"
    )


class ServiceCentre(Part):
    """政务服务中心."""

    name: Name = Field(title="名称")
    address: Text = Field(title="地址")
    hours: Text = Field(title="办公时间")
    phone: Text = Field(title="电话")


class Hotline(Part):
    """统一监督渠道: serves the whole district."""

    name: Name = Field(title="名称")
    contact: Contact = Field(title="联系方式")
    scope: Text = Field(title="受理范围")


class District(Record):
    """区: the one whose catalogue this is."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] = Field(
        title="行政区划代码", description="6 位数字，例如 511703"
    )
    name: Name = Field(title="名称", description="例如：达州市达川区")
    short_name: Name = Field(title="简称", description="例如：达川区")
    government: Name = Field(title="政府名称")
    province_prefix: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] = Field(
        title="省级区划前两位", description="地方编码以它开头，例如四川为 51"
    )
    area_code: Annotated[str, StringConstraints(pattern=r"^0[0-9]{2,3}$")] = Field(
        title="电话区号", description="例如 0818"
    )
    phone_digits: Annotated[StrictInt, Field(ge=7, le=8)] = Field(title="座机位数", description="不含区号，7 或 8")
    former_names: list[FormerName] = Field(default_factory=nothing, title="曾用名")
    former_codes: list[Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]] = Field(
        default_factory=nothing, title="曾用区划代码", description="每项 6 位数字"
    )
    demonstration: Flag = Field(title="是否演示数据", description="为 true 时每页显示“演示数据，非官方发布”")
    tag_authority: TagAuthority = Field(
        title="订阅标识的授权机构",
        description="订阅源里每条内容的标识以它开头：启用时持有的域名、逗号、年份，例如 gongkai.example,2026；"
        "一经启用永不改变，网站换域名也不改",
    )
    site: SiteIdentity = Field(title="网站标识")
    service_centre: ServiceCentre = Field(title="政务服务中心")
    hotlines: list[Hotline] = Field(min_length=1, title="统一监督渠道")


class Organization(Record):
    """What departments and towns have in common."""

    id: OrganizationId = Field(title="编号", description="与文件名相同：简称的拼音，公布后不再改变")
    name: Name = Field(title="全称")
    short_name: Name = Field(title="简称", description="例如：区卫生健康局、亭子镇")
    aliases: list[Name] = Field(default_factory=nothing, title="习惯称呼", description="公众常用、搜索时也要能找到")
    former_names: list[FormerName] = Field(default_factory=nothing, title="曾用名")
    uscc: CreditCode = Field(title="统一社会信用代码")
    consultation: Contact = Field(title="咨询方式")
    complaint: Contact = Field(title="监督投诉方式")


class Department(Organization):
    """部门: a district department."""

    kind: OrganizationKind = Field(title="机构类别")
    item_segment: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")] = Field(
        title="部门段", description="事项编码第 5、6 位"
    )
    duties: Text = Field(title="主要职责")
    address: Text = Field(title="办公地址")
    hours: Text = Field(title="办公时间")


class Village(Part):
    """村（社区）: its name is unique only together with its town's."""

    code: DivisionCode = Field(title="区划代码")
    name: Name = Field(title="名称", description="例如：梧桐梁社区、金银村")
    full_name: Name = Field(title="全称", description="例如：梧桐梁社区居民委员会")
    kind: VillageKind = Field(title="类别")
    former_names: list[FormerName] = Field(default_factory=nothing, title="曾用名")


class Town(Organization):
    """乡镇（街道）."""

    code: DivisionCode = Field(title="区划代码")
    former_codes: list[DivisionCode] = Field(default_factory=nothing, title="曾用区划代码")
    kind: TownKind = Field(title="类别")
    address: Text = Field(title="便民服务中心地址")
    hours: Text = Field(title="办公时间")
    served_by: Text | None = Field(
        None, title="托管单位", description="行政区划在本区、由其他管委会提供服务的，写明由谁提供"
    )
    villages: list[Village] = Field(min_length=1, title="村（社区）")

    def division_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield its own division code and those of its villages and communities, each with its location in the record."""
        yield ("code",), self.code
        yield from ((("villages", number, "code"), village.code) for number, village in enumerate(self.villages))


class AbolishedDivision(Part):
    """撤销的乡镇: still met in old documents, so that a name can be recognised as outdated."""

    name: Name = Field(title="名称")
    code: DivisionCode = Field(title="原区划代码")
    until: Date = Field(title="撤销日期")
    basis: Text = Field(title="撤销依据")
    successors: list[OrganizationId] = Field(
        default_factory=nothing, title="并入", description="并入的乡镇编号；不确定的不填"
    )


class AbolishedDivisions(Record):
    """撤销乡镇名录: the whole register, in one file."""

    divisions: list[AbolishedDivision] = Field(title="撤销的乡镇")
