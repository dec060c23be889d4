"""Reads a YAML file as plain values, with the line and column of everything in it.

Only the part of YAML that every tool reads alike is let in. YAML 1.1 takes `no` for false, `12:30` for 750 and
`2008-04-22` for a date, YAML 1.2 does not: such words are refused unless they stand in quotation marks.
"""

from __future__ import annotations

import re
from decimal import Decimal

import yaml

from a2p.definition.problems import MOST, shown
from a2p.definition.tree import START, Path, Position, Tree, Value

MOST_BYTES = 1_000_000
DEEPEST = 20

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_OTHER_NUMBER = re.compile(
    r"[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?"
    r"|\.[0-9_]+([eE][-+]?[0-9]+)?|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN)"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?", re.DOTALL)
_BOOLEANS = {"true": True, "false": False}
_BOOLEAN_WORDS = {"true", "false", "yes", "no", "on", "off"}
_NULLS = {"", "~", "null", "Null", "NULL"}
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|\r|\n")

# What the YAML reader says, and what a person writing a questionnaire can do about it.
_ADVICE = {
    "mapping values are not allowed in this context": "a colon inside text: put the text in quotation marks",
    "found character that cannot start any token": "text can't start with this character: put it in quotation marks, "
    "and indent with spaces, not tabs",
    "did not find expected key": "neither a key with a colon nor text indented to belong to one",
    "could not find expected ':'": "neither a key with a colon nor text indented to belong to one",
    "exceeded maximum nesting depth": f"nested deeper than {DEEPEST}",
    "did not find expected '-' indicator": "this line should start a new item with a dash",
}
_ADVICE_ON_ENDS = {
    "found unexpected end of stream": "quotation marks are opened and never closed",
    "did not find expected ',' or ']'": "a comma or a closing ] is missing",
    "did not find expected ',' or '}'": "a comma or a closing } is missing",
}


class _StoppedError(Exception):
    """Reading stops: nested too deep, or wrong so often that this is no definition."""


def read_tree(data: bytes, name: str) -> Tree:
    """The values of a YAML file. Any bytes whatever give a tree, whose `refusals` say what was wrong; never raises."""
    tree = Tree(name)
    text = _decoded(data, tree)
    if not tree.broken:
        _Reader(text, tree).read()
    return tree


def _decoded(data: bytes, tree: Tree) -> str:
    """The file's text, without a byte order mark; the tree is broken where it is not plain UTF-8 text."""
    if len(data) > MOST_BYTES:
        return _stopped(tree, START, f"larger than 1 MB ({len(data):,} bytes)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        return _stopped(tree, _end_of(before), "not UTF-8 text: save the file with the encoding UTF-8")
    found = _UNREADABLE.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        return _stopped(tree, _end_of(text[: found.start()]), f"an invisible control character ({code}): remove it")
    return text


def _stopped(tree: Tree, at: Position, what: str) -> str:
    tree.broken = True
    tree.refuse((), at, what)
    return ""


def _end_of(text: str) -> Position:
    lines = _LINE_ENDS.split(text)
    return Position(len(lines), len(lines[-1]) + 1)


class _Reader:
    """Builds the values from the YAML reader's events: unlike finished nodes they still show anchors and tags."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.tree = tree
        self.end = _end_of(text)
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def read(self) -> None:
        try:
            self.tree.value = self._document()
        except _StoppedError:
            self.tree.broken = True
        except yaml.YAMLError as error:
            self._not_yaml(error)

    def _document(self) -> Value:
        value: Value = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and seen:
                self.tree.refuse((), _start(event), "a second document starts here (---): keep one to a file")
                break
            if isinstance(event, yaml.NodeEvent):
                seen = True
                value = self._value(event, ())
        if not seen:
            self.tree.refuse((), START, "the file is empty")
        return value

    def _value(self, event: yaml.Event, path: Path) -> Value:
        if len(self.tree.refusals) >= MOST:
            raise _StoppedError
        at = _start(event)
        self.tree.values[path] = at
        self._refuse_machinery(event, path, at)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path, at)
        if not isinstance(event, yaml.CollectionStartEvent):
            return None
        if len(path) >= DEEPEST:
            self.tree.refuse(path[:4], at, f"nested deeper than {DEEPEST}")
            raise _StoppedError
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _refuse_machinery(self, event: yaml.Event, path: Path, at: Position) -> None:
        """Anchors, aliases and tags: parts of YAML that would make a definition more than the text one reads."""
        if isinstance(event, yaml.AliasEvent):
            self.tree.refuse(path, at, f"aliases (*{shown(event.anchor)}) are not allowed: write it out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self.tree.refuse(path, at, f"anchors (&{shown(event.anchor)}) are not allowed: remove it")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self.tree.refuse(path, at, f"tags ({shown(event.tag)}) are not allowed: remove it")

    def _sequence(self, path: Path) -> Value:
        values: list[Value] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, (*path, len(values))))
        return tuple(values)

    def _mapping(self, path: Path) -> Value:
        values: dict[str, Value] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, path)
            inside = (*path, key)
            if key in values:
                first = self.tree.keys[inside].line
                self.tree.refuse(inside, _start(event), f"this key stands twice, first in line {first}")
                self._value(next(self.events), (*path, f"{key} (again)"))
                continue
            self.tree.keys[inside] = _start(event)
            value = self._value(next(self.events), inside)
            if isinstance(event, yaml.ScalarEvent):
                values[key] = value
        return values

    def _key(self, event: yaml.Event, path: Path) -> str:
        """A key as text. What can't be a key is refused, and read under a name that stands for its place."""
        at = _start(event)
        if not isinstance(event, yaml.ScalarEvent):
            key = f"key in line {at.line}"
            self.tree.refuse((*path, key), at, "a key must be a word, not a list or a group of keys")
            self._value(event, (*path, key))
            return key
        key = str(event.value)
        self._refuse_machinery(event, (*path, key), at)
        if event.implicit[0] and (key.lower() in _BOOLEAN_WORDS or key in _NULLS or _DATE.fullmatch(key)):
            self.tree.refuse((*path, key), at, f'this key is not read as text: write "{shown(key)}" in quotation marks')
        elif key != key.strip():
            self.tree.refuse((*path, key), at, "this key has spaces around it")
        return key

    def _scalar(self, event: yaml.ScalarEvent, path: Path, at: Position) -> Value:
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if _NUMBER.fullmatch(text):
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() else number
        quoted = f'if it is text, write "{shown(text)}" in quotation marks'
        if text in _NULLS:
            self.tree.refuse(path, at, "nothing stands here: give a value or remove the key")
        elif text.lower() in _BOOLEAN_WORDS:
            self.tree.refuse(path, at, f"{text} is read as true or false: {quoted}; if not, write true or false")
        elif _DATE.fullmatch(text):
            self.tree.refuse(path, at, f"{shown(text)} is read as a date: {quoted}")
        elif _OTHER_NUMBER.fullmatch(text):
            self.tree.refuse(
                path, at, f"{shown(text)} is read as a number: {quoted}; if not, use up to 15 plain digits"
            )
        return text

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        self.tree.broken = True
        mark = getattr(error, "problem_mark", None)
        at = Position(mark.line + 1, mark.column + 1) if mark else START
        said = str(getattr(error, "problem", None) or error)
        what = (_ADVICE | _ADVICE_ON_ENDS).get(said, f"this can't be read as YAML: {shown(said, 120)}")
        began = getattr(error, "context_mark", None)
        if began and said in _ADVICE_ON_ENDS:
            what = f"{what}; it began in line {began.line + 1}"
        self.tree.refuse((), min(at, self.end, key=lambda each: (each.line, each.column)), what)


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START
