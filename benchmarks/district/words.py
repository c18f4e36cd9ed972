"""The words that names of items are made of, by family: who or where, what, which action.

A family's names are every combination of one word of each kind, so the families together hold more than
300,000 different names. A subject says which department handles it, an action how it is handled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Style(Enum):
    """How an action is handled: decides the type of the item, its steps and its result."""

    PERMIT = "行政许可"
    FILING = "其他行政权力"
    CONFIRMATION = "行政确认"
    BENEFIT = "行政给付"
    SERVICE = "公共服务"


@dataclass(frozen=True, slots=True)
class Family:
    """Items that share their vocabulary: words that qualify, subjects by department, actions by style."""

    key: str
    audiences: str
    qualifiers: tuple[str, ...]
    subjects: dict[str, tuple[str, ...]]
    actions: dict[Style, tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _subjects(**by_department: str) -> dict[str, tuple[str, ...]]:
    return {department: _words(text) for department, text in by_department.items()}


QUALIFIED = ("", "", "", "（区级权限）", "（首次办理）", "（再次办理）")
"""What may stand behind a name; nothing, as often as not."""

BUSINESS = Family(
    "business",
    "企业法人, 非法人企业",
    (
        "",
        *_words(
            "小型 个体 连锁 外商投资 港澳台投资 乡镇 农村 城区 园区 社区 跨区域 临时 流动 网络 直营 加盟 民营 国有"
        ),
        "合作社",
    ),
    _subjects(
        weijian="医疗机构 中医诊所 医学检验室 血液透析中心 放射诊疗 消毒产品生产 集中式供水 美容美发场所 住宿场所",
        shichangjianguan="食品生产 食品经营 餐饮服务 食品小作坊 药品零售 医疗器械经营 特种设备使用 计量器具制造 检验检测机构",
        jiaotong="道路旅客运输 道路货物运输 危险货物运输 机动车维修 驾驶员培训 网络预约出租汽车 汽车租赁 水路运输",
        nongye="农药经营 兽药经营 种子生产经营 种畜禽生产 动物诊疗 水产苗种生产 生猪屠宰 生鲜乳收购 饲料生产",
        wenlv="互联网上网服务 歌舞娱乐场所 营业性演出 旅行社 游泳场馆 艺术品经营",
        xuanchuan="出版物零售 印刷经营 电影放映",
        renshe="人力资源服务 劳务派遣 职业培训机构",
        jiaoyu="民办幼儿园 校外培训机构 校车使用",
        gongan="旅馆业 公章刻制 典当业 保安服务 民用爆炸物品",
        yingji="烟花爆竹零售 危险化学品经营 非煤矿山",
        jingxin="成品油零售 食盐批发",
        zhujian="燃气经营 物业服务 房地产开发 房地产经纪 建筑施工",
        shuiwu="河道采砂 城镇供水",
        linye="林木种子生产 野生动物繁育",
        caizheng="代理记账",
        sifa="律师事务所 公证机构 司法鉴定机构",
        yancao="烟草制品零售",
        xiaofang="公众聚集场所",
        shengtai="危险废物收集 辐射工作单位",
        minzheng="养老机构 殡葬服务站 经营性公墓",
    ),
    {
        Style.PERMIT: _words(
            "设立审批 许可证核发 许可证变更 许可到期延续 许可证遗失补办 经营范围调整审批 恢复营业核准"
        ),
        Style.FILING: _words(
            "开业备案 停业报备 法定代表人变更备案 设施设备登记备案 分支机构备案 年度报告 从业人员信息报送"
        ),
        Style.CONFIRMATION: _words("信用等级评定 安全条件核查 示范单位认定"),
        Style.SERVICE: _words("许可信息查询 许可证明打印 开办辅导预约 以奖代补资金申请 政策兑现申报"),
    },
)

PROJECT = Family(
    "project",
    "企业法人, 事业法人, 行政机关",
    (
        "",
        *_words("政府投资 社会投资 工业项目 农业项目 交通项目 水利项目 能源项目 市政项目 房屋建筑 保障性住房"),
        *_words("老旧小区改造 乡村振兴 园区基础设施 临时 应急抢险 小型 大型 跨镇 灾后重建"),
    ),
    _subjects(
        shengtai="环境影响评价文件 入河排污口 危险废物处置方案",
        zigui="建设用地 规划条件 地质灾害治理 矿产资源开采 土地复垦方案",
        zhujian="施工图设计文件 建筑工程施工 消防设计 排水接入 燃气设施改动",
        shuiwu="水土保持方案 洪水影响评价 取水工程 供水设施改装 灌溉工程",
        linye="占用林地 森林防火区作业",
        guodong="防空地下室",
        qixiang="雷电防护装置",
        fagai="节能报告 可行性研究报告 初步设计",
        zhifa="城市道路挖掘 城市树木迁移 建筑垃圾处置 户外广告设施",
        jiaotong="涉路施工 超限运输 通航影响",
        wenlv="文物保护范围施工",
        nongye="设施农业用地",
    ),
    {
        Style.PERMIT: _words("审批 变更审批 延期核准 方案审查 专项验收 招标方案核准"),
        Style.FILING: _words("竣工备案 开工报告 档案移交 撤销申请 联合验收申请 信息公开报送"),
        Style.CONFIRMATION: _words("技术复核 指标核定 补偿费核定 资料完整性确认"),
        Style.SERVICE: _words("现场踏勘预约 审批进度查询 报件辅导 中介机构名录查询"),
    },
)

PERSON = Family(
    "person",
    "自然人",
    (
        "",
        *_words("城镇居民 农村居民 低保家庭 特困人员 残疾人 老年人 妇女 失业人员 返乡农民工 高校毕业生 退役军人"),
        *_words("脱贫户 监测户 困难职工 军属 灵活就业人员 新业态从业者 企业退休人员 随迁家属 见习青年"),
    ),
    _subjects(
        renshe="创业担保贷款 职业技能培训 公益性岗位 社会保险 失业保险 养老保险 工伤保险 求职创业 就业见习",
        yibao="医疗救助 基本医疗保险 门诊慢特病 异地就医 生育保险 长期护理保险",
        minzheng="最低生活保障 临时救助 高龄津贴 养老服务 殡葬惠民 慈善帮扶",
        canlian="辅助器具 康复救助 家庭无障碍改造 托养服务",
        zhujian="公共租赁住房 农村危房改造 住房租赁",
        tuiyi="优待抚恤 优待证 困难帮扶",
        weijian="家庭医生签约 免费健康检查 计划生育奖励扶助",
        sifa="法律援助 公证费用减免",
        nongye="农机购置 耕地地力保护 政策性农业保险",
        jiaoyu="学生资助 助学贷款",
        jiaotong="公交优惠卡",
        wenlv="文化惠民卡",
        shuiwu="用水优惠",
        linye="森林保险 退耕还林",
    ),
    {
        Style.BENEFIT: _words("补贴申领 待遇核定 待遇续发 一次性补助申请 救助申请 补发申请 资金发放"),
        Style.CONFIRMATION: _words("资格认定 年度复核 资格复查 家庭经济状况核对"),
        Style.FILING: _words("信息变更 收款账户变更 异地办理备案 关系转移接续 退出申报"),
        Style.SERVICE: _words("标准查询 享受证明打印 代办预约 政策咨询 上门服务预约 公示结果查询"),
    },
)

DOCUMENT = Family(
    "document",
    "自然人",
    (
        "",
        *_words(
            "首次 到期 遗失 损毁 跨省 省内 异地 港澳居民 台湾居民 集体户 在校学生 退休人员 务工人员 新市民 返乡人员"
        ),
    ),
    _subjects(
        gongan="居民身份证 居住证 户口登记 户口迁移 普通护照 往来港澳通行证 机动车驾驶证 机动车登记 电动自行车登记",
        zigui="不动产权证书 不动产抵押登记",
        minzheng="婚姻登记 收养登记 老年人优待证",
        renshe="社会保障卡 就业失业登记 职业资格证书 专业技术资格证书",
        jiaoyu="教师资格证 普通话水平证书",
        weijian="医师执业证书 护士执业证书 出生医学证明 预防接种证",
        jiaotong="道路运输从业资格证 船员适任证书",
        nongye="乡村兽医登记 渔业船舶登记 土地承包经营权证",
        canlian="残疾人证",
        tuiyi="退役军人登记",
        yingji="特种作业操作证",
        wenlv="导游证",
        sifa="法律职业资格证书",
        yibao="医保电子凭证",
        shuiwuju="个人完税证明",
    ),
    {
        Style.CONFIRMATION: _words("核发 变更登记 信息更正 异议复核 注销登记 到期更换"),
        Style.FILING: _words("挂失登记 代领登记 授权备案"),
        Style.SERVICE: _words("档案查询 证明出具 预约办理 电子证照申领 真伪核验 邮寄服务 办理进度查询"),
    },
)

FAMILIES = (BUSINESS, PROJECT, PERSON, DOCUMENT)
"""Every family; businesses first, as most items of a district are theirs."""
