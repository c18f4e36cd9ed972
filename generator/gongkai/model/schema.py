"""JSON Schemas, generated from the models and from nothing else."""

from __future__ import annotations

import json
from typing import Any

from gongkai.model.kinds import KINDS, Kind, schema_path


def json_schemas() -> dict[str, str]:
    """Return the text of every schema file, keyed by its path below the project root."""
    return {schema_path(kind): render(kind) for kind in KINDS}


def render(kind: Kind) -> str:
    """Return one kind's JSON Schema as text with a final newline."""
    schema = kind.model.model_json_schema()
    _name_in_chinese(schema)
    ordered = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gongkai:schema:{kind.name}",
        **schema,
        "title": kind.title,
    }
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


def _name_in_chinese(schema: dict[str, Any]) -> None:
    """Give each definition the first word of its Chinese description as its title."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        description = definition.get("description", "")
        heading = description.split(":", 1)[0].split("(", 1)[0].strip().rstrip(".")
        definition.pop("title", None)
        definition.pop("description", None)
        if any("\u4e00" <= character <= "\u9fff" for character in heading):
            definition["title"] = heading
