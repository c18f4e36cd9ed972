"""Free texts are searched once each, and each for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.naming.lexicon import Lexicon, Role, Term
from gongkai.naming.mentions import WrongMention, WrongMentions
from gongkai.rules.remarks import Prose
from support import BASE, change_record, check

NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
LEXICON = Lexicon([Term(NAME, Role.CANONICAL, NAME), Term("檀木镇", Role.FORMER, "亭子镇", "2019-12-18", "批复")])


class Counting(WrongMentions):
    """Counts the characters that it is given to search."""

    searched = 0

    def wrong(self, raw: str) -> Iterator[WrongMention]:
        """Count, and search."""
        self.searched += len(raw)
        return super().wrong(raw)


def test_a_text_that_comes_again_is_not_searched_again() -> None:
    finder = Counting(LEXICON)
    prose = Prose(finder, {})
    texts = [(("a",), "带上身份证到窗口。"), (("b",), "请到檀木镇办理。")]
    first = prose.remarks(texts)
    searched = finder.searched
    assert prose.remarks(texts[::-1]) == first and finder.searched == searched > 0


def test_a_text_is_not_taken_for_the_end_of_the_one_before() -> None:
    prose = Prose(WrongMentions(LEXICON), {})
    (remarked,) = prose.remarks([(("a",), "这里写的是原"), (("b",), "檀木镇办理")])
    assert remarked[0] == ("b",) and [mention.found for mention in remarked[1].mentions] == ["檀木镇"]


def test_titles_and_villages_are_remarked_with_their_offsets() -> None:
    prose = Prose(WrongMentions(LEXICON), {"大风社区": ["亭子镇", "米城乡"]})
    (remarked,) = prose.remarks([(("a",), "按《公共场所卫生管理条例》办；大风社区有代办点，亭子镇大风社区也有。")])
    assert remarked[1].titles == ((1, "公共场所卫生管理条例"),) and remarked[1].villages == ()
    (remarked,) = prose.remarks([(("a",), "有代办点；大风社区设在村委会。亭子镇也有。")])
    assert remarked[1].villages == ((5, "大风社区"),)


@pytest.mark.parametrize(("day", "codes"), [("2015-06-01", set()), ("2020-06-01", {"N011"})])
def test_a_page_uses_the_names_of_its_day(day: str, codes: set[str], district: Path) -> None:
    text = f"---\ntitle: 办事须知\ndate: {day}\n---\n\n请到檀木镇便民服务中心办理。\n"
    (district / "content" / "notice.md").write_text(text, encoding="utf-8")
    assert {f.code for f in check(district)} == codes


def test_two_records_with_the_same_text_are_both_reported(district: Path) -> None:
    change_record(district, BASE["item"], conditions=["请到檀木镇便民服务中心办理"])
    change_record(district, "data/items/minzheng/512011001000.yml", conditions=["请到檀木镇便民服务中心办理"])
    assert [(f.code, f.path) for f in check(district) if f.code == "N011"] == [
        ("N011", "data/items/minzheng/512011001000.yml"),
        ("N011", BASE["item"]),
    ]
