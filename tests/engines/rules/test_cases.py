"""Whole files with dates worked out by hand: what must come out, and what must not."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import check_case, plan, read_case, render_plan

CASES = Path(__file__).parents[2] / "cases"
NAMES = sorted(p.name.removesuffix(".expected.json") for p in CASES.glob("*.expected.json"))


def _read(name: str) -> Any:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def _planned(name: str) -> tuple[Any, Any]:
    expected = _read(f"{name}.expected.json")
    law = current_lawbook()
    case = read_case(_read(f"{name}.json"), law.vocabulary)
    on = date.fromisoformat(expected["on"])
    assert check_case(case, law.vocabulary, on) == []
    return expected, render_plan(plan(case, law, on), law, "nl")


def _names(shown: list[Any]) -> set[str]:
    """Rules shown, alone and with the member they are about, as `rule` and `rule/member`."""
    return {s["rule"] for s in shown} | {f"{s['rule']}/{s['applies_to_member']}" for s in shown}


def _differences(step: Any, wanted: Any) -> dict[str, Any]:
    found = {
        **step,
        "member": step["applies_to_member"],
        "trigger": step["because"][0]["on"],
        "alternatives": sorted(other["rule"] for other in step["alternatives"]),
    }
    return {key: found[key] for key, value in wanted.items() if found[key] != value}


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_the_case_comes_out_to_the_day(name: str) -> None:
    expected, found = _planned(name)
    for wanted in expected["steps"]:
        steps = [step for step in found["steps"] if step["rule"] == wanted["rule"]]
        differences = [_differences(step, wanted) for step in steps]
        assert differences.count({}) == 1, f"{wanted} but found {differences}"


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_belong_in_the_case_stays_away(name: str) -> None:
    expected, found = _planned(name)
    assert not set(expected["not_steps"]) & _names(found["steps"])
    assert not set(expected["not_notices"]) & _names(found["notices"])


@pytest.mark.parametrize("name", NAMES)
def test_the_case_is_told_what_to_know_and_asked_what_is_missing(name: str) -> None:
    expected, found = _planned(name)
    assert set(expected["notices"]) <= _names(found["notices"])
    assert set(expected["questions"]) <= {question["fact"] for question in found["questions"]}


def test_each_case_says_why_its_dates_are_right() -> None:
    assert len(NAMES) >= 25
    assert all(len(_read(f"{name}.expected.json")["note"]) > 30 for name in NAMES)


def test_no_case_shows_a_fine_as_a_threat() -> None:
    for name in NAMES:
        _, found = _planned(name)
        fines = [notice["text"] for notice in found["notices"] if notice["rule"] == "wi-fines"]
        assert not any("€" in text or "euro" in text.lower() for text in fines)
