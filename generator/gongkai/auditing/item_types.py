"""Types of items: the number on the platform, its name, and what a code says; they have to agree."""

from __future__ import annotations

import re

from gongkai.auditing.columns import Meaning
from gongkai.auditing.faults import Fault, FaultKind
from gongkai.model.vocabulary import ItemType

_LETTERS = {
    "A": ItemType.PERMIT,
    "E": ItemType.ADJUDICATION,
    "F": ItemType.CONFIRMATION,
    "G": ItemType.PAYMENT,
    "H": ItemType.REWARD,
    "Z": ItemType.OTHER_POWER,
}
"""Letters of the Sichuan catalogue codes (decoded from published lists)."""


def type_faults(name: str, number: str, item_code: str) -> list[Fault]:
    """Return where the type's name, its number and the item's code contradict each other."""
    named = _by_name(name)
    numbered = next((t for t in ItemType if number.strip() in (str(int(t.digits)), t.digits)), None)
    coded = type_in_code(item_code)
    faults = []
    if named and numbered and named is not numbered:
        message = f"类型代码 {number} 是“{numbered}”，而事项类型写的是“{named}”"
        faults.append(Fault(FaultKind.TYPE, Meaning.TYPE_NUMBER, message))
    said = named or numbered
    if said and coded and said is not coded:
        message = f"编码“{item_code}”表示“{coded}”，而事项类型写的是“{said}”"
        faults.append(Fault(FaultKind.TYPE, Meaning.TYPE if named else Meaning.TYPE_NUMBER, message))
    return faults


def _by_name(name: str) -> ItemType | None:
    text = {"其他": "其他行政权力", "其他权力": "其他行政权力", "其他类": "其他行政权力"}.get(name, name)
    return next((item_type for item_type in ItemType if item_type.value == text), None)


def type_in_code(code: str) -> ItemType | None:
    """Return the type that an item's code says, None where it says none (codes added by cities and counties)."""
    if match := re.match(r"[0-9]{2}1([A-Z])", code) or re.match(r"([A-Z])-", code):
        return _LETTERS.get(match[1])
    if re.match(r"[0-9]{2}2[BC]", code):
        return ItemType.PUBLIC_SERVICE
    if re.match(r"[0-9]{12}(?:[0-9]{2})?\Z", code):
        return next((t for t in ItemType if t.digits == code[2:4]), None)
    return None
