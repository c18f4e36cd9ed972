"""Y: how a YAML file must be written. The reader reports these; here they are explained."""

from __future__ import annotations

from gongkai.reading.yaml_document import MAX_DEPTH
from gongkai.rules.engine import Example, Rule, declare

_GOOD = 'code: "510123001000"\nname: 公共场所卫生许可\n'
_SPEC = "YAML 1.2.2 规范"
_HOUSE = "本项目规定：数据文件要让不懂编程的人也能放心修改，只用 YAML 里最简单的写法。"


def _text_rule(code: str, title: str, reason: str, source: str, bad: str) -> None:
    declare(Rule(code, title, reason, source, Example(None, _GOOD, bad)))


_text_rule(
    "Y001",
    "文件必须是 UTF-8 编码",
    "其他编码保存的汉字读出来是乱码，有时还会悄悄变成别的字。",
    _SPEC + "第 5.2 节；GB/T 39046-2020 的数据交换要求。",
    # Shown as text; the test encodes it in GB18030, which is what this example stands for.
    "name: 用记事本的“ANSI”格式保存的文件\n",
)
_text_rule(
    "Y002",
    "文件开头不能有字节顺序标记",
    "看不见的标记会粘在第一个键上，使它变成另一个键。",
    _HOUSE,
    "\ufeff" + _GOOD,
)
_text_rule(
    "Y003",
    "缩进不能用制表符",
    "YAML 的层次由空格数决定，制表符在不同的编辑器里宽度不同。",
    _SPEC + "第 6.1 节。",
    "time_limits:\n\tpromised: {value: 5, unit: 工作日}\n",
)
_text_rule(
    "Y004",
    "同一个键不能写两遍",
    "写两遍时，多数软件悄悄采用后一个，前一个的修改就白做了。",
    _SPEC + "第 3.2.1.1 节。",
    "name: 校车使用许可\nsummary: 学校用校车接送学生\nname: 校车许可\n",
)
_text_rule(
    "Y005",
    "不能用锚点和别名",
    "引用使一处修改影响多处，也可以用来制造内存炸弹。",
    _HOUSE,
    "conditions: &c [年满 18 周岁]\nprohibitions: *c\n",
)
_text_rule(
    "Y006",
    "不能用标签",
    "标签会让一些软件执行数据里带的指令。",
    _HOUSE,
    "version: !!str 1\n",
)
_text_rule(
    "Y007",
    f"嵌套不能超过 {MAX_DEPTH} 层",
    "正常的数据只有几层；上万层的括号会让读取的软件崩溃。",
    _HOUSE,
    "a: " + "[" * 25 + "]" * 25 + "\n",
)
_text_rule(
    "Y008",
    "文件不能超过 1 MiB",
    "一个事项只有几千字；过大的文件不是放错了，就是有人想拖垮网站。",
    _HOUSE,
    "name: 一个超过 1 MiB 的文件（这里不便全文展示）\n",
)
_text_rule(
    "Y009",
    "键后面的冒号必须是半角",
    "“name：张三”在 YAML 里不是键和值，而是一整段文字，内容会悄悄丢失。",
    _SPEC + "第 7.3.3 节。",
    'code: "510123001000"\nname：公共场所卫生许可\n',
)
_text_rule(
    "Y010",
    "数字和字母必须是半角",
    "全角的“０８１８”看起来像电话，却拨不出去，也搜不到。",
    "GB/T 15835-2011 出版物上数字用法；本项目规定。",
    "name: 公共场所卫生许可\nsummary: 年满１８周岁的人可以申请\n",
)
_text_rule(
    "Y011",
    "文件必须是写法正确的 YAML",
    "引号、括号没有成对，或者缩进不齐，后面的内容就读不出来。",
    _SPEC + "。",
    'name: "公共场所卫生许可\nversion: 1\n',
)
_text_rule(
    "Y012",
    "一个文件只写一份文档",
    "用 --- 隔开的第二份文档，多数软件根本不读。",
    _HOUSE,
    "name: 公共场所卫生许可\n---\nname: 校车使用许可\n",
)
_text_rule(
    "Y013",
    "文件不能是空的",
    "空文件多半是保存失败或者误建的。",
    _HOUSE,
    "# 只有注释\n",
)
_text_rule(
    "Y014",
    "汉字文本不能折行",
    "YAML 把折行变成空格，页面上的汉字之间就会多出空格。",
    _SPEC + "第 6.5 节（折行规则）。",
    "summary: >-\n  开宾馆、理发店等公共场所，\n  开业前要取得卫生许可证。\n",
)
_text_rule(
    "Y015",
    "不能有看不见的控制字符",
    "控制字符多半是从其他软件粘贴带进来的，会让页面和订阅源出错。",
    _SPEC + "第 5.1 节；XML 1.0 第 2.2 节。",
    "name: 公共场所\x07卫生许可\n",
)
_text_rule(
    "Y016",
    "内容里不能有空格加“#”",
    "YAML 把空格后面的“#”和它以后的字当作备注，读出来的内容少了一截，谁也不会发现。",
    _SPEC + "第 6.6 节（注释）。",
    "name: 公共场所卫生许可 #除饮用水供水单位外\n",
)
