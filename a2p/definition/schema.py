"""The JSON Schema (2020-12) of the definition language, made from the types, for editors and other tools."""

from __future__ import annotations

import json
from typing import TypeAlias

from a2p.definition.model import Questionnaire

Schema: TypeAlias = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# A JSON key is text; those of `since` are versions from 2 on.
_VERSION_KEYS = r"^([2-9]|[1-9][0-9]{1,5})$"


def definition_schema() -> Schema:
    """The schema of a definition file.

    It says what one place of a file can show; unknown ids and the like are for `a2p check`.
    """
    made = Questionnaire.model_json_schema(by_alias=True)
    return {"$schema": DIALECT, "title": "Questionnaire definition", **_tidied(made)}


def _tidied(schema: Schema) -> Schema:
    """Without what a definition can't hold (nulls) or only Python reads (titles made of names); default weights as
    numbers; maps of ids closed to other keys."""
    schema = _without_null(schema)
    tidy: Schema = {}
    for key, value in schema.items():
        if key in {"properties", "$defs", "patternProperties"} and isinstance(value, dict):
            tidy[key] = {name: _tidied(inside) for name, inside in value.items()}
        elif key in {"title", "discriminator"} or (key, value) == ("default", None):
            continue
        elif key == "default" and schema.get("type") == "number":
            tidy[key] = int(str(value))
        else:
            tidy[key] = _inside(value)
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    return _versions_as_text(tidy)


def _inside(value: object) -> object:
    if isinstance(value, dict):
        return _tidied(value)
    return [_inside(each) for each in value] if isinstance(value, list) else value


def _without_null(schema: Schema) -> Schema:
    choices = schema.get("anyOf")
    if not isinstance(choices, list) or {"type": "null"} not in choices:
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    for given in choices:
        rest |= given if given != {"type": "null"} else {}
    return rest


def _versions_as_text(schema: Schema) -> Schema:
    """`since` alone is a map by number, for which the types' schema has no pattern."""
    if schema.get("additionalProperties") != {"$ref": "#/$defs/Since"}:
        return schema
    rest = {key: value for key, value in schema.items() if key != "propertyNames"}
    since = {"$ref": "#/$defs/Since"}
    return rest | {"patternProperties": {_VERSION_KEYS: since}, "additionalProperties": False}


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(definition_schema(), indent=2, ensure_ascii=False) + "\n"
