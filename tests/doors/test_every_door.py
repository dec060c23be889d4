"""Through no door can anybody tell two worlds apart that differ in what one voice said, at once or over time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.rounds import successors
from a2p.rounds.results import disclosed, remarks
from a2p.scoring.editions import Verdict
from a2p.scoring.frozen_file import frozen_json
from a2p.scoring.releases import To
from a2p.store.round_tables import Result, Round
from tests import site
from tests.database import sqlite_database
from tests.doors.looking import LEAKS, VIEWERS, everything, forgotten
from tests.doors.story import LAST, LATE, World, two_worlds
from tests.web.installation import install, settings_of

Look = Callable[[str], None]
BRIEFLY = ("facilitator", "coordinator", "programme manager", "respondent")
REGION = ("programme manager",)
WHO_LOOKS = {
    "released": VIEWERS,
    "closed at last": VIEWERS,
    "lowered to 3": REGION,
    "lowered to 2": REGION,
    "lowered to T": REGION,
}
"""Everybody when most is shown and at the end; in between those who see what the others do."""


@dataclass
class Diary:
    """All that was seen in a world: by moment, viewer and address."""

    seen: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def differs_from(self, other: Diary) -> set[tuple[str, str, str]]:
        """What would tell somebody which of the two worlds it is."""
        return {key for key in self.seen.keys() | other.seen.keys() if self.seen.get(key) != other.seen.get(key)}


def live(world: World, look: Look) -> None:
    """The whole story, with somebody looking at every moment of it."""
    world.begin()
    world.close()
    look("closed")
    for to, level in ((To.RESPONDENTS, "all"), (To.REGION, "4"), (To.PUBLIC, "board")):
        world.release(to, level)
    look("released")
    for level in ("3", "2", "T"):
        world.show_less(To.REGION, level)
        look(f"lowered to {level}")
    world.show_less(To.RESPONDENTS, "summary")
    world.open_again()
    world.answer(LATE[:1])
    world.close()
    look("one was late")
    world.open_again()
    world.answer(LATE[1:])
    world.close()
    world.release(To.REGION, "4")
    look("five were late")
    world.ask_again()
    look("asked again")
    world.erase()
    look("erased")
    world.open_again()
    world.answer([LAST])
    world.close()
    look("closed at last")


@pytest.fixture(scope="module")
def worlds(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes
) -> tuple[tuple[Diary, Diary], dict[str, tuple[Diary, Diary]]]:
    """What everybody saw in two worlds, and what they would have seen with disclosure forgotten at a door."""
    diaries, leaking = [], []
    for said in two_worlds(7):
        folder = tmp_path_factory.mktemp("world")
        (folder / "test.sqlite").write_bytes(migrated_sqlite)
        installed = install(settings_of(folder, sqlite_database(folder)))
        world = World(installed.site.own, said, folder, installed.session)
        diary, leaks = Diary(), {door: Diary() for door in LEAKS}

        def look(moment: str) -> None:
            for who in WHO_LOOKS.get(moment, BRIEFLY):
                for path, text in everything(installed, world, who).items():  # noqa: B023
                    diary.seen[moment, who, path] = text  # noqa: B023
            for door, (_, who) in LEAKS.items() if moment == "released" else ():
                with forgotten(door):
                    for path, text in everything(installed, world, who).items():  # noqa: B023
                        leaks[door].seen[moment, who, path] = text  # noqa: B023

        live(world, look)
        installed.close()
        diaries.append(diary)
        leaking.append(leaks)
    return (diaries[0], diaries[1]), {door: (leaking[0][door], leaking[1][door]) for door in LEAKS}


def test_nobody_can_tell_two_worlds_apart(worlds: tuple[tuple[Diary, Diary], object]) -> None:
    (one, other), _ = worlds
    assert one.differs_from(other) == set()


def test_everybody_has_seen_the_figures_that_they_may_see(worlds: tuple[tuple[Diary, Diary], object]) -> None:
    (one, _), _ = worlds
    there = [key for key, text in one.seen.items() if text.startswith("200")]
    for who, part in (
        ("coordinator", "/results/doors"),
        ("chair", "/results/doors"),
        ("facilitator", "/results/doors"),
        ("programme manager", "/released/doors"),
        ("respondent", "/results/doors"),
        ("public", "/public/rounds"),
    ):
        assert any(key[:2] == ("released", who) and part in key[2] for key in there), who
    kinds = {path.rsplit("/", 1)[-1].split("?")[0] for _, _, path in one.seen}
    assert {"export.json", "export.csv", "export.xlsx", "doors", "comments", "released"} <= kinds
    assert any(path.startswith("report of") for _, _, path in one.seen)


@pytest.mark.parametrize("door", LEAKS)
def test_where_disclosure_is_forgotten_at_a_door_the_worlds_can_be_told_apart(
    worlds: tuple[object, dict[str, tuple[Diary, Diary]]], door: str
) -> None:
    one, other = worlds[1][door]
    assert one.differs_from(other)


# What every door shows comes out of the store: the same there, on both engines


def kept(world: World) -> dict[str, str]:
    """Every result of the world's rounds that is shown, with its comments."""
    with world.session() as session:
        of_both = Result.round_id.in_((world.round_id, world.next_id))
        return {
            f"{'next' if each.round_id == world.next_id else 'first'} {each.edition}": (
                frozen_json(disclosed(each).result).decode()
                + json.dumps(sorted(f"{said.question} {said.text}" for said in remarks(session, each)))
            )
            for each in session.scalars(select(Result).where(of_both, Result.shown))
        }


def seen_in_the_store(world: World) -> Diary:
    """What lies ready to be shown in one world, at every moment."""
    diary = Diary()

    def look(moment: str) -> None:
        for path, text in kept(world).items():
            diary.seen[moment, "anybody", path] = text.replace(world.place.mark, "The")

    live(world, look)
    return diary


def told_apart(engine: Engine, folder: Path, seed: int) -> set[tuple[str, str]]:
    """The moments and results by which two worlds could be told apart. Each is a partnership of its own."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        built = site.build(session)
    places = (built.own, built.foreign)
    worlds = [
        World(place, said, folder, lambda: Session(engine))
        for place, said in zip(places, two_worlds(seed), strict=True)
    ]
    one, other = (seen_in_the_store(world) for world in worlds)
    return {(moment, path) for moment, _, path in one.differs_from(other)}


def test_in_the_store_the_worlds_are_alike_too(engine: Engine, tmp_path: Path) -> None:
    assert told_apart(engine, tmp_path, 11) == set()


def test_a_late_partners_answer_shown_at_once_tells_the_worlds_apart(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2p.rounds.editions.verdict", lambda *_: Verdict(shown=True))
    assert ("one was late", "first 2") in told_apart(sqlite_engine, tmp_path, 7)


def test_a_result_worked_out_again_and_shown_tells_the_worlds_apart(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recompute = successors._recompute

    def shown_again(session: Session, round_: Round, result: Result) -> None:
        recompute(session, round_, result)
        result.held_back = None

    monkeypatch.setattr(successors, "_recompute", shown_again)
    assert ("erased", "first 3") in told_apart(sqlite_engine, tmp_path, 7)


def test_a_destroyed_result_that_nobody_remembers_tells_the_worlds_apart(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(successors, "remember", lambda *_: None)
    assert ("closed at last", "first 4") in told_apart(sqlite_engine, tmp_path, 7)
