"""Chinese surnames, and how to tell a name from an ordinary word."""

from __future__ import annotations

SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤康易乔牟文安洪樊赖倪章兰殷施翟庞颜柯梅盛童凌毕单季岳骆柴车房"
    "伍温葛齐柳欧祝纪管聂焦左涂谷时尚裴路苗蒲舒穆关滕曲窦宫邢吉柏屈鲍项阮解卞靳华古游耿娄冉辛冷滑党费卜强边詹商符植甘鲁凡成桂习宁牛敖鄢"
    "佘卿喻练苟勾昝昌宗练刁尤巫"
)
"""About two hundred of the commonest, with those of eastern Sichuan."""

COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "令狐",
    "端木",
    "南宫",
    "长孙",
)

SURNAME = f"(?:{'|'.join(COMPOUND)}|[{SINGLE}])"
FULL_NAME = rf"(?:{SURNAME}[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,8}}(?:·[\u4e00-\u9fff]{{1,8}})+)"
"""A name of two to four characters, or a name of a minority or of a foreigner with its dots."""

SPACED_NAME = rf"{SURNAME}[ \u3000]{{1,2}}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
"""A name of two characters, set as wide as one of three."""

SHORTEST_NAME = rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}?"
"""As few characters as what follows allows."""

MASK = "[*＊×○〇某]"
MASKED_NAME = rf"{SURNAME}(?:{MASK}{{1,3}}[\u4e00-\u9fff]?|[\u4e00-\u9fff]{MASK})"

DOUBTFUL = frozenset(
    "于时安向应高方任石白江康万常武文易金余成温单解管符路关党游费强边华古车房左路商曲尚平成凡习牛季盛施和"
)
"""Surnames that begin ordinary words so often that only a colon before them makes a name of what follows."""

LAST_OF_WORDS = frozenset("区县市镇乡村局科股室所站院校部委厅处队司厂店铺户员者证表簿费款办人类码号会省")
IN_WORDS = frozenset("的是须请未不或及按由应等某将已")
"""Characters that no name ends with, and that no name has after its surname."""
_ORDINARY = (
    "曾用 曾经 任务 安保 成绩 路政 石料 黄色 林长 田长 路长 黄牛 白领 "
    "单位 单独 单身 单人 高校 高龄 高新 高中 高等 项目 时间 时限 成年 成员 成立 管理 关系 关于 安全 安装 安置 计划 水利 路线 路口 符合 方案 方法 方便 方式 温馨 文件 "
    "文化 文书 党员 党委 常住 常见 常用 万元 车主 车辆 房屋 房产 陈述 马上 程序 许可 周边 周岁 周期 林地 林木 林权 金额 金融 解除 解释 任何 任职 任意 于此 向上 何时 "
    "何地 余额 强制 边界 商户 商品 华侨 古树 游客 费用 施工 季度 盛装 曲目 黄牌 白天 白色 江河 石材 武装 易燃 康复 应当 左侧 尚未 童年 柴油 牛羊 叶片 田地 田间 夏季 "
    "钱款 雷电 龙头 毛重 兰花 梅花 苗木 谷物 段落 史料 严重 严格 严禁 贺卡 常规 纪律 纪检 祝贺 温度 欧盟 胡乱 许多 罗列 陶瓷 孔径 汤料 顾客 侯车 马路 章程 殷实 凌晨 "
    "毕业 季节 童装 房东 成功 成果 宁可 全体 全部 车间 车号 向导 项下 安排 林业 文物 石油 广告 符号 商标 商业 华人 甘愿 古迹 强化 党组 党支 徐徐 "
)
"""Ordinary words that begin with a character that is a surname too."""
_WORDS = frozenset(_ORDINARY.split())


def is_name(word: str, *, doubtful: bool = True) -> bool:
    """Tell whether a word of the shape of a full name is one, and no ordinary word or office.

    Without ``doubtful``, surnames that often begin ordinary words do not count.
    """
    if "·" in word:
        return True
    if word in COMPOUND or (word[0] in DOUBTFUL and not doubtful):
        return False
    return not (word[:2] in _WORDS or word[-1] in LAST_OF_WORDS or not IN_WORDS.isdisjoint(word[1:]))


def mask_name(name: str) -> str:
    """Return a name as it may be shown: the surname and asterisks."""
    if "·" in name:
        return name[0] + "*" * (len(name.partition("·")[0]) - 1) + "·**"
    name = name.replace(" ", "").replace("\u3000", "")
    family = 2 if name.startswith(COMPOUND) and len(name) > 2 else 1
    return name[:family] + "*" * max(1, len(name) - family)
