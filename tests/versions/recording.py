"""A catalogue of one item in memory and on disk, whose changes are recorded as ``gongkai adjust`` does it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.editing.adjusting import Plan, Request, plan
from gongkai.model.adjustment import Adjustment
from gongkai.model.item import Item
from gongkai.model.kinds import kind_of, schema_comment
from gongkai.model.validation import read_record
from support import BASE, DISTRICT, data_of

PATH = BASE["item"]
FIRST_DAY = datetime.date(2022, 6, 1)


def base_data() -> dict[str, Any]:
    """Return the item of the test district, as the first version of itself."""
    data = data_of((DISTRICT / PATH).read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data | {"version": 1, "effective_on": str(FIRST_DAY), "former_names": []}


def record_of(content: bytes, path: str) -> Any:
    """Read a record; it must be without faults."""
    kind = kind_of(path)
    assert kind is not None
    record, findings = read_record(content, path, kind)
    assert record is not None and findings == [], findings
    return record


class Recorder:
    """One item whose file changes; the records of its changes gather in ``adjustments``."""

    def __init__(self, root: Path, data: dict[str, Any] | None = None) -> None:
        self.root = root
        self.adjustments: dict[str, Adjustment] = {}
        self.day = FIRST_DAY
        (root / PATH).parent.mkdir(parents=True, exist_ok=True)
        self.write(data or base_data())

    def write(self, data: dict[str, Any]) -> None:
        kind = kind_of(PATH)
        assert kind is not None
        text = f"{schema_comment(kind, PATH)}\n{json.dumps(data, ensure_ascii=False, indent=1)}\n"
        (self.root / PATH).write_text(text, encoding="utf-8")

    @property
    def data(self) -> dict[str, Any]:
        data = data_of((self.root / PATH).read_text(encoding="utf-8"))
        assert isinstance(data, dict)
        return data

    @property
    def item(self) -> Item:
        item = record_of((self.root / PATH).read_bytes(), PATH)
        assert isinstance(item, Item)
        return item

    def catalogue(self) -> Catalogue:
        item = self.item
        return Catalogue(items={item.code: item}, adjustments=dict(self.adjustments))

    def change(self, data: dict[str, Any]) -> Plan:
        """Change the file, record the change, and write what was planned."""
        before = self.catalogue()
        self.write(data)
        self.day += datetime.timedelta(days=30)
        request = Request("达川府办函〔2026〕18号", "调整了办理的要求。", self.day, self.day)
        made = plan(self.root, before, self.catalogue(), request)
        for path, change in made.changes.items():
            if path == PATH:
                (self.root / path).write_bytes(change.after)
            else:
                record = record_of(change.after, path)
                self.adjustments[record.id] = record
        return made
