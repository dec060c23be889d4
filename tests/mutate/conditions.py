"""Finds the conditions that keep partnerships and people apart, and writes the source without one of them.

A condition is a comparison (or a call such as `in_`) with one of the names in APART on either side, a keyword of
`filter_by` of such a name, or a call of a method in DECIDES. It is taken away by what changes nothing: true in a query
or behind `and`, false where being unlike refuses. A row of the policy is an entry of the displays in its table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

BELONGS_TO = "region partnership round organisation contact person session invitation response result letter"
APART = frozenset({"token_hash", *(f"{name}_id" for name in BELONGS_TO.split())})
DECIDES = frozenset({"covers"})
ASKS = frozenset({"in_", "not_in", "is_distinct_from"})
TABLES = frozenset({"POLICY"})
BUILDS = frozenset({"where", "filter", "having", "join", "outerjoin", "select", "and_", "or_", "not_", "exists", "on"})
IN_A_QUERY = "__import__('sqlalchemy').true()"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing taken away: the text, the line it began on, the source without it, and the function it stood in
    (its first and last line; None at the module's own level)."""

    text: str
    line: int
    source: str
    function: tuple[int, int] | None


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    found = []
    for node in ast.walk(tree):
        if is_condition(node):
            found.append(_without(source, node, _neutral(node, parents), parents))
        elif isinstance(node, ast.keyword) and node.arg in APART and _called(parents[node]) == "filter_by":
            found.append(_without(source, node, "**{}", parents))
    rows = [row for table in _tables(tree) for row in _rows(table)]
    found += [_without(source, row, "*()", parents) for row in rows]
    return sorted(found, key=lambda mutant: mutant.line)


def is_condition(node: ast.AST) -> bool:
    """Whether a node compares an id that keeps apart, or asks something that decides."""
    if isinstance(node, ast.Compare):
        nothing = all(isinstance(each, ast.Constant) and each.value is None for each in node.comparators)
        return not nothing and any(_names(side) & APART for side in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in DECIDES or (node.func.attr in ASKS and bool(_names(node.func.value) & APART))
    return False


def _names(side: ast.expr) -> set[str]:
    """The name that an operand ends with: `x.round_id`, `round_id`, `args["round_id"]`, or of a tuple's parts."""
    match side:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return {name}
        case ast.Tuple(elts=parts):
            return {name for part in parts for name in _names(part)}
        case ast.Call(func=ast.Name(id="tuple_"), args=parts):
            return {name for part in parts for name in _names(part)}
    return set()


def _neutral(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    if _is_in_a_query(node, parents):
        return IN_A_QUERY
    refuses = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotEq | ast.NotIn)
    return "False" if refuses else "True"


def _is_in_a_query(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a condition is for the database: of a table's column, or handed to what builds a query."""
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        sides = [node.func.value]
    if any(_is_a_column(side) for side in sides):
        return True
    return any(_called(above) in BUILDS for above in _above(node, parents))


def _is_a_column(side: ast.expr) -> bool:
    """`Round.partnership_id`, `table.c.round_id`, or of a table that a module calls its own: `_answer.response_id`."""
    if not isinstance(side, ast.Attribute):
        return False
    of = side.value
    if isinstance(of, ast.Attribute):
        return of.attr == "c"
    return isinstance(of, ast.Name) and (of.id[0] == "_" or (of.id[0].isupper() and side.attr.islower()))


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
    return ""


def _tables(tree: ast.Module) -> Iterator[ast.expr]:
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        if any(isinstance(target, ast.Name) and target.id in TABLES for target in targets):
            assert isinstance(statement, ast.Assign | ast.AnnAssign)
            if statement.value is not None:
                yield statement.value


def _rows(table: ast.expr) -> Iterator[ast.expr]:
    """The entries of what the table is made of: the roles of each action, or pairs of both."""
    for node in ast.walk(table):
        if isinstance(node, ast.Dict):
            yield from (role for roles in node.values if isinstance(roles, ast.Tuple) for role in roles.elts)
        elif isinstance(node, ast.Set):
            yield from node.elts


def _without(source: str, node: ast.AST, instead: str, parents: dict[ast.AST, ast.AST]) -> Mutant:
    assert isinstance(node, ast.expr | ast.keyword)
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    first = starts[node.lineno - 1] + node.col_offset
    last = starts[node.end_lineno - 1] + node.end_col_offset
    text = source.encode()
    return Mutant(
        " ".join(text[first:last].decode().split()),
        node.lineno,
        (text[:first] + instead.encode() + text[last:]).decode(),
        _function(node, parents),
    )


def _function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> tuple[int, int] | None:
    found = None
    for above in _above(node, parents):
        if isinstance(above, ast.FunctionDef):
            found = (above.body[0].lineno, above.end_lineno or above.lineno)
    return found


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """What a node stands in, from the inside out."""
    while node in parents:
        node = parents[node]
        yield node
