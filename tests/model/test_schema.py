"""The published JSON Schemas: current, Chinese, and obeyed by every data file."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gongkai.model.kinds import KINDS, kind_of, schema_path
from gongkai.model.schema import json_schemas
from gongkai.sources import data_files
from support import DISTRICT, ROOT, data_of

SCHEMAS = {kind.name: json.loads((ROOT / schema_path(kind)).read_text(encoding="utf-8")) for kind in KINDS}


def test_committed_schemas_are_current() -> None:
    for path, text in json_schemas().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, "run: gongkai schema"
    assert {path.name for path in (ROOT / "schema").iterdir()} == {f"{kind.name}.json" for kind in KINDS}


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_has_a_chinese_title(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    for definition in (schema, *schema.get("$defs", {}).values()):
        assert any("\u4e00" <= c <= "\u9fff" for c in definition["title"]), definition
        for key, value in definition.get("properties", {}).items():
            if value is not False:
                assert any("\u4e00" <= c <= "\u9fff" for c in value["title"]), (name, key)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_data_file_passes_its_published_schema(name: str) -> None:
    validator = Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker())
    seen = 0
    for root, path in ((folder, path) for folder in (ROOT, DISTRICT) for path in data_files(folder)):
        kind = kind_of(path)
        if kind is None or kind.name != name:
            continue
        seen += 1
        data = data_of((root / path).read_text(encoding="utf-8"))
        errors = [f"{path}: {'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(data)]
        assert errors == []
    assert seen


def test_the_schema_knows_what_each_type_needs() -> None:
    data = data_of((ROOT / "data/items/weijian/510123001000.yml").read_text(encoding="utf-8"))
    validator = Draft202012Validator(SCHEMAS["item"])
    assert validator.is_valid(data)
    assert not validator.is_valid({key: value for key, value in data.items() if key != "power_source"})
    assert not validator.is_valid(data | {"type": "公共服务"})
    assert not validator.is_valid(data | {"type": "行政处罚"})
    assert not validator.is_valid(data | {"unknown": 1})
