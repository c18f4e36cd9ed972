"""How two names differ, said in Chinese."""

from __future__ import annotations

import difflib


def difference(given: str, canonical: str) -> str:
    """Return how two names differ, character by character, in Chinese."""
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, given, canonical, autojunk=False).get_opcodes():
        if kind == "replace":
            parts.append(f"“{given[a:b]}”应为“{canonical[c:d]}”")
        elif kind == "delete":
            parts.append(f"多了“{given[a:b]}”")
        elif kind == "insert":
            after = f"“{given[a - 1]}”后面" if a else "开头"
            parts.append(f"{after}少了“{canonical[c:d]}”")
    return "，".join(parts)
