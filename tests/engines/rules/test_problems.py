"""What is wrong with a case, said to a program and to somebody at a screen."""

from datetime import date

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import CaseErrors, check_case, read_case

VOCABULARY = current_lawbook().vocabulary
ON = date(2026, 11, 24)


def found(*events, **person):
    with pytest.raises(CaseErrors) as errors:
        read_case({"person": person, "events": list(events)}, VOCABULARY)
    return errors.value


def checked(*events, **person):
    case = read_case({"person": person, "events": list(events)}, VOCABULARY)
    [problem] = check_case(case, VOCABULARY, ON)
    return problem


def test_the_command_line_is_told_codes_and_the_screen_words():
    errors = found({"kind": "court.judgment", "on": "2026-11-01", "outcome": "maybe"})
    assert errors.problems == [
        "events[0].outcome: 'maybe' is not allowed; allowed: founded, unfounded"
    ]
    [problem] = errors.found
    assert problem.spoken["nl"] == (
        "'maybe' kan hier niet; kies uit: Beroep gegrond, Beroep ongegrond"
    )
    assert "Appeal allowed, Appeal dismissed" in problem.spoken["en"]


def test_a_missing_answer_names_the_answers():
    errors = found({"kind": "court.judgment", "on": "2026-11-01"})
    assert "is missing; allowed: founded, unfounded" in errors.problems[0]
    assert "Beroep gegrond" in errors.found[0].spoken["nl"]


def test_days_are_iso_for_a_file_and_words_with_the_weekday_for_a_screen():
    problem = checked({"kind": "asylum.lodged", "on": "2026-12-25"})
    assert "2026-12-25 lies after 2026-11-24" in problem.message["en"]
    assert "vrijdag 25 december 2026" in problem.spoken["nl"]
    assert "Friday 25 December 2026" in problem.spoken["en"]


def test_a_birth_after_the_event_is_named():
    problem = checked({"kind": "asylum.lodged", "on": "2026-01-01"}, birth_date="2026-02-28")
    assert "zaterdag 28 februari 2026" in problem.spoken["nl"]


def test_a_kind_of_the_past_says_until_when_it_was_possible():
    events = [{"kind": "asylum.intake_ended", "on": "2027-01-01"}]
    case = read_case({"person": {}, "events": events}, VOCABULARY)
    [problem] = check_case(case, VOCABULARY, date(2027, 2, 1))
    assert "donderdag 31 december 2026" in problem.spoken["nl"]
    assert "'Intake phase ended (old procedure)'" in problem.message["en"]


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "{0}", "on": "2026-11-01"},
        {"kind": "asylum.decision", "on": "{day}", "outcome": "refugee"},
        {"kind": "asylum.decision", "on": "2026-11-01", "outcome": "{allowed}"},
        {"kind": "asylum.decision", "on": "2026-11-01", "outcome": "x" * 100_000},
    ],
)
def test_hostile_values_are_quoted_and_cut(event):
    for sentence in found(event).problems:
        assert len(sentence) < 1_500
        assert "'" in sentence
