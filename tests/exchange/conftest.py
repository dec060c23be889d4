import pytest

from a2p.documents.fillable import fillable_form
from tests.exchange.filling import EVERY_TYPE


@pytest.fixture(scope="session")
def form() -> bytes:
    """The fillable form with a question of every type, made once."""
    return fillable_form(EVERY_TYPE)
