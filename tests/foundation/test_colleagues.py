"""Accounts are made by inviting, and on an empty installation by whoever holds the code."""

import stat
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from metgezel.foundation.association.colleagues import (
    invitation_for,
    invite_colleague,
    invited_user,
)
from metgezel.foundation.association.first_run import (
    code_is_right,
    first_administrator,
    first_run_code,
    is_first_run,
)
from metgezel.foundation.association.memberships import roles_of
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.association.roles import Role
from tests.small_association import small_association

pytestmark = pytest.mark.django_db
GOOD = "drie appels op tafel"


@pytest.fixture
def code(settings, tmp_path):
    settings.METGEZEL_FIRST_RUN_CODE_FILE = tmp_path / "data" / "first-run-code"
    return first_run_code()


def test_an_invited_colleague_has_a_role_and_no_password_yet(today):
    house = small_association()
    invitation = invite_colleague("Noor@Example.org", "Noor", house.assen, Role.COMPANION, today)
    assert invitation.user.email == "noor@example.org"
    assert not invitation.user.has_usable_password()
    assert roles_of(invitation.user, today) == {Role.COMPANION}
    assert roles_of(invitation.user, today - timedelta(days=1)) == frozenset()


def test_the_link_works_until_a_password_is_chosen(today):
    house = small_association()
    invitation = invite_colleague("noor@example.org", "Noor", house.assen, Role.COMPANION, today)
    assert invited_user(invitation.number, invitation.token) == invitation.user
    assert invited_user(invitation.number, "abc-def") is None
    assert invited_user("!", invitation.token) is None
    assert invited_user("z" * 14, invitation.token) is None
    invitation.user.set_password(GOOD)
    invitation.user.save()
    assert invited_user(invitation.number, invitation.token) is None


def test_the_link_is_worthless_after_a_week(today, settings):
    house = small_association()
    user = invite_colleague("n@example.org", "N", house.assen, Role.COMPANION, today).user
    invitation = invitation_for(user)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert invited_user(invitation.number, invitation.token) is None


def test_inviting_somebody_who_has_an_account_gives_no_link_into_it(today):
    house = small_association()
    User.objects.create_user("noor@example.org", "Noor", GOOD)
    invitation = invite_colleague("noor@example.org", "N", house.breda, Role.VOLUNTEER, today)
    assert invitation.token == ""
    assert invitation.user.name == "Noor"
    assert roles_of(invitation.user, today) == {Role.VOLUNTEER}


@pytest.mark.parametrize(("email", "name"), [("noor", "Noor"), ("n@example.org", " ")])
def test_an_invitation_needs_an_address_and_a_name(email, name, today):
    house = small_association()
    with pytest.raises(ValidationError):
        invite_colleague(email, name, house.assen, Role.COMPANION, today)
    assert not User.objects.exists()


def test_a_role_is_given_once(today):
    house = small_association()
    invite_colleague("n@example.org", "N", house.assen, Role.COMPANION, today)
    with pytest.raises(ValidationError):
        invite_colleague("n@example.org", "N", house.assen, Role.COMPANION, today)


def test_one_address_is_one_account_whatever_its_capitals():
    user = User.objects.create_user(" Noor@Example.ORG ", "Noor")
    assert User.objects.get_by_natural_key("NOOR@example.org") == user
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user(" ", "Niemand")


def test_the_first_code_is_kept_for_its_owner_only_and_stays_the_same(code, settings):
    path = settings.METGEZEL_FIRST_RUN_CODE_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first_run_code() == code
    assert code_is_right(f" {code.lower()} ")
    assert not code_is_right("")
    path.unlink()
    assert not code_is_right("")


def test_the_first_administrator_makes_the_association(code, today, settings):
    assert is_first_run()
    user, top = first_administrator(code, "Vereniging", "a@example.org", "Ada", GOOD, today)
    assert roles_of(user, today) == {Role.ADMINISTRATOR}
    assert top.name == "Vereniging"
    assert not is_first_run()


@pytest.mark.django_db(transaction=True)
def test_the_code_is_used_up_by_the_first_administrator(code, today, settings):
    first_administrator(code, "Vereniging", "a@example.org", "Ada", GOOD, today)
    assert not settings.METGEZEL_FIRST_RUN_CODE_FILE.exists()
    with pytest.raises(ValidationError):
        first_administrator(code, "Tweede", "b@example.org", "Bea", GOOD, today)


@pytest.mark.parametrize(
    ("wrong_code", "email", "password"),
    [
        ("AAAA-BBBB-CCCC", "a@example.org", GOOD),
        (None, "a@example.org", "kort"),
        (None, "geen adres", GOOD),
    ],
)
def test_a_stranger_or_a_weak_password_makes_nothing(wrong_code, email, password, code, today):
    with pytest.raises(ValidationError):
        first_administrator(wrong_code or code, "Vereniging", email, "Ada", password, today)
    assert is_first_run()
    assert not Unit.objects.exists()
