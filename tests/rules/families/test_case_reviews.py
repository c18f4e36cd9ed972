"""When silence of the one who was asked counts as consent."""

from __future__ import annotations

from pathlib import Path

from rules.families.written_cases import (
    ACCEPTED,
    ASKED,
    PERMIT,
    RECEIVED,
    REVIEW,
    found,
    one_case,
    told,
)
from support import BASE, change_record


def test_silence_is_consent_where_the_item_says_so_and_the_limit_has_passed(district: Path) -> None:
    change_record(district, BASE["item"], prior_reviews=[REVIEW])
    deemed = "2026-03-12, kind: 超时默认同意, review: 消防安全检查"
    assert found(district, one_case(RECEIVED, ACCEPTED, ASKED, deemed)) == []
    early = one_case(RECEIVED, ACCEPTED, ASKED, deemed.replace("03-12", "03-11"))
    assert told(found(district, early)) == [("K022", 14, "2026-03-11 还没有超过应答复日期 2026-03-11，不能超时默认")]


def test_silence_is_no_consent_where_the_item_does_not_say_so(district: Path) -> None:
    change_record(district, BASE["item"], prior_reviews=[REVIEW | {"deemed_approval": False}])
    deemed = "2026-03-12, kind: 超时默认同意, review: 消防安全检查"
    assert told(found(district, one_case(RECEIVED, ACCEPTED, ASKED, deemed))) == [
        ("K022", 14, f"事项“{PERMIT}”没有规定前置审查“消防安全检查”可以超时默认")
    ]
