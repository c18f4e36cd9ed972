"""Cutting and filling the shell."""

from __future__ import annotations

import pytest

from gongkai.publishing.skin.policy import CONTENT_SECURITY_POLICY
from gongkai.publishing.skin.shell import Shell, base_of


def test_a_shell_is_cut_and_filled() -> None:
    shell = Shell.cut('<a href="@@slot:base@@/x"@@slot:current:items/@@>@@slot:title@@</a>')
    assert shell.slots == {"base", "current:items/", "title"}
    filled = shell.fill({"base": "../..", "title": "标题"})
    assert filled == '<a href="../../x">标题</a>'


def test_what_fills_a_slot_is_not_cut_again() -> None:
    shell = Shell.cut("@@slot:content@@|@@slot:title@@")
    assert shell.fill({"content": "@@slot:title@@", "title": "秘密"}) == "@@slot:title@@|秘密"


def test_a_page_without_slots_is_no_shell() -> None:
    with pytest.raises(ValueError, match="no slots"):
        Shell.cut("<p>没有</p>")


@pytest.mark.parametrize(("depth", "base"), [(0, "."), (1, ".."), (2, "../.."), (3, "../../..")])
def test_the_way_to_the_root(depth: int, base: str) -> None:
    assert base_of(depth) == base


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    assert "'unsafe-inline'" not in CONTENT_SECURITY_POLICY and "http" not in CONTENT_SECURITY_POLICY
