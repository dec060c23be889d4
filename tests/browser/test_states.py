"""Pages in the states that the demo doesn't show: with nothing on them, with the longest names, with forty
organisations, and of rounds in every standing. Each is opened as each role whose links lead there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from a2p.web.policy import PolicyFlask
from tests.browser.conftest import served
from tests.browser.crawl import follow_links
from tests.browser.states import States, build
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, States]]:
    """The address of the site of extremes, and what is in it."""
    folder = tmp_path_factory.mktemp("extremes")
    engine = open_engine(f"sqlite:///{folder / 'a2p.sqlite'}")
    upgrade(engine)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        built = build(session)
    engine.dispose()
    with served(folder) as address:
        yield address, built


@pytest.fixture
def at(chromium: Browser, extremes: tuple[str, States]) -> Iterator[Callable[..., Walk]]:
    """A browser of somebody there, whose name begins like this; of nobody without a name."""
    walks: list[Walk] = []

    def start(person: str = "") -> Walk:
        walks.append(Walk(chromium.new_context(base_url=extremes[0]), checked=True, thorough=False))
        if person:
            walks[-1].be(person)
        return walks[-1]

    yield start
    complaints = [line for walk in walks for line in walk.complaints]
    for walk in walks:
        walk.context.close()
    assert complaints == []


@pytest.fixture
def there(extremes: tuple[str, States]) -> States:
    """What is in the site of extremes."""
    return extremes[1]


def test_pages_with_nothing_on_them(at: Callable[..., Walk], there: States, app: PolicyFlask) -> None:
    listed = rf"/partnerships/{there.empty}(/partners|/partners/import|/people|/audit|/rounds/new)?$"
    crawl(at("Coordinator Everyman"), app, "empty", f"/partnerships/{there.empty}", listed)
    crawl(at("Bare Manager"), app, "empty", f"/regions/{there.bare_region}")


def test_sixty_people_of_forty_organisations(at: Callable[..., Walk], there: States, app: PolicyFlask) -> None:
    walk = at("Coordinator Everyman")
    full = r"(/partners|/people/choose|/paper|/close|/results/\w+|/audit)?$"
    for start in (f"/partnerships/{there.many}", f"/rounds/{there.full_round}", f"/rounds/{there.full_result}"):
        crawl(walk, app, "many", start, start + full)


def test_rounds_in_every_standing_under_the_longest_names(
    at: Callable[..., Walk], there: States, app: PolicyFlask
) -> None:
    walk = at("Coordinator Longman")
    for number in there.rounds.values():
        crawl(walk, app, "long", f"/rounds/{number}")
    crawl(walk, app, "long", f"/partnerships/{there.long}")


@pytest.mark.parametrize("person", ["Chair Longman", "Facilitator", "Manager"])
def test_everybodys_pages_under_the_longest_names(at: Callable[..., Walk], app: PolicyFlask, person: str) -> None:
    crawl(at(person), app, f"long for {person}", "/", "/($|partnerships|rounds|regions)")


@pytest.mark.parametrize("standing", ["open", "planned", "closed", "without answers"])
def test_a_respondents_link_under_the_longest_names(
    at: Callable[..., Walk], there: States, app: PolicyFlask, standing: str
) -> None:
    walk = at()
    walk.state = f"link to a round that is {standing}"
    walk.go(f"/i/{there.links[standing]}")
    if standing == "open":
        walk.click("Continue")
        follow_links(walk, app, each=1, within="/answer")


def crawl(walk: Walk, app: PolicyFlask, state: str, start: str, within: str = "") -> None:
    """Look at every kind of page below an address, in a state of its own."""
    walk.state = state
    walk.go(start)
    assert follow_links(walk, app, each=1, within=within or rf"{start}(/|$)"), f"no link leads on from {start}"
