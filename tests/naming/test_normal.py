"""Two names that say the same have one normal form, and the reason why they differ is told."""

from __future__ import annotations

import pytest

from gongkai.naming.normal import normal, reasons


@pytest.mark.parametrize(
    ("given", "canonical", "said"),
    [
        ("食品经营许可(县级)", "食品经营许可", ["多了或少了层级说明"]),
        ("食品经营许可（县级行使)", "食品经营许可", ["多了或少了层级说明"]),
        ("食品经营许可（县级权限）（县级）", "食品经营许可", ["多了或少了层级说明"]),
        ("社会团体设立,变更登记", "社会团体设立、变更登记", ["半角标点"]),
        ("社会团体设立和变更登记", "社会团体设立、变更登记", ["连接词不同"]),
        ("食品經營许可", "食品经营许可", ["繁体字"]),
        ("食品经营许可（企业）", "食品经营许可", []),
        ("食品经营许可", "食品经营许可", []),
    ],
)
def test_reasons(given: str, canonical: str, said: list[str]) -> None:
    assert reasons(given, canonical) == said
    assert (normal(given) == normal(canonical)) == bool(said or given == canonical)
