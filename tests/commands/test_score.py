"""`a2p score` as a person calls it: JSON out, plain errors, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from a2p.commands.score import command
from a2p.definition.canonical import canonical_json
from a2p.scoring.frozen_file import read_frozen
from tests.builders import definition, question, scale_question, section

HEADER = "respondent,organisation,question,answer\n"
ROWS = "r1,A,purpose-1,level-4\nr2,B,purpose-1,level-2\nr3,C,purpose-1,dont-know\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a questionnaire (JSON is YAML too), answers and evidence."""
    facts = section("facts", question("members", "number"), answered_by=["coordinator"])
    kinds: dict[str, Any] = {"for": ["district", "unitary"]}
    asked = definition(section("purpose", scale_question("purpose-1")), facts, **kinds)
    (tmp_path / "asked.yaml").write_bytes(canonical_json(asked))
    (tmp_path / "answers.csv").write_text(HEADER + ROWS)
    (tmp_path / "evidence.csv").write_text("question,answer\npurpose-1,level-1\nmembers,12\n")
    return tmp_path


def run(files: Path, *arguments: str, stdin: str | None = None) -> Result:
    called = [str(files / each) if (files / each).suffix in {".csv", ".yaml", ".json"} else each for each in arguments]
    return CliRunner().invoke(command, called, input=stdin)


def printed(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    output: dict[str, Any] = json.loads(result.stdout)
    return output


def test_answers_become_json(files: Path) -> None:
    output = printed(run(files, "asked.yaml", "answers.csv"))
    assert (output["questionnaire"], output["score"], output["together"]) == ("sample", 66.666667, False)
    assert output["sections"][0]["questions"][0]["range"] == [44.444444, 77.777778]


def test_answers_may_come_from_standard_input(files: Path) -> None:
    assert printed(run(files, "asked.yaml", "-", stdin=HEADER + ROWS)) == printed(
        run(files, "asked.yaml", "answers.csv")
    )


def test_evidence_gives_the_gap(files: Path) -> None:
    output = printed(run(files, "asked.yaml", "answers.csv", "--evidence", "evidence.csv"))
    assert output["sections"][0]["questions"][0]["evidence_gap"] == -66.666667


def test_a_header_alone_is_a_round_without_answers(files: Path) -> None:
    output = printed(run(files, "asked.yaml", "-", stdin=HEADER))
    assert (output["respondents"], output["score"], output["sections"][0]["score"]) == (0, None, None)


def test_the_frozen_result_is_written_without_its_internal_part(files: Path) -> None:
    named = ("--partnership", "Anytown", "--round", "Spring", "--evidence", "evidence.csv")
    printed(run(files, "asked.yaml", "answers.csv", "--frozen", "out.json", *named))
    frozen = read_frozen((files / "out.json").read_bytes())
    assert (frozen.internal, frozen.partnership, frozen.round, frozen.kind) == (None, "Anytown", "Spring", "district")
    assert frozen.sections[1].values[0].values == ("12",)


def test_the_kind_must_be_one_that_the_questionnaire_is_for(files: Path) -> None:
    assert run(files, "asked.yaml", "answers.csv", "--kind", "unitary").exit_code == 0
    refused = run(files, "asked.yaml", "answers.csv", "--kind", "county")
    assert refused.exit_code == 2
    assert "sample is not for county partnerships; it is for district, unitary." in refused.stderr


def test_together_takes_exactly_one_respondent(files: Path) -> None:
    one = printed(run(files, "asked.yaml", "-", "--together", stdin=HEADER + "r1,A,purpose-1,level-4\n"))
    assert (one["together"], one["band"]) == (True, "level-4")
    for stdin, count in ((HEADER + ROWS, 3), (HEADER, 0)):
        refused = run(files, "asked.yaml", "-", "--together", stdin=stdin)
        assert refused.exit_code == 2
        assert f"exactly one respondent; the answers have {count}" in refused.stderr


def test_a_bad_file_is_refused_whole_with_every_error(files: Path) -> None:
    (files / "bad.csv").write_text(HEADER + "r1,A,purpose-1,level-7\nr1,B,purpose-2,level-1\n")
    refused = run(files, "asked.yaml", "bad.csv")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    where = files / "bad.csv"
    assert refused.stderr.splitlines() == [
        f'{where}:2: question "purpose-1" has no level "level-7" (did you mean "level-4"?)',
        f'{where}:3: respondent "r1" has organisation "B" here and "A" in line 2',
        f'{where}:3: unknown question "purpose-2" (did you mean "purpose-1"?)',
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere", "answers.csv"), "There is no questionnaire or file called nowhere."),
        (("asked.yaml", "nowhere.csv"), "nowhere.csv can't be read: No such file or directory."),
        (("asked.yaml", "answers.csv", "--frozen", "no/folder/out.json"), "can't be written: there is no folder "),
        (("asked.yaml", "-", "--evidence", "-"), "Only one of QUESTIONNAIRE, ANSWERS.csv and --evidence"),
        (("answers.csv", "answers.csv"), "answers.csv:1:"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line_and_gives_2(
    files: Path, arguments: tuple[str, ...], message: str
) -> None:
    refused = run(files, *arguments)
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert "Traceback" not in refused.output


def test_organisations_that_look_like_one_are_warned_of_and_still_count_as_they_are_written(files: Path) -> None:
    rows = HEADER + "r1,Org,purpose-1,level-4\nr2,org,purpose-1,level-2\n"
    result = run(files, "asked.yaml", "-", stdin=rows)
    said = (
        '<standard input>: warning: organisations "Org" and "org" count as 2: give them one name if they are the same.'
    )
    assert result.stderr == said + "\n"
    assert printed(result)["sections"][0]["questions"][0]["voices"] == 2
    assert run(files, "asked.yaml", "answers.csv").stderr == ""
