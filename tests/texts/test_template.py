import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message

from a2p.documents.outcome_view import WHY_NOT_COMPARED
from a2p.rounds import actions, changes
from tests.texts.template import SAYING, TEMPLATE, listed, sources, template


def _sentences() -> list[Message]:
    return [each for each in listed() if each.id]


def test_the_list_for_translators_has_just_the_sentences_that_documents_say() -> None:
    """If not: `./run texts` writes it anew."""
    assert TEMPLATE.read_bytes() == template()


def test_sentences_of_python_and_of_templates_with_one_and_many_are_in_it() -> None:
    found = {each.id if isinstance(each.id, str) else each.id[0] for each in _sentences()}
    assert {"Strong on %(best)s; work first on %(worst)s", "County council", "%(num)s question", "Contents"} <= found


def test_what_other_rooms_say_and_documents_print_is_in_it() -> None:
    found = {each.id for each in _sentences()}
    assert {changes.TOGETHER, changes.OTHERWISE, changes.REOPENED, changes.NOTHING} == set(WHY_NOT_COMPARED)
    assert set(WHY_NOT_COMPARED) | set(actions.STATUS_NAMES.values()) <= found


def test_no_sentence_is_said_where_the_list_does_not_see_it() -> None:
    """As within the braces of another string; of such a sentence there would be no translation."""
    found = {part for each in _sentences() for part in ((each.id,) if isinstance(each.id, str) else each.id)}
    said = [each for path, reader, _ in sources() if path.suffix == ".py" for each in _said(path)]
    assert len(said) > 500
    assert [each for each in said if each not in found] == []


def _said(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            said = node.args[: 2 if node.func.id == "ngettext" else 1]
            assert not any(isinstance(each, ast.JoinedStr) for each in said), f"{path}:{node.lineno}"
            yield from (each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str))
