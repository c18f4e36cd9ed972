"""What is personal data, what only looks like it, and that messages never repeat it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from gongkai.privacy.hit import DataKind
from gongkai.privacy.personal_data import find, mask

IDENTITY = "00000019900101002" + ric.calc_check_digit("000000199001010020")
CARD = "622202000000000000" + luhn.calc_check_digit("622202000000000000")


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        (f"身份证{IDENTITY}。", DataKind.IDENTITY, "000*************26"),
        ("000000 19900101 0026", DataKind.IDENTITY, "000*************26"),
        ("００００００１９９００１０１００２６", DataKind.IDENTITY, "000*************26"),
        ("身份证号：000000199001010027", DataKind.IDENTITY, "000*************27"),
        ("身份证号码：000000900101002", DataKind.IDENTITY, "000**********02"),
        ("| 身份证号 |\n|---|\n| 000000900101002 |", DataKind.IDENTITY, "000**********02"),
        ("电话13800000000", DataKind.MOBILE, "138****0000"),
        ("138 0000 0000", DataKind.MOBILE, "138****0000"),
        ("138-0000-0000", DataKind.MOBILE, "138****0000"),
        ("1380 000 0000", DataKind.MOBILE, "138****0000"),
        ("1 3 8 0 0 0 0 0 0 0 0", DataKind.MOBILE, "138****0000"),
        ("+86 13800000000", DataKind.MOBILE, "138****0000"),
        ("+8613800000000", DataKind.MOBILE, "138****0000"),
        ("8613800000000", DataKind.MOBILE, "138****0000"),
        ("tel:13800000000", DataKind.MOBILE, "138****0000"),
        ("TEL13800000000", DataKind.MOBILE, "138****0000"),
        ("１３８００００００００", DataKind.MOBILE, "138****0000"),
        (CARD, DataKind.BANK_CARD, "6222************000"),
        ("6222 0200 0000 0000 000", DataKind.BANK_CARD, "6222************000"),
        ("6200-0000-0000-0005", DataKind.BANK_CARD, "6200*********005"),
        ("卡号：4367420000000000", DataKind.BANK_CARD, "4367*********000"),
        ("护照E12345678", DataKind.PASSPORT, "E******78"),
        ("持 EA1234567 入境", DataKind.PASSPORT, "E******67"),
        ("G12345678", DataKind.PASSPORT, "G******78"),
        ("港澳通行证号码：C12345678", DataKind.PASSPORT, "C******78"),
        ("证件号码：H1234567890", DataKind.PASSPORT, "H********90"),
        ("台胞证：12345678", DataKind.PASSPORT, "1*****78"),
        ("zhang.san@qq.com", DataKind.MAILBOX, "z***@qq.com"),
        ("12345678@QQ.COM", DataKind.MAILBOX, "1***@QQ.COM"),
        ("zhang@vip.163.com", DataKind.MAILBOX, "z***@vip.163.com"),
        ("zhang @ 126.com", DataKind.MAILBOX, "z***@126.com"),
        ("zhang(at)foxmail.com", DataKind.MAILBOX, "z***@foxmail.com"),
        ("zhang＠gmail.com", DataKind.MAILBOX, "z***@gmail.com"),
        ("13800000000@139.com", DataKind.MAILBOX, "1***@139.com"),
        ("a@outlook.com", DataKind.MAILBOX, "a***@outlook.com"),
        ("金银村3组12号", DataKind.ADDRESS, "金银村***"),
        ("金银村三组十二号", DataKind.ADDRESS, "金银村***"),
        ("金银村 3 村民小组 12 号", DataKind.ADDRESS, "金银村***"),
        ("家住金银村三组", DataKind.ADDRESS, "金银村***"),
        ("家庭住址：金银村3组12号（村委会旁）", DataKind.ADDRESS, "金银村***"),
        ("阳光小区2栋3单元501室", DataKind.ADDRESS, "***"),
        ("文昌宫社区5栋1单元", DataKind.ADDRESS, "文昌宫社区***"),
        ("现住址：演示路18号", DataKind.ADDRESS, "***"),
        ("学生姓名：张*，三年级2班", DataKind.MINOR, "***"),
        ("儿童姓名：张小明", DataKind.MINOR, "***"),
        ("学生王小明，三年级", DataKind.MINOR, "***"),
        ("李某某，8岁", DataKind.MINOR, "***"),
        ("张*（2016年5月出生）", DataKind.MINOR, "***"),
        ("王小明，男，十二周岁", DataKind.MINOR, "***"),
        ("出生日期：2016-05-01", DataKind.MINOR, "***"),
        ("| 姓名 | 班级 |\n|---|---|\n| 张* | 2 |", DataKind.MINOR, "***"),
        ("姓名：张三", DataKind.PERSON, "张*"),
        ("姓名: 欧阳小明", DataKind.PERSON, "欧阳**"),
        ("姓名：买买提·艾力", DataKind.PERSON, "买**·**"),
        ('"联系人": "李四"', DataKind.PERSON, "李*"),
        ("**联系人**：李四同志", DataKind.PERSON, "李*"),
        ("申请人张三，", DataKind.PERSON, "张*"),
        ("户主王五的申请", DataKind.PERSON, "王*"),
        ("| 序号 | 姓名 | 金额 |\n|---|---|---|\n| 1 | 张三 | 100 |", DataKind.PERSON, "张*"),
        ("序号,户主,金额\r\n1,张三,100\r\n", DataKind.PERSON, "张*"),
        ("序号\t姓名\n1\t张三\n", DataKind.PERSON, "张*"),
    ],
)
def test_personal_data_is_found(text: str, kind: DataKind, shown: str) -> None:
    assert [(hit.kind, hit.shown) for hit in find(text)] == [(kind, shown)]
    assert list(find(mask(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "0818-2123456",
        "（0818）2123456 转 8001",
        "400-123-4567",
        "511703-20260302-0001",
        "511703100001",
        "11511703000000166U451012300900001",
        "1151170300000016645101230090000",
        "511A0138000000-511602000000-000-115113010833722043-1-00",
        "蜀ICP备12345678号-1",
        "川公网安备 51170302000123号",
        "达川府办〔2015〕69号",
        "20260302153000",
        "2026-03-02T15:30:00+08:00",
        "1772436600000",
        "0.13800000000",
        "sha256-13800000000abcdef",
        "main.57a0d79d.min.css",
        "二楼 A12 号窗口",
        "E12 号窗口",
        "证书编号 E1234567",
        "JY15117030000000",
        "zwfw@dachuan.gov.cn",
        "把材料发到单位的 @qq.com 以外的邮箱",
        "达川区翠屏街道演示路18号",
        "区政务服务中心2号楼3楼301室",
        "亭子镇金银村3组12号（村便民服务站）",
        "文昌宫社区便民服务站",
        "两人一组，3号以前报名",
        "全村3组12户受灾",
        "新建桥梁2座 3号路封闭",
        "证件 20260302 起换发",
        "申请人：江苏省",
        "| 姓名 | 说明 |\n|---|---|\n| 曾用名 | 以前的名字 |",
        "检疫：黄牛，6月龄",
        "王家坝，3岁以上儿童免费",
        "不得按层、按单元拆开申请",
        "未满十八周岁的未成年人由监护人代办",
        "申请人未满 16 周岁时出示",
        "年满六周岁的儿童应当入学；小学一年级新生登记",
        "年满 80 周岁",
        "学生姓名、班级和监护人电话由学校核对",
        "收**费**：小学免收",
        "姓名：张*",
        "申请人：欧阳**",
        "申请人李*明",
        "法定代表人：张三",
        "法定代表人姓名：张三",
        "负责人：张三",
        "申请人：单位",
        "联系人：高新区",
        "申请人应当如实申报",
        "申请人陈述、申辩",
        "姓名：______",
        "| 姓名 | 职务 |\n|---|---|\n| 张三 | 局长 |",
        "| 姓名 | 金额 |\n|---|---|\n| 张* | 100 |",
        "| 材料 | 份数 |\n|---|---|\n| 申请人身份证 | 1 |",
        "138****0000",
        "000***********0026",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert list(find(text)) == []


def test_a_roster_in_prose() -> None:
    text = "低保花名册：张三、李四、王小明"
    assert [hit.shown for hit in find(text)] == ["张*", "李*", "王**"]
    assert mask(text) == "低保花名册：张*、李*、王**"


def test_one_place_is_one_hit() -> None:
    text = (
        f"| 姓名 | 身份证号 | 手机 |\n|---|---|---|\n| 张三 | {IDENTITY} | 13800000000 |\n| 李* | 000* | 138****0000 |"
    )
    assert [hit.kind for hit in find(text)] == [DataKind.PERSON, DataKind.IDENTITY, DataKind.MOBILE]


PIECES = st.sampled_from(
    ["姓名：", "张三", IDENTITY, "13800000000", "学生", "8岁", "\n", "|", "3组12号", "@qq.com", "a", CARD]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_hits_are_in_order_and_never_shown_in_full(text: str) -> None:
    end = 0
    for hit in find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] not in hit.shown
        end = hit.end
