"""The faults that need no other process, on a small scale; `python -m tools.faults` tries all."""

import pytest

from tests.faults import addresses, people, tokens
from tests.faults.figures import Figure
from tests.small_association import small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return small_association()


def held(*figures: Figure) -> None:
    """All tries of all figures came out as expected."""
    assert all(figure.tried for figure in figures)
    wrong = [f"{figure.fault}: {words}" for figure in figures for words in figure.wrong]
    assert not wrong, "\n".join(wrong[:20])


def test_guessed_and_tampered_ids_open_nothing_anywhere(house):
    held(addresses.guessed_ids(house, guesses=1))


def test_hostile_and_foreign_values_break_no_page_and_show_nothing_of_others(house):
    held(addresses.hostile_queries(house, addresses.FEW_HOSTILE))


def test_forged_and_replayed_tokens_open_nothing(house):
    held(
        tokens.forged_sessions(house, tries=5),
        tokens.fixed_session(house),
        tokens.forged_forms(house),
        tokens.forged_links(tries=20),
        tokens.forged_messages(house),
    )


def test_of_many_wrong_codes_few_are_looked_at(house):
    held(tokens.wrong_passwords(house, tries=30))


def test_a_colleague_removed_in_mid_session_is_out_on_the_next_click(house):
    held(people.removed_in_mid_session(house))


def test_the_journal_of_the_application_cannot_be_changed_in_bulk(house):
    held(people.journal_in_bulk(house))


def test_a_database_that_is_away_is_a_sentence_and_opens_nothing(house):
    held(people.database_away(house))


def test_nothing_beside_the_static_files_is_served(house):
    held(people.beside_the_pages())
