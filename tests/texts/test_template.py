from babel.messages.catalog import Message

from a2p.documents.outcome_view import WHY_NOT_COMPARED
from a2p.rounds import actions, changes
from tests.texts.template import TEMPLATE, listed, template


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
