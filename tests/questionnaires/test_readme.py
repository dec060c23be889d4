"""What questionnaires/README.md shows of the language is true."""

from __future__ import annotations

import json
import re

from a2p.definition.loader import parse
from a2p.definition.overlay import apply, parse_overlay
from a2p.definition.schema import schema_text
from tests.questionnaires.mapping import readme


def examples() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", readme().read_text(encoding="utf-8"), flags=re.DOTALL)


def keys_of_the_language(schema: object) -> set[str]:
    """Every property that the JSON Schema names, at any depth."""
    if isinstance(schema, dict):
        inside = {key for each in schema.values() for key in keys_of_the_language(each)}
        named = schema.get("properties")
        return inside | (set(named) if isinstance(named, dict) else set())
    return {key for each in schema for key in keys_of_the_language(each)} if isinstance(schema, list) else set()


def test_the_example_loads() -> None:
    assert parse(examples()[0].encode(), "README.md").version == 2


def test_the_example_uses_every_key_of_the_language() -> None:
    used = set(re.findall(r"\b([a-z_]+):", examples()[0]))
    assert keys_of_the_language(json.loads(schema_text())) <= used


def test_the_overlay_in_the_readme_fits_the_example() -> None:
    base = parse(examples()[0].encode(), "README.md")
    overlay = parse_overlay(examples()[1].encode(), "example.local.yaml", base)
    assert apply(base, [overlay]).question("papers").ask == "Do board papers say what is wanted of the meeting?"
