"""What is striking, and what is not."""

import datetime as dt
from uuid import UUID

import pytest

from metgezel.foundation.audit.anomalies import Facts, Kind, Look, striking_on

TUESDAY = dt.date(2026, 11, 24)
SATURDAY = dt.date(2026, 11, 28)
SARA, OMAR = 1, 2


def file(number: int) -> UUID:
    return UUID(int=number)


def reads(actor: int, day: dt.date, files: range, hour: int = 10, ground: str = "assignment"):
    at = dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)
    return [Look(at, actor, "read", ground, file(number)) for number in files]


def kinds(looks: list[Look], day: dt.date = TUESDAY, facts: Facts | None = None) -> set[Kind]:
    return {one.kind for one in striking_on(day, looks, facts or Facts())}


def working_days(actor: int, files: int) -> list[Look]:
    days = [TUESDAY - dt.timedelta(days=n) for n in range(1, 15)]
    return [look for day in days if day.weekday() < 5 for look in reads(actor, day, range(files))]


def test_an_ordinary_day_is_not_striking():
    looks = working_days(SARA, 5) + reads(SARA, TUESDAY, range(6)) + reads(OMAR, TUESDAY, range(8))
    assert kinds(looks) == set()


def test_many_more_files_than_usual_and_than_colleagues_is_striking():
    looks = working_days(SARA, 5) + reads(SARA, TUESDAY, range(40)) + reads(OMAR, TUESDAY, range(8))
    found = [one for one in striking_on(TUESDAY, looks, Facts()) if one.kind is Kind.VOLUME]
    assert [(one.actor, one.number, one.usual) for one in found] == [(SARA, 40, 5)]


def test_a_day_on_which_everybody_is_busy_is_not_striking():
    looks = (
        working_days(SARA, 5) + reads(SARA, TUESDAY, range(40)) + reads(OMAR, TUESDAY, range(35))
    )
    assert kinds(looks) == set()


def test_opening_the_same_file_often_counts_once():
    assert kinds(reads(SARA, TUESDAY, range(1)) * 60) == set()


@pytest.mark.parametrize(("hour", "striking"), [(22, False), (23, True), (5, True), (6, False)])
def test_the_night_lasts_from_eleven_to_six(hour, striking):
    assert (Kind.NIGHT in kinds(reads(SARA, TUESDAY, range(1), hour))) is striking


def test_one_look_on_saturday_is_nothing_and_three_files_are_asked_about():
    assert kinds(reads(SARA, SATURDAY, range(1)), SATURDAY) == set()
    assert kinds(reads(SARA, SATURDAY, range(3)), SATURDAY) == {Kind.FREE_DAY}


def test_a_public_holiday_is_a_free_day():
    holiday = Facts(is_free=lambda day: day == TUESDAY)
    assert kinds(reads(SARA, TUESDAY, range(3)), facts=holiday) == {Kind.FREE_DAY}


def test_a_namesake_counts_only_when_nobody_linked_them():
    facts = Facts(
        names={SARA: frozenset({"sara", "haddad"})}, families={file(0): frozenset({"haddad"})}
    )
    assert kinds(reads(SARA, TUESDAY, range(1)), facts=facts) == set()
    led = reads(SARA, TUESDAY, range(1), ground="team_leader")
    assert kinds(led, facts=facts) == {Kind.NAMESAKE}


def test_somebody_from_her_own_town_counts_only_when_nobody_linked_them():
    facts = Facts(towns={SARA: "GM0106"}, file_towns={file(0): "GM0106"})
    assert kinds(reads(SARA, TUESDAY, range(1)), facts=facts) == set()
    by_key = reads(SARA, TUESDAY, range(1), ground="drop_in")
    assert kinds(by_key, facts=facts) == {Kind.SAME_TOWN}


def test_a_file_that_everybody_opens_is_asked_about_as_a_file():
    looks = [look for actor in range(6) for look in reads(actor, TUESDAY, range(1))]
    looks += [
        look for actor in range(6) for look in reads(actor, TUESDAY, range(10 + actor, 11 + actor))
    ]
    looks += [
        look for actor in range(6) for look in reads(actor, TUESDAY, range(20 + actor, 21 + actor))
    ]
    found = [one for one in striking_on(TUESDAY, looks, Facts()) if one.kind is Kind.FAMOUS]
    assert [(one.actor, one.file, one.number) for one in found] == [(None, file(0), 6)]


def test_three_different_addresses_tried_in_vain_are_asked_about_and_one_old_link_is_not():
    at = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    old_link = [Look(at, SARA, "refused", row="a")] * 9
    assert kinds(old_link) == set()
    tried = [Look(at, SARA, "refused", row=row) for row in "abc"]
    assert kinds(tried) == {Kind.REFUSED}


def test_long_lists_without_opening_a_file_are_asked_about():
    at = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    lists = [Look(at, SARA, "listed", number=50)] * 2
    assert kinds(lists) == {Kind.LISTING}
    assert kinds(lists + reads(SARA, TUESDAY, range(1))) == set()


def test_looking_at_your_own_file_is_never_striking():
    assert kinds(reads(SARA, SATURDAY, range(5), 3, ground="own_file"), SATURDAY) == set()
