"""Wrong mentions in prose are found where they are; ordinary sentences are left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.naming.approximate import approximations, owners_by_piece, tolerance
from gongkai.naming.lexicon import Lexicon, Role, Term
from gongkai.naming.mentions import MentionFault, WrongMentions
from gongkai.naming.words import Words
from support import full_file_of

NAMES = [
    "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
    "城镇污水排入排水管网许可",
    "旅馆业特种行业许可",
    "食品小作坊、小经营店备案",
    "取水许可",
    "宗教临时活动地点审批",
    "80周岁以上老年人高龄津贴发放",
]
FINDER = WrongMentions(
    Lexicon(
        [
            *(Term(name, Role.CANONICAL, name) for name in NAMES),
            Term("公共场所卫生许可", Role.SHORT, NAMES[0]),
            Term("旅馆业特种行业许可证", Role.OTHER),
            Term("区农业局", Role.FORMER, "区农业农村局", "2019-03-01", "机构改革方案"),
            Term("区农业局机关幼儿园", Role.OTHER),
            Term("开办旅馆许可", Role.FORMER, NAMES[2], "2020-01-01", "国办发〔2022〕2号"),
        ]
    )
)


def found(text: str) -> list[tuple[str, MentionFault]]:
    return [(mention.found, mention.fault) for mention in FINDER.wrong(text)]


@pytest.mark.parametrize(
    ("text", "wrong", "fault"),
    [
        ("先办城镇污水排入排水管网许克。", "城镇污水排入排水管网许克", MentionFault.NEAR),
        ("先办城镇污水排入排水官网许可。", "城镇污水排入排水官网许可", MentionFault.NEAR),
        ("先办城镇污水排入管网许可。", "城镇污水排入管网许可", MentionFault.NEAR),
        ("先办旅馆业特种的行业许可，再开业。", "旅馆业特种的行业许可", MentionFault.NEAR),
        ("办理旅馆业特种行业许可（县级）", "旅馆业特种行业许可（县级）", MentionFault.LEVEL_NOTE),
        ("办理旅馆业特種行业许可", "旅馆业特種行业许可", MentionFault.LOOK_ALIKE),
        ("申请某0周岁以上老年人高龄津贴发放。", "某0周岁以上老年人高龄津贴发放", MentionFault.NEAR),
        ("办理取 水许可", "取 水许可", MentionFault.LOOK_ALIKE),
        ("公共场所卫生许可怎么办？", "公共场所卫生许可", MentionFault.SHORT),
        (
            "公共场所卫生许可除饭馆、咖啡馆、酒吧、茶座等）",
            "公共场所卫生许可除饭馆、咖啡馆、酒吧、茶座等）",
            MentionFault.NEAR,
        ),
        ("由区农业局审批。", "区农业局", MentionFault.FORMER),
        ("办理地点改为区农业局。", "区农业局", MentionFault.FORMER),
        ("申请开办旅馆许可。", "开办旅馆许可", MentionFault.FORMER),
    ],
)
def test_wrong_mentions(text: str, wrong: str, fault: MentionFault) -> None:
    assert found(text) == [(wrong, fault)]


@pytest.mark.parametrize(
    "text",
    [
        *(f"要办{name}，先看材料清单。" for name in NAMES),
        "对食品小作坊、小经营店实行备案管理。",
        "领取旅馆业特种行业许可证后方可营业。",
        "公共场所卫生许可证要挂在显眼的地方。",
        "取得宗教临时活动地点批准文件。",
        "原区农业局的档案由区农业农村局保管。",
        "区农业局2019年改为区农业农村局。",
        "“区农业畜牧局”更名为“区农业局”，原来由它办理的事项照常办理。",
        "孩子在区农业局机关幼儿园上学。",
        "申请人交开办旅馆许可申请表。",
        "城镇居民的污水经排水管网送到污水处理厂。",
        "这里没有提到任何事项。",
        "90周岁以上老年人高龄津贴发放标准另行规定。",
        "",
    ],
)
def test_ordinary_sentences(text: str) -> None:
    assert found(text) == []


def test_the_place_is_that_of_the_text_as_written() -> None:
    text = "先 办 旅馆业 特种行业许可 ，再开业"
    (mention,) = FINDER.wrong(text)
    assert text[mention.start : mention.end] == mention.found == "旅馆业 特种行业许可"


@given(st.data())
def test_every_name_with_few_wrong_characters_in_its_middle_is_found(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in NAMES if len(name) >= 9]))
    wrong = list(name)
    for _ in range(data.draw(st.integers(1, tolerance(len(name))))):
        index = data.draw(st.integers(2, len(wrong) - 3))
        kind = data.draw(st.sampled_from(["replace", "drop", "add"]))
        if kind == "drop":
            del wrong[index]
        elif kind == "add":
            wrong.insert(index, "某")
        else:
            wrong[index] = "某"
    written = "".join(wrong)
    assume(written != name)
    before = data.draw(st.sampled_from(["", "先办", "为了取得"]))
    text = f"{before}{written}再营业"
    pieces = Words(owners_by_piece(NAMES)).found(text)
    assert name in {hit.form for hit in approximations(text, pieces)}


@given(st.text(alphabet="公共场所卫生许可证取水旅馆业特种行（）、，。 ", max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    for mention in FINDER.wrong(text):
        assert text[mention.start : mention.end] == mention.found != ""


@pytest.mark.parametrize(
    ("piece", "faults"),
    [
        ("城镇污水排入排水管网许克。", [MentionFault.NEAR]),
        ("公共场所卫生许可。城镇污水排入排水管网许克。", [MentionFault.SHORT, MentionFault.NEAR]),
        ("取水许可。城镇污水排入排水管网许克。", [MentionFault.NEAR]),
    ],
)
def test_a_file_full_of_wrong_names_is_searched_once(piece: str, faults: list[MentionFault]) -> None:
    """Time that grew with the square of a text's length would be many minutes here."""
    text = full_file_of(piece)
    assert [mention.fault for mention in FINDER.wrong(text)] == [
        fault for fault in faults for _ in range(text.count(piece))
    ]
