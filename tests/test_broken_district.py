"""A district full of faults gives exactly the findings that fixtures/broken/expected.txt lists.

The list was written down from the faults put in, one file each, and read against the files line by
line; whoever changes a rule changes the list by hand.
"""

from __future__ import annotations

from support import FIXTURES, check, places

BROKEN = FIXTURES / "broken"


def expected() -> list[tuple[str, str, int, int]]:
    rows = (line.split(" ") for line in (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines())
    return [(code, path, int(line), int(column)) for code, path, line, column in rows]


def test_exactly_the_listed_findings() -> None:
    assert sorted(places(check(BROKEN))) == sorted(expected())


def test_at_least_sixty_rules_of_twelve_families_are_broken_in_it() -> None:
    found = {row[0] for row in expected()}
    assert {code[0] for code in found} >= set("YSRCNGTFLPVE")
    assert len(found) >= 60


def test_every_finding_says_what_to_do() -> None:
    for finding in check(BROKEN):
        assert finding.message and not finding.message.endswith("。")
        assert finding.help.endswith(("。", "？")) or "是不是" in finding.help, finding
