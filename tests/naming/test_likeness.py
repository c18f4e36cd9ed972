import subprocess
import sys

import pytest

from gongkai.naming.likeness import edits_between, fewest_edits, most_similar, replaced


@pytest.mark.parametrize(
    ("a", "b", "most", "found"),
    [("核发", "核发", 0, 0), ("核发", "核法", 1, 1), ("核发", "审批核发", 2, 2), ("", "核", 3, 1)],
)
def test_edits_are_counted(a: str, b: str, most: int, found: int) -> None:
    assert edits_between(a, b, most) == found


def test_counting_ends_above_the_most() -> None:
    assert edits_between("公共场所卫生许可", "取水许可", 2) > 2


def test_the_fewest_edits() -> None:
    names = ["取水许可", "公共场所卫生许可", "公共场所卫生许可证核发"]
    assert fewest_edits("公共场所卫生许何", names, 1) == "公共场所卫生许可"
    assert fewest_edits("公共场所", names, 2) is None


def test_each_edit_names_both_characters() -> None:
    assert replaced("卫生许可", "卫生许何") == [("可", "何")]
    assert replaced("卫生许可", "卫生许可证") == [("", "证")]
    assert replaced("卫生许可证", "卫生许可") == [("证", "")]


def test_the_most_similar_come_first() -> None:
    found = most_similar("取水许可", ["公共场所卫生许可", "取水许可证", "取水许可"], 2, 0.5)
    assert [index for index, _ in found] == [2, 1]
    assert found[0][1] == 1.0


def test_a_similarity_just_great_enough_counts() -> None:
    ((_, similarity),) = most_similar("甲" * 11 + "乙" * 9, ["甲" * 11 + "丙" * 9], 1, 0.55)
    assert similarity == pytest.approx(0.55)


def test_rapidfuzz_is_loaded_when_it_is_asked() -> None:
    asked = "import sys, gongkai.naming.nearest, gongkai.rules.registry as _; print('rapidfuzz' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
