"""Seeded items in any number, named like real ones."""

from __future__ import annotations

import random

from gongkai.model.item import Item

_WHERE = [
    "",
    "",
    "",
    "城镇",
    "农村",
    "跨区域",
    "小型",
    "个体",
    "外商投资",
    "市属",
    "临时",
    "大型",
    "民办",
    "港澳台投资",
    "乡镇",
]
_WHAT = """医疗机构 药品零售企业 食品生产 食品经营 餐饮服务 道路旅客运输 道路货物运输 危险货物运输 机动车维修 驾驶员培训
建筑工程 市政基础设施 燃气经营 供水设施 排水管网 商品房预售 物业服务企业 房屋租赁 房地产经纪机构 公共租赁住房 农药经营 兽药经营
种子生产经营 种畜禽 动物诊疗 动物防疫条件 水产苗种 渔业捕捞 林木采伐 林地占用 野生动物驯养繁殖 森林防火区用火 取水 河道采砂
水土保持方案 水利工程建设 排污 固体废物处置 辐射安全 环境影响评价文件 建设用地 农村宅基地 矿产资源开采 测绘资质 地图审核
民办学校 幼儿园 校车使用 教师资格 职业培训机构 人力资源服务 劳务派遣 特殊工时制度 社会团体 民办非企业单位 基金会 养老机构
殡葬设施 公墓建设 宗教活动场所 宗教教职人员 出版物零售 印刷经营 电影放映 互联网上网服务 娱乐场所 营业性演出 文物保护单位修缮
体育场馆 游泳场所 健身气功站点 旅行社 导游 旅馆业 公章刻制业 典当业 保安服务 大型活动 烟花爆竹燃放 民用爆炸物品 剧毒化学品
护照 往来港澳通行证 居住证 户口迁移 身份证 机动车登记 驾驶证 律师事务所 公证机构 司法鉴定机构 基层法律服务 会计代理记账
政府采购 税务登记 发票领用 特种设备 计量标准器具 认证机构 广告发布 烟草零售 盐业经营 对外贸易经营者 成品油零售 拍卖企业
单用途预付卡 气球升放 雷电防护装置 人防工程 防空地下室 残疾人证 辅助器具 低保家庭 特困人员 临时救助 孤儿 高龄津贴 失业保险
养老保险 工伤保险 医疗保险 生育保险 医疗救助 退役军人 优待证 烈属 义务兵家庭 创业担保贷款 就业困难人员 公益性岗位 高校毕业生""".split()
_ACTION = ["设立审批", "变更登记", "注销登记", "许可证核发", "许可证延续", "许可证补发", "备案", "资格认定", "年度报告", "竣工验收",
           "方案审查", "经营许可", "执业登记", "信息变更", "补贴申领", "待遇核定", "关系转移接续", "延期审批", "停业审批", "资质核准"]  # fmt: skip
_SAID = ["办{}", "{}怎么办", "{}补办", "{}换证", "申请{}", "{}手续"]


def synthetic_items(patterns: list[Item], count: int, seed: int = 1) -> list[Item]:
    """Return ``count`` items with names, everyday names and codes of their own, otherwise like the patterns."""
    chance = random.Random(seed)
    combinations = [f"{where}{what}{action}" for where in dict.fromkeys(_WHERE) for what in _WHAT for action in _ACTION]
    names = chance.sample(combinations, count)
    items = []
    for number, name in enumerate(names):
        pattern = patterns[number % len(patterns)]
        what = next(word for word in _WHAT if word in name)
        said = [form.format(what) + chance.choice("一二三四五六七八九十") for form in chance.sample(_SAID, 2)]
        code = f"{pattern.code[:6]}{number // 1000 + 1:03}{number % 1000:03}"
        items.append(
            pattern.model_copy(update={"code": code, "name": name, "everyday_names": said, "former_names": []})
        )
    return items
