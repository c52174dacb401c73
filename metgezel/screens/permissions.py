"""The table: every page's URL name, and who may open it.

A page that is not in the table does not exist: the middleware answers 404, and a test fails the
build. To add a page, add its row here. The rules are few on purpose:

- ``public``: anybody, also without logging in;
- ``signed_in``: anybody with an account, whatever the role;
- ``roles(…)``: somebody who has one of these roles today;
- ``file``: somebody who works in files or has a file of her own; WHICH files she sees is decided by
  the door (``visible_to``), so a page with this rule must fetch through it;
- ``own_file``: somebody who is a client here and has a file of her own;
- ``first_run``: anybody, but only while nobody has an account; the page asks for the code;
- ``refused``: nobody; for pages that packages bring along and we do not use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from metgezel.foundation.access.door import Reach, Visitor, has_own_file
from metgezel.foundation.association.first_run import is_first_run
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import LEADS_FILES, USES_KEYS, WORKS_IN_FILES, Role


class Who(Enum):
    """The kinds of rules."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    ROLES = "roles"
    FILE = "file"
    OWN_FILE = "own file"
    FIRST_RUN = "first run"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page; ``any_of`` only with ROLES."""

    who: Who
    any_of: frozenset[Role] = frozenset()


def roles(*any_of: Role) -> Rule:
    """A rule for somebody with one of these roles."""
    return Rule(Who.ROLES, frozenset(any_of))


public = Rule(Who.PUBLIC)
signed_in = Rule(Who.SIGNED_IN)
file = Rule(Who.FILE)
own_file = Rule(Who.OWN_FILE)
first_run = Rule(Who.FIRST_RUN)
refused = Rule(Who.REFUSED)
officer = roles(Role.PRIVACY_OFFICER)
administrator = roles(Role.ADMINISTRATOR)
MAY_ASK_WHO_SEES_WHAT = (Role.TEAM_LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)

PAGES: Mapping[str, Rule] = {
    # Logging in and out
    "account_login": public,
    "account_logout": signed_in,
    "account_change_password": signed_in,
    "account_reset_password": public,
    "account_reset_password_done": public,
    "choose_password": public,
    "set_language": public,
    "first_run": first_run,
    "mfa_authenticate": public,  # the second step; without a first step it leads to the log-in
    "passkey_options": public,
    "passkey_log_in": public,
    "passkey_new_options": signed_in,
    "second_factor": signed_in,
    "second_factor_app": signed_in,
    "second_factor_passkey": signed_in,
    "second_factor_remove": signed_in,
    "recovery_codes": signed_in,
    "recovery_codes_file": signed_in,
    "log_ins": signed_in,
    # A client without e-mail: a card for the first time, a number or passkey afterwards
    "welcome": public,
    "welcome_choose": public,
    "welcome_passkey": public,
    "welcome_back": public,
    "client_access": file,
    # Brought along by allauth, not used here
    "account_inactive": refused,
    "account_signup": refused,
    "account_reauthenticate": refused,
    "account_email": refused,
    "account_email_verification_sent": refused,
    "account_confirm_email": refused,
    "account_set_password": refused,
    "account_confirm_login_code": refused,
    "account_reset_password_from_key": refused,
    "account_reset_password_from_key_done": refused,
    # The design system: invented content; its view answers 404 outside the demo
    "components": public,
    # The office
    "office": administrator,
    "office_unit_new": administrator,
    "office_unit": administrator,
    "office_colleagues": administrator,
    "office_invite": administrator,
    "office_colleague": administrator,
    "office_link": administrator,
    "office_role_new": administrator,
    "office_role_end": administrator,
    "office_leave": administrator,
    "office_account": administrator,
    # The client
    "own_journal": own_file,
    "own_journal_ask": own_file,
    # The privacy officer
    "privacy": officer,
    "privacy_look_back": officer,
    "privacy_finding": officer,
    "privacy_questions": officer,
    "privacy_question": officer,
    "privacy_colleagues": officer,
    "privacy_colleague": officer,
    "privacy_file": officer,
    "privacy_duties": officer,
    "processing_register": officer,
    "privacy_requests": officer,
    "privacy_request_new": officer,
    "privacy_request": officer,
    "breaches": officer,
    "breach_new": officer,
    "breach": officer,
    # What is kept long enough, and the privacy of one person
    "keeping": roles(Role.TEAM_LEADER, Role.PRIVACY_OFFICER),
    "keeping_longer": roles(Role.TEAM_LEADER, Role.PRIVACY_OFFICER),
    "file_privacy": file,
    "file_consent": file,
    "file_mandate": file,
    "file_overview": file,
    # The companion
    "today": signed_in,
    "people": roles(*WORKS_IN_FILES),
    "person_new": roles(*WORKS_IN_FILES),
    "person": file,
    "event_new": file,
    "event_correct": file,
    "household": file,
    "relative": file,
    "relative_remove": file,
    "lives_together": file,
    "person_edit": file,
    "step_change": file,
    "goal": file,
    "own_step": file,
    "papers": file,
    "paper_download": file,
    "paper_remove": file,
    "why": file,
    # Access: the key, its review, and who can see what
    "drop_in": roles(*USES_KEYS),
    "drop_in_close": file,
    "keys_to_review": roles(*LEADS_FILES),
    "colleagues_access": roles(*MAY_ASK_WHO_SEES_WHAT),
    "access_of": roles(*MAY_ASK_WHO_SEES_WHAT),
}


def may_open(rule: Rule, user: Visitor, reach: Reach) -> bool:
    """Whether this rule lets this user in, given her roles of today."""
    match rule.who:
        case Who.PUBLIC:
            return True
        case Who.SIGNED_IN:
            return isinstance(user, User)
        case Who.ROLES:
            return bool(rule.any_of & reach.roles)
        case Who.FILE:
            return bool(WORKS_IN_FILES & reach.roles) or has_own_file(user)
        case Who.OWN_FILE:
            return has_own_file(user)
        case Who.FIRST_RUN:
            return is_first_run()
        case Who.REFUSED:
            return False
