"""Whatever is done to a chain afterwards is found, and named by its place."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from metgezel.foundation.audit.chain import (
    BEGINNING,
    COLUMNS,
    Anchor,
    End,
    Wrong,
    digest,
    faults,
)

UNIT, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
PREVIOUS = COLUMNS.index("previous")


def row(unit: uuid.UUID, place: int, previous: str, page: str = "person") -> list[Any]:
    at = START + timedelta(minutes=place)
    file = uuid.UUID(int=100 + place)
    values = [unit, place, at, place % 3 or None, None, "companion", "assignment", None, "read",
              page, file, "", "", "", 0, previous]  # fmt: skip
    return [*values, digest(values)]


def chain(length: int, unit: uuid.UUID = UNIT, page: str = "person") -> list[list[Any]]:
    rows: list[list[Any]] = []
    for place in range(1, length + 1):
        rows.append(row(unit, place, rows[-1][-1] if rows else BEGINNING, page))
    return rows


def end(rows: list[list[Any]]) -> dict[uuid.UUID, End]:
    return {rows[-1][0]: End(rows[-1][1], rows[-1][-1])}


def places(rows: list[list[Any]], heads: dict[uuid.UUID, End]) -> set[int]:
    return {place for f in faults(rows, heads) for place in range(f.first, f.last + 1)}


def rehashed(one: list[Any]) -> list[Any]:
    return [*one[:-1], digest(one)]


lengths = st.integers(2, 30)


@given(lengths, lengths)
def test_whole_chains_have_no_faults(first, second):
    one, two = chain(first), chain(second, OTHER)
    assert list(faults(one + two, end(one) | end(two))) == []


@given(lengths, st.data())
def test_a_changed_value_is_found_at_its_place(length, data):
    rows = chain(length)
    heads = end(rows)
    at = data.draw(st.integers(0, length - 1))
    column = data.draw(st.sampled_from(range(3, len(COLUMNS))))
    rows[at][column] = 7 if column in {3, 4, 7, 14} else uuid.UUID(int=9) if column == 10 else "x"
    assert at + 1 in places(rows, heads)


@given(lengths, st.data())
def test_a_changed_value_with_its_hash_made_anew_is_found(length, data):
    rows = chain(length)
    heads = end(rows)
    at = data.draw(st.integers(0, length - 1))
    rows[at][9] = "forged"
    rows[at] = rehashed(rows[at])
    assert at + 1 in places(rows, heads)


@given(lengths, st.data())
def test_a_removed_row_is_found_whether_at_the_begin_in_between_or_at_the_end(length, data):
    rows = chain(length)
    heads = end(rows)
    at = data.draw(st.integers(0, length - 1))
    del rows[at]
    assert places(rows, heads) == {at + 1}


@given(lengths, st.data())
def test_two_swapped_rows_are_both_found(length, data):
    rows = chain(length)
    heads = end(rows)
    pair = st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True)
    a, b = data.draw(pair)
    rows[a], rows[b] = rows[b], rows[a]
    rows[a][1], rows[b][1] = a + 1, b + 1
    assert {a + 1, b + 1} <= places(rows, heads)


@given(lengths, st.data())
def test_a_row_put_in_between_is_found(length, data):
    rows = chain(length)
    heads = end(rows)
    at = data.draw(st.integers(0, length - 1))
    forged = row(UNIT, at + 1, rows[at][PREVIOUS], "forged")
    shifted = [[one[0], one[1] + 1, *one[2:]] for one in rows[at:]]
    assert at + 2 in places([*rows[:at], forged, *shifted], heads)


def test_a_row_added_past_the_kept_end_is_found():
    rows = chain(4)
    found = list(faults([*rows, row(UNIT, 5, rows[-1][-1])], end(rows)))
    assert [(f.wrong, f.first, f.last) for f in found] == [(Wrong.INSERTED, 5, 5)]


def test_a_chain_that_is_gone_altogether_is_found():
    rows = chain(4)
    found = list(faults([], end(rows)))
    assert [(f.wrong, f.first, f.last) for f in found] == [(Wrong.TRUNCATED, 1, 4)]


def test_a_chain_written_anew_with_its_end_is_found_by_an_earlier_anchor():
    rows, forged = chain(6), chain(6, page="forged")
    anchor = Anchor(date(2026, 11, 23), UNIT, 4, rows[3][-1])
    assert list(faults(forged, end(forged))) == []
    found = list(faults(forged, end(forged), [anchor]))
    assert [(f.wrong, f.first, f.anchored) for f in found] == [(Wrong.REWRITTEN, 4, anchor.day)]


def test_a_chain_shorter_than_its_anchor_is_found_even_when_its_end_was_forged_too():
    rows = chain(6)
    anchor = Anchor(date(2026, 11, 23), UNIT, 6, rows[5][-1])
    found = list(faults(rows[:3], end(rows[:3]), [anchor]))
    assert [(f.wrong, f.first, f.last) for f in found] == [(Wrong.TRUNCATED, 4, 6)]


def test_the_hash_can_be_computed_from_the_description_alone():
    values = row(UNIT, 1, BEGINNING)[:-1]
    written = (
        '["metgezel-journal-1","00000000-0000-0000-0000-000000000001",1,'
        '"2026-11-24T09:01:00.000000+00:00",1,null,"companion","assignment",null,"read","person",'
        f'"00000000-0000-0000-0000-000000000065","","","",0,"{"0" * 64}"]'
    )
    assert json.loads(written)[2] == 1
    assert digest(values) == sha256(written.encode()).hexdigest()
