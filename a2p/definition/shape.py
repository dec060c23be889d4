"""Whether a file has the parts that its types ask for; what pydantic finds, said so that a person can mend it."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from a2p.definition.model import BaseQuestion, Question
from a2p.definition.problems import MOST, closest, one_of, shown
from a2p.definition.tree import Finding, Path, Tree

PartType = TypeVar("PartType", bound=BaseModel)


def fit(tree: Tree, model: type[PartType]) -> tuple[PartType | None, list[Finding]]:
    """The file as this type, or everything in which it differs from it."""
    if tree.broken:
        return None, []
    try:
        return model.model_validate(tree.value, strict=True), []
    except ValidationError as error:
        return None, list(_findings(model, [each for each in error.errors(include_url=False) if not _is_echo(each)]))


def _is_echo(error: ErrorDetails) -> bool:
    """pydantic counts only the items without mistakes, so that a list of wrong ones seems too short as well."""
    given, least = error["input"], error.get("ctx", {}).get("min_length", 0)
    return error["type"] == "too_short" and isinstance(given, tuple | dict) and len(given) >= least


def _findings(model: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
    for error in errors[:MOST]:
        yield _finding(model, error)
        if error["type"] in _TYPE_UNKNOWN:
            yield from _common_part(_walk(model, error["loc"])[0], error["input"])


_TYPE_UNKNOWN = {"union_tag_invalid", "union_tag_not_found"}


def _common_part(path: Path, given: object) -> Iterator[Finding]:
    """Mistakes of a question of unknown type in what every type has: pydantic looks no further than the type."""
    if not isinstance(given, dict):
        return
    try:
        BaseQuestion.model_validate({key: given[key] for key in _keys(BaseQuestion) if key in given}, strict=True)
    except ValidationError as error:
        for found in _findings(BaseQuestion, error.errors(include_url=False)):
            yield replace(found, path=path + found.path)


def _finding(model: type[BaseModel], error: ErrorDetails) -> Finding:
    kind, loc = error["type"], error["loc"]
    if kind == "missing":
        return Finding(_walk(model, loc[:-1])[0], f"{loc[-1]} is missing")
    if kind == "extra_forbidden":
        path, part = _walk(model, loc[:-1])
        return _unknown_key(path, str(loc[-1]), part)
    path, _ = _walk(model, loc)
    if kind in _TYPE_UNKNOWN:
        return _unknown_type(path, error["input"])
    what, suggestion = _said(kind, path, error)
    return Finding(path, what, suggestion, key=loc[-1:] == ("[key]",))


def _unknown_key(path: Path, key: str, part: object) -> Finding:
    known = _keys(part) if isinstance(part, type) and issubclass(part, BaseModel) else []
    owners = [kind for kind, of_kind in _question_types().items() if key in _keys(of_kind)]
    if isinstance(part, type) and issubclass(part, BaseQuestion) and owners:
        what = f"{key} has no meaning in this type of question, only in {one_of(owners)} questions"
        return Finding((*path, key), what, key=True)
    return Finding((*path, key), "unknown key", closest(key, known), key=True)


def _unknown_type(path: Path, given: object) -> Finding:
    known = list(_question_types())
    if not isinstance(given, dict):
        return Finding(path, f"a question is a group of keys, not {_kind_of(given)}")
    kind = given.get("type")
    if not isinstance(kind, str):
        return Finding((*path, "type"), f"the type is one word, {one_of(known)}, not {_kind_of(kind)}")
    return Finding((*path, "type"), f"unknown type {shown(kind)}: {one_of(known)}", closest(kind, known))


def _said(kind: str, path: Path, error: ErrorDetails) -> tuple[str, str]:
    """The mistake in words, and what was probably meant."""
    given, limits = error["input"], error.get("ctx", {})
    if kind == "literal_error":
        known = re.findall(r"'([^']+)'", str(limits.get("expected", "")))
        name = "language" if path[-1:] == ("language",) else "word"
        return f"unsupported {name} {shown(given)}: {one_of(known)}", closest(str(given), known)
    if kind == "string_pattern_mismatch" and "/" in str(limits.get("pattern")):
        return f"{shown(given)} is not written as questionnaire/section", ""
    if kind == "string_pattern_mismatch":
        return f"{shown(given)} is not an id: {_ID_RULE}", closest(str(given), [_as_id(str(given))])
    said = _WORDS.get(kind)
    return (said(given, limits) if said else f"{shown(given)} does not fit here"), ""


_ID_RULE = "small letters, digits and single hyphens, starting with a letter"

_WORDS: dict[str, Callable[[object, dict[str, object]], str]] = {
    "string_type": lambda given, _: f"text is meant here, not {_kind_of(given)}{_quote(given)}",
    "int_type": lambda given, _: f"a whole number is meant here, not {_kind_of(given)}",
    "bool_type": lambda given, _: f"true or false is meant here, not {_kind_of(given)}",
    "decimal_type": lambda given, _: f"a number is meant here, not {_kind_of(given)}",
    "is_instance_of": lambda given, _: f"a number is meant here, not {_kind_of(given)}",
    "tuple_type": lambda given, _: f"a list is meant here, not {_kind_of(given)}: start each item with a dash",
    "dict_type": lambda given, _: f"a group of keys is meant here, not {_kind_of(given)}",
    "model_type": lambda given, _: f"a group of keys is meant here, not {_kind_of(given)}",
    "string_too_short": lambda _, __: "no text stands here",
    "string_too_long": lambda _, limits: f"longer than {limits['max_length']} characters",
    "too_short": lambda _, limits: f"at least {limits['min_length']} needed here, {limits['actual_length']} given",
    "too_long": lambda _, limits: f"at most {limits['max_length']} allowed here",
    "greater_than": lambda given, limits: f"must be greater than {limits['gt']}, not {given}",
    "greater_than_equal": lambda given, limits: f"must be at least {limits['ge']}, not {given}",
    "less_than": lambda given, limits: f"must be less than {limits['lt']}, not {given}",
    "less_than_equal": lambda given, limits: f"must be at most {limits['le']}, not {given}",
}


def _kind_of(given: object) -> str:
    match given:
        case bool():
            return f"the word {str(given).lower()}"
        case int() | Decimal():
            return f"the number {given}"
        case str():
            return f'the text "{shown(given)}"'
        case tuple():
            return "a list"
        case dict():
            return "a group of keys"
    return "nothing"


def _quote(given: object) -> str:
    return ": put it in quotation marks" if isinstance(given, bool | int | Decimal) else ""


def _as_id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _keys(part: type[BaseModel]) -> list[str]:
    """The keys of a part as they stand in a file."""
    return [info.alias or name for name, info in part.model_fields.items()]


def _question_types() -> dict[str, type[BaseModel]]:
    """The question types by the word that stands in `type`."""
    members = get_args(get_args(Question)[0])
    return {get_args(member)[1].tag: get_args(member)[0] for member in members}


def _walk(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[Path, object]:
    """The path in the file that a pydantic location means, and the type that stands there.

    pydantic puts the names of a union's members, and `[key]`, among the steps; neither is a step in the file.
    """
    path: list[int | str] = []
    part: object = model
    for step in loc:
        part, members = _bare(part)
        if members:
            part = members.get(str(step))
            continue
        if step != "[key]":
            path.append(step)
        part = _inside(part, step)
    return tuple(path), _bare(part)[0]


def _bare(part: object) -> tuple[object, dict[str, object]]:
    """A type without what is annotated to it or makes it optional; for a union of tagged members, these."""
    while get_origin(part) is Annotated:
        part = get_args(part)[0]
    if get_origin(part) in {Union, types.UnionType}:
        members = [member for member in get_args(part) if member is not types.NoneType]
        if len(members) == 1:
            return _bare(members[0])
        return part, {get_args(member)[1].tag: get_args(member)[0] for member in members}
    return part, {}


def _inside(part: object, step: int | str) -> object:
    if isinstance(part, type) and issubclass(part, BaseModel):
        return next((info.annotation for name, info in part.model_fields.items() if step in {name, info.alias}), None)
    inside = get_args(part)
    return inside[-1] if get_origin(part) is dict else (inside or (None,))[0]
