"""`metgezel plan`: a plan on standard output, or a sentence that says what is wrong and where."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from metgezel.site.cli import main

STEP = {
    "rule", "track", "title", "what", "who", "state", "starts", "safe", "due", "raw", "strict",
    "if_lapsed", "because", "counting", "sources", "rights", "confidence", "reviewed",
    "applies_to_member",
}  # fmt: skip
REFUSAL = {"kind": "asylum.decision", "on": "2026-12-11", "outcome": "unfounded"}


def written(tmp_path: Path, content: object) -> str:
    path = tmp_path / "case.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The sentences of a refusal."""
    assert main(["plan", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.splitlines()


def test_the_plan_has_the_promised_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, {"person": {"birth_date": "1990-05-01"}, "events": [REFUSAL]})
    assert main(["plan", path, "--on", "2026-12-12", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"on", "lang", "steps", "notices", "questions"} <= set(found)
    assert (found["on"], found["lang"]) == ("2026-12-12", "en")
    assert all(set(step) >= STEP for step in found["steps"])
    assert all({"rule", "text", "confidence"} <= set(notice) for notice in found["notices"])
    assert all({"rule", "ask", "why"} <= set(question) for question in found["questions"])
    [appeal] = [step for step in found["steps"] if step["rule"] == "asy-appeal-2w"]
    assert appeal["because"][:1] == [{"event": "asylum.decision", "on": "2026-12-11"}]
    assert {"fact": "outcome", "is": "unfounded"} in appeal["because"]
    assert set(appeal["sources"][0]) == {"law", "article", "url", "version"}
    assert "holiday" in appeal["counting"] or "25 December" in appeal["counting"]


def test_a_file_with_only_a_person_is_a_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", written(tmp_path, {"person": {}}), "--on", "2026-12-12"]) == 0
    assert json.loads(capsys.readouterr().out)["steps"] == []


@pytest.mark.parametrize("lang", ["nl", "en", "ar"])
def test_the_plan_can_be_read_as_text(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {"person": {}, "events": [REFUSAL]})
    assert main(["plan", path, "--on", "2026-12-12", "--format", "text", "--lang", lang]) == 0
    assert "asy-appeal-2w" in capsys.readouterr().out


def with_event(**changes: Any) -> dict[str, Any]:
    return {"person": {}, "events": [{**REFUSAL, **changes}]}


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        (with_event(kind="asylum.guess"), "events[0].kind", "not a known kind"),
        (with_event(kind=["x"]), "events[0].kind", "not a known kind"),
        (with_event(on="2026-02-30"), "events[0].on", "not a day of the calendar"),
        (with_event(on="2026-W10-1"), "events[0].on", "not a day of the calendar"),
        (with_event(on=20261211), "events[0].on", "not a day of the calendar"),
        (with_event(on="0001-01-01"), "events[0].on", "outside 1900-2199"),
        (with_event(on="2027-01-01"), "events[0].on", "2027-01-01"),
        (with_event(outcome="maybe"), "events[0].outcome", "allowed: refugee"),
        (with_event(outcome={"a": 1}), "events[0].outcome", "not allowed"),
        (with_event(colour="red"), "events[0].colour", "unknown field"),
        ({"person": {"birth_date": "2026-12-12"}, "events": [REFUSAL]}, "events[0].on", "birth"),
        ({"person": {}, "events": [REFUSAL, {"kind": "asylum.lodged", "on": "2026-12-12"}]},
         "events[0].on", "application"),
        ({"person": {}, "events": [{"kind": "family.applied", "on": "2026-12-01", "member": "x"}]},
         "events[0].member", "not an id in household"),
        ({"person": {}, "events": [{"kind": "asylum.decision", "on": "2026-12-11"}]},
         "events[0].outcome", "is missing"),
        ({"person": {}, "events": [{"kind": "return.decision", "on": "2026-12-11", "weeks": 53}]},
         "events[0].weeks", "from 0 to 52"),
        ({"person": {}, "events": {}}, "events", "a list is needed"),
        ({"person": {}, "events": [None]}, "events[0]", "object"),
        ({"person": {}, "events": [REFUSAL] * 2_001}, "events", "more than 2,000"),
        ({"person": {"age": 3}}, "person.age", "unknown field"),
        ({"person": {"unaccompanied_minor": "no"}}, "person.unaccompanied_minor", "true or false"),
        ({"events": []}, "person", "is missing"),
        ({"person": {}, "extra": 1}, "case.extra", "unknown field"),
        ({"person": {}, "household": [{"id": "a"}]}, "household[0].relation", "is missing"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_with_its_place(
    content: object, place: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, content)
    lines = refused(capsys, path, "--on", "2026-12-15", "--lang", "en")
    assert any(line.startswith(f"{place}: ") and says in line for line in lines), lines


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1: not JSON"),
        ("", "not JSON"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"person": {}, "person": {}}', "'person' stands twice"),
        ("[]", "an object with named fields is needed"),
    ],
)
def test_broken_json_is_refused(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert any(says in line for line in refused(capsys, written(tmp_path, text)))


def test_bytes_that_are_no_text_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(b"\xff\xfe{}")
    assert "UTF-8" in refused(capsys, str(path))[0]


def test_a_file_of_50_megabytes_is_refused_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    [line] = refused(capsys, str(path))
    assert "larger than 2 MB" in line
    assert "nothing was stored" in line


def test_a_term_beyond_the_calendar_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, with_event(on="2199-12-31", outcome="refugee"))
    [line] = refused(capsys, path, "--on", "2199-12-31")
    assert re.search(r"ends outside 1900-2199", line)


def test_files_and_options_that_cannot_be_used_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, good = str(tmp_path / "none.json"), written(tmp_path, {"person": {}})
    assert "none.json: cannot be read" in refused(capsys, missing)[0]
    assert "cannot be read" in refused(capsys, str(tmp_path))[0]
    assert "--on: '2026-02-30'" in refused(capsys, good, "--on", "2026-02-30")[0]
    assert "--on: '2026-W10-1'" in refused(capsys, good, "--on", "2026-W10-1")[0]
    assert "not a directory" in refused(capsys, good, "--law", missing)[0]
    assert "vocabulary.yaml" in refused(capsys, good, "--law", str(tmp_path))[0]
