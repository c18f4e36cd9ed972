"""How a name comes to be written wrongly: a character left out, put in or replaced, often taken ones above all."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

import opencc

COMPATIBILITY = {
    unicodedata.normalize("NFKC", chr(n)): chr(n)
    for n in range(0xF900, 0xFAD9)
    if unicodedata.normalize("NFKC", chr(n)) != chr(n)
}


_HAN = "办理事项公布清单名称部门乡镇街道村社区服务窗口材料"


def _inside(name: str, chance: random.Random) -> int:
    return chance.randrange(2, len(name) - 2)


def replace(name: str, chance: random.Random) -> str:
    index = _inside(name, chance)
    other = chance.choice([character for character in _HAN if character != name[index]])
    return name[:index] + other + name[index + 1 :]


def drop(name: str, chance: random.Random) -> str:
    index = chance.choice([i for i in range(2, len(name) - 2) if name[i] != name[i + 1]] or [2])
    return name[:index] + name[index + 1 :]


def add(name: str, chance: random.Random, characters: str = _HAN) -> str:
    index = _inside(name, chance)
    return name[:index] + chance.choice(characters) + name[index:]


def half_width(name: str, _chance: random.Random) -> str:
    return name.replace("（", "(", 1).replace("）", ")", 1)


def traditional(name: str, chance: random.Random) -> str:
    convert = opencc.OpenCC("s2t").convert
    changing = [i for i, c in enumerate(name) if len(convert(c)) == 1 and convert(c) != c]
    index = chance.choice(changing)
    return name[:index] + convert(name[index]) + name[index + 1 :]


def compatible(name: str, chance: random.Random) -> str:
    index = chance.choice([i for i, c in enumerate(name) if c in COMPATIBILITY])
    return name[:index] + COMPATIBILITY[name[index]] + name[index + 1 :]


def _punctuation(name: str, _chance: random.Random) -> str:
    return name.replace("、", ",", 1)


def _noted(name: str, chance: random.Random) -> str:
    return name + chance.choice(["（县级）", "(县级)", "（县级行使)", "（县级权限）"])


def spaced(name: str, chance: random.Random) -> str:
    index = _inside(name, chance)
    return name[:index] + chance.choice([" ", "\u3000"]) + name[index:]


def _invisible(name: str, chance: random.Random) -> str:
    index = _inside(name, chance)
    return name[:index] + chance.choice(["\u200b", "\ufeff", "\u00ad", "\u2060"]) + name[index:]


OFTEN_WRONG: dict[str, tuple[Callable[[str, random.Random], str], Callable[[str], bool], str]] = {
    "a character replaced": (replace, lambda name: len(name) >= 5, "N001"),
    "a character missing": (drop, lambda name: len(name) >= 5, "N001"),
    "a character added": (add, lambda name: len(name) >= 5, "N001"),
    "half-width brackets": (half_width, lambda name: "（" in name, "N001"),
    "a traditional character": (traditional, lambda name: bool(set(name) & set("办证许营认领业发农乡镇险")), "N001"),
    "a compatibility ideograph": (compatible, lambda name: bool(set(name) & set(COMPATIBILITY)), "N001"),
    "a comma for an enumeration comma": (_punctuation, lambda name: "、" in name, "N001"),
    "a note on the level": (_noted, lambda name: not name.endswith("）"), "N001"),
    "a blank": (spaced, lambda name: len(name) >= 5, "S005"),
    "an invisible character": (_invisible, lambda name: len(name) >= 5, "Y015"),
}
