"""Forged and replayed tokens: session, form, one-time link, message; and guessing."""

import random
import string
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.colleagues import invitation_for
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.screens.permissions import PAGES, Who
from tests.faults.addresses import logged_in
from tests.faults.figures import Figure
from tests.screens.test_permissions import ADDRESSES, address
from tests.small_association import SmallAssociation, colleague

NEW = "drie-appels-op-tafel"


def forged_sessions(house: SmallAssociation, tries: int) -> Figure:
    """Invented session keys, one sign off, and keys of sessions that ended."""
    figure = Figure("forged and replayed sessions", "the log-in page")
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    browser, chance = Client(), random.Random(1)
    browser.get("/account/login/")
    browser.post("/account/login/", {"login": user.email, "password": "pw"})
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    figure.held(_opens(key, house), "the session itself does not open the file")
    for _ in range(tries):
        place, sign = chance.randrange(len(key)), chance.choice(string.ascii_lowercase)
        near = key[:place] + sign + key[place + 1 :]
        for wrong in (near if near != key else key[:-1], _random_key(chance), "", "x" * 5000):
            figure.held(not _opens(wrong, house), f"session {wrong[:40]} opens a file")
    other = logged_in(user)
    browser.post("/account/logout/")
    figure.held(not _opens(key, house), "the session of somebody who logged out still opens")
    kept = other.cookies[settings.SESSION_COOKIE_NAME].value
    figure.held(kept != key, "two log-ins share a session")
    user.set_password(NEW)
    user.save()
    sent = other.post(reverse("person", kwargs={"file": house.in_assen.pk}))
    figure.held(sent.status_code == 302, "a session from before the new password still opens")
    return figure


def fixed_session(house: SmallAssociation) -> Figure:
    """A session key that a stranger put in the browser before the log-in."""
    figure = Figure("a session key fixed before the log-in", "another key after it")
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    browser, planted = Client(), "a" * 32
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    browser.post("/account/login/", {"login": user.email, "password": "pw"})
    now = browser.cookies[settings.SESSION_COOKIE_NAME].value
    figure.held(now not in {planted, ""}, "the planted key is used")
    figure.held(not _opens(planted, house), "the planted key opens a file")
    return figure


def _opens(key: str, house: SmallAssociation) -> bool:
    browser = Client(raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser.get(reverse("person", kwargs={"file": house.in_assen.pk})).status_code == 200


def _random_key(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_lowercase + string.digits, k=32))


def forged_forms(house: SmallAssociation) -> Figure:
    """Every page sent to without its token, with another's, and with one that was changed."""
    figure = Figure("forged form tokens", "403, nothing stored")
    user = colleague(Role.ADMINISTRATOR, house.top)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    browser.get(reverse("account_change_password"))
    right = browser.cookies[settings.CSRF_COOKIE_NAME].value
    for name, rule in PAGES.items():
        if name not in ADDRESSES or rule.who is Who.REFUSED:
            continue
        for token in (None, "x" * 32, right[:-1] + "A", "x" * 64, ""):
            sent = {} if token is None else {"csrfmiddlewaretoken": token}
            status = browser.post(address(name, house.in_assen), sent).status_code
            figure.held(status == 403, f"{status} {name} with token {token}")
    return figure


def forged_links(tries: int) -> Figure:
    """A one-time link: changed, of another, and once more after it was used."""
    figure = Figure("forged and replayed one-time links", "404, no password changed")
    user = User.objects.create_user("new@example.org", "New")
    other = User.objects.create_user("other@example.org", "Other")
    link, theirs, chance = invitation_for(user), invitation_for(other), random.Random(2)
    wrong = [(link.number, theirs.token), (theirs.number, link.token), ("0", link.token)]
    wrong += [("zzzzzzzzzzzzz9", link.token), ("²", link.token), (link.number, "x-y")]
    for _ in range(tries):
        place = chance.randrange(len(link.token))
        sign = chance.choice([s for s in string.ascii_lowercase if s != link.token[place]])
        wrong.append((link.number, link.token[:place] + sign + link.token[place + 1 :]))
    for number, token in wrong:
        figure.held(_choose(number, token) == 404, f"{number}/{token} is taken")
    figure.held(_choose(link.number, link.token) == 302, "the link itself does not work")
    figure.held(_choose(link.number, link.token) == 404, "the link works a second time")
    other.refresh_from_db()
    figure.held(not other.has_usable_password(), "somebody else's password was changed")
    return figure


def _choose(number: str, token: str) -> int:
    where = reverse("choose_password", kwargs={"user": number, "token": token})
    sent = {"new_password1": NEW, "new_password2": NEW}
    return int(Client(raise_request_exception=False).post(where, sent).status_code)


def forged_messages(house: SmallAssociation) -> Figure:
    """The cookie in which a message travels: words of a stranger are not shown as ours."""
    figure = Figure("forged message cookies", "no message, no error")
    browser = logged_in(colleague(Role.COMPANION, house.assen, house.in_assen))
    forged = '[["__json_message",0,25,"Uw paspoort is nodig: x.example",""]]'
    for cookie in (forged, f"{forged}:abc", f"{'a' * 40}:{forged}", "x", "W10:1abc:xyz", "{}"):
        browser.cookies[settings.METGEZEL_MESSAGE_COOKIE_NAME] = cookie
        answer: Any = browser.get("/")
        shown = [str(one) for one in get_messages(answer.wsgi_request)]
        figure.held(answer.status_code == 200 and not shown, f"{cookie} shows {shown}")
    return figure


def wrong_passwords(house: SmallAssociation, tries: int) -> Figure:
    """Wrong passwords from one address; the owner elsewhere is not locked out."""
    figure = Figure("wrong passwords from one address", "few are looked at")
    user = colleague(Role.COMPANION, house.assen)
    looked_at = 0
    for number in range(tries):
        sent = {"login": user.email, "password": f"wrong {number}"}
        answer = Client().post("/account/login/", sent, REMOTE_ADDR="192.0.2.7")
        looked_at += answer.status_code == 200
        figure.held(answer.status_code in {200, 403, 429}, f"{answer.status_code} on {number}")
    right = {"login": user.email, "password": "pw"}
    locked = Client().post("/account/login/", right, REMOTE_ADDR="192.0.2.7").status_code
    elsewhere = Client().post("/account/login/", right, REMOTE_ADDR="192.0.2.8").status_code
    figure.held(looked_at <= settings.AXES_FAILURE_LIMIT, f"{looked_at} tries were looked at")
    figure.held(locked in {403, 429}, "the guesser gets in with the right password")
    figure.held(elsewhere == 302, f"the owner at another address is locked out: {elsewhere}")
    figure.saw = f"{looked_at} looked at; the owner gets in from another address"
    return figure
