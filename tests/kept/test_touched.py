"""Which questions may have other answers after a file changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from gongkai.catalogue_registers import CARD, UNREADABLE
from gongkai.indexes import INDEXES
from gongkai.model.base import SOURCE
from gongkai.tracing import ALL, KEYS, Question
from kept.read_anew import CODE, refreshed
from support import BASE, change_record, data_of

ITEM_QUESTIONS = {
    (SOURCE, BASE["item"]),
    ("item", CODE),
    ("item", ALL),
}


def touched_by(root: Path, change: Callable[[], object]) -> tuple[set[Question], set[Question]]:
    """Return the questions that a change touches: those for records, and those for indexes."""
    refreshed(root)
    change()
    touched = refreshed(root)
    of_indexes = {question for question in touched if question[0] in INDEXES}
    return touched - of_indexes, of_indexes


def test_a_comment_touches_only_the_places(district: Path) -> None:
    path = district / BASE["item"]
    text = path.read_text(encoding="utf-8")
    touched = touched_by(district, lambda: path.write_text(text + "# 说明\n", encoding="utf-8"))
    assert touched == ({(SOURCE, BASE["item"])}, set())


def test_a_text_touches_the_record_alone(district: Path) -> None:
    touched = touched_by(district, lambda: change_record(district, BASE["item"], rights=["要求说明理由"]))
    assert touched == (ITEM_QUESTIONS, set())


def test_a_name_touches_the_card_and_what_is_known_by_it(district: Path) -> None:
    old = data_of((district / BASE["item"]).read_text(encoding="utf-8"))["name"]
    touched, indexes = touched_by(district, lambda: change_record(district, BASE["item"], name="另一个名称"))
    assert touched == ITEM_QUESTIONS | {(CARD, CODE), (CARD, ALL)}
    assert indexes >= {("codes_by_name", old), ("codes_by_name", "另一个名称"), ("codes_by_name", KEYS)}
    assert ("items_by_department", "weijian") in indexes and ("items_by_department", KEYS) not in indexes
    assert not {name for name, _ in indexes} & {"items_by_level", "items_not_public"}


def test_another_department_touches_both(district: Path) -> None:
    _, indexes = touched_by(district, lambda: change_record(district, BASE["item"], department="minzheng"))
    of_departments = {key for name, key in indexes if name == "items_by_department"}
    assert of_departments == {"weijian", "minzheng", ALL, KEYS}


def test_a_new_file_touches_the_keys(district: Path) -> None:
    def add() -> None:
        shutil.copy(district / BASE["law"], district / "data/laws/gongwen.yml")
        change_record(district, "data/laws/gongwen.yml", id="gongwen")

    touched, _ = touched_by(district, add)
    assert touched == {(SOURCE, "data/laws/gongwen.yml"), ("law", "gongwen"), ("law", ALL), ("law", KEYS)}


def test_a_file_that_cannot_be_read_touches_who_asks_whether_it_is_there(district: Path) -> None:
    path = district / BASE["law"]
    touched, _ = touched_by(district, lambda: path.write_bytes(b"name: ["))
    assert touched == {(SOURCE, BASE["law"]), *((("law", key)) for key in (path.stem, ALL, KEYS)), (UNREADABLE, KEYS)}


def test_the_first_reading_touches_everything(district: Path) -> None:
    assert refreshed(district) == {("", ALL)}
