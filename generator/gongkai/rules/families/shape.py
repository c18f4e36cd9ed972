"""S: what a record must contain. The models report most of these; what depends on the type is checked here."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item, foreign_elements, required_elements
from gongkai.model.vocabulary import ItemType
from gongkai.rules.engine import Context, Example, Problem, Rule, declare, rule

_STANDARD = "GB/T 39554.2-2020 政务服务事项要素要求；GB/T 39046-2020 附录 A。"


def _shape_rule(code: str, title: str, reason: str, source: str, good: str, bad: str) -> None:
    declare(Rule(code, title, reason, source, Example("item", good, bad)))


_shape_rule(
    "S001",
    "必填项不能缺",
    "缺了必填的要素，群众就少了一样办事必须知道的信息。",
    _STANDARD,
    "result:\n  type: 证照\n  name: 公共场所卫生许可证\n  specimen: 载明单位名称和有效期\n",
    "result:\n  name: 公共场所卫生许可证\n  specimen: 载明单位名称和有效期\n",
)
_shape_rule(
    "S002",
    "不能有不认识的键",
    "写错的键不会报错，只会让内容不显示；所以不认识的键一律拒绝，并提示最接近的写法。",
    "本项目规定。",
    "everyday_names: [办卫生证]\n",
    "everyday_name: [办卫生证]\n",
)
_shape_rule(
    "S003",
    "内容的类型要对",
    "该写列表的写成了一句话，该加引号的编码写成了数字，读出来就不是原来的意思。",
    "YAML 1.2.2 规范第 10.3 节；本项目规定。",
    "conditions:\n  - 经营场所在达川区\n",
    "conditions: 经营场所在达川区\n",
)
_shape_rule(
    "S004",
    "有固定选项的只能填选项",
    "同一个意思有几种写法，就没有办法筛选和统计。",
    _STANDARD,
    "type: 行政许可\n",
    "type: 行政审批\n",
)
_shape_rule(
    "S005",
    "编码、日期、名称的格式要对",
    "格式错的编码对不上省平台，格式错的日期排不了序。",
    "GB/T 39554.1-2020 政务服务事项编码要求；GB/T 7408 日期和时间表示法。",
    "updated_on: 2026-03-12\n",
    "updated_on: 2026年3月12日\n",
)
_shape_rule(
    "S006",
    "文件名要等于编号",
    "文件按编号命名，才不会有两个文件说同一件事。",
    "本项目规定。",
    'code: "510123001000"\n',
    'code: "510123009000"\n',
)
declare(
    Rule(
        "S007",
        "文件要放在约定的位置",
        "放错地方的文件不会被发布，也没有人检查。",
        "本项目规定。",
        Example(None, "name: data/items/weijian/510123001000.yml\n", "name: data/items/510123001000.yaml\n"),
    )
)
declare(
    Rule(
        "S008",
        "第一行要指向数据格式",
        "有了这一行，编辑器才会显示中文说明、给出选项、当场标出错误。",
        "本项目规定。",
        Example(
            None,
            "# yaml-language-server: $schema=../../../schema/item.json\nname: 公共场所卫生许可\n",
            "name: 公共场所卫生许可\n",
        ),
    )
)


@rule(
    "S009",
    "行政权力事项要有权力来源",
    subject=Item,
    reason="行政权力必须说明从哪里来：法律直接规定、上级下放还是委托；公共服务不是权力，不填。",
    source=_STANDARD + "权力来源一栏：行政权力必填，公共服务不填。",
    example=Example("item", "power_source: 法定本级行使\n", "power_source: null\n"),
)
def elements_of_the_type(item: Item, _context: Context) -> Iterator[Problem]:
    """Report elements that the item's type must have and lacks."""
    for element in required_elements(item.type):
        if getattr(item, element) is None:
            title = Item.model_fields[element].title
            yield Problem(("type",), f"事项类型是“{item.type}”，缺少“{title}”（{element}）", f"请补充“{title}”。")


@rule(
    "S010",
    "公共服务不能有行政权力的要素",
    subject=Item,
    reason="权力来源、数量限制、处罚幅度只对行政权力有意义，写在公共服务里会误导群众。",
    source=_STANDARD,
    example=Example("item", "type: 行政许可\n", f"type: {ItemType.PUBLIC_SERVICE}\ncode: '512023001000'\n"),
)
def elements_of_other_types(item: Item, _context: Context) -> Iterator[Problem]:
    """Report elements that have no meaning for the item's type."""
    for element in foreign_elements(item.type):
        if getattr(item, element) is not None:
            title = Item.model_fields[element].title
            yield Problem(
                (element,),
                f"事项类型是“{item.type}”，不应当有“{title}”（{element}）",
                "请删去这一项，或者检查事项类型是否填对。",
                at_key=True,
            )


declare(
    Rule(
        "S011",
        "必需的文件不能缺",
        "没有区的资料，就不知道这是谁的网站、向谁投诉。",
        "国办发〔2017〕47号：网站应当标明主办单位和网站标识。",
        Example(None, "name: data/organizations/district.yml\n", "name: （没有 data/organizations/district.yml）\n"),
    )
)
