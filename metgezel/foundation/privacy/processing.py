"""The register of processing (GDPR art. 30), generated from the models.

What people write here is only why: per app the purpose, the ground in law and whose data it is.
Which data, what happens to them, and who can open them follows from the code itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.roles import WORKS_IN_FILES, Role
from metgezel.foundation.people.encryption import SealedTextField
from metgezel.foundation.people.erasure import Erasure

from .labels import label
from .retention import BY_KEY, CONFIDENCE_WORDS

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why an app keeps data, on which ground, about whom, and which term of ``retention``."""

    why: Text
    ground: Text
    people: Text
    term: str


_INTEREST = _("legitimate interest: helping who asked for help (GDPR art. 6(1)(f)); not confirmed")
_DUTY = _("legal duty to account and to secure (GDPR art. 5(2), 24 and 32)")

PURPOSES: Mapping[str, Purpose] = {
    "people": Purpose(
        _("Knowing who is helped, and who belongs to her"), _INTEREST,
        _("clients and their relatives"), "file",
    ),
    "journeys": Purpose(
        _("Walking along: what happened, what the law asks, what she wants"), _INTEREST,
        _("clients and their relatives"), "file",
    ),
    "papers": Purpose(
        _("Keeping the letters and papers that prove something"), _INTEREST,
        _("clients and their relatives"), "file",
    ),
    "access": Purpose(
        _("Letting in only who walks along"), _DUTY, _("clients and colleagues"), "file",
    ),
    "audit": Purpose(
        _("Showing who saw and changed what"), _DUTY, _("clients and colleagues"), "journal",
    ),
    "association": Purpose(
        _("Knowing who works where, in which role"),
        _("agreement with the colleague or volunteer (GDPR art. 6(1)(b))"),
        _("colleagues, and clients with an account"), "open_file",
    ),
    "privacy": Purpose(
        _("Answering requests, reporting breaches, keeping consents"), _DUTY,
        _("clients, and who acts for them"), "requests",
    ),
    "keys": Purpose(_("Proving that the keys fit"), _DUTY, _("nobody"), "open_file"),
}  # fmt: skip


#: For an app that somebody adds and does not describe; a test then fails, the page does not.
NOT_SAID = Purpose(_("not described yet"), _("not described yet"), _("not described yet"), "file")


@dataclass(frozen=True, slots=True)
class Processing:
    """One row of the register: one model."""

    label: str
    what: str
    why: str
    ground: str
    people: str
    data: str
    recipients: str
    retention: str
    security: str


def register() -> list[Processing]:
    """All models with personal data, in the active language."""
    return list(_rows())


def personal_models() -> list[type[models.Model]]:
    """Models with a field that erasure touches; where all is kept there is nothing personal."""
    return [
        model
        for model in apps.get_models()
        if set(getattr(model, "ERASURE", {}).values()) - {Erasure.KEEP}
    ]


def _rows() -> Iterator[Processing]:
    for model in personal_models():
        purpose = PURPOSES.get(model._meta.app_label, NOT_SAID)
        term = BY_KEY[purpose.term]
        yield Processing(
            label=model._meta.label,
            what=label(model._meta.verbose_name_plural or ""),
            why=str(purpose.why),
            ground=str(purpose.ground),
            people=str(purpose.people),
            data=", ".join(_data(model)),
            recipients=_recipients(model),
            retention=f"{term.kept} ({CONFIDENCE_WORDS[term.confidence]})",
            security=_security(model),
        )


def _data(model: Any) -> list[str]:
    """The names of the fields that say something about somebody."""
    return [
        label(model._meta.get_field(name).verbose_name).lower()
        for name, kind in model.ERASURE.items()
        if kind is not Erasure.KEEP
    ]


def _recipients(model: Any) -> str:
    if not hasattr(model, "FILE_PATHS"):
        return _t("who may open the page about it; see the table of pages")
    roles = ", ".join(str(role.label) for role in Role if role in WORKS_IN_FILES)
    return _t("the person herself, and who walks along with her: %(roles)s") % {"roles": roles}


def _security(model: Any) -> str:
    measures = (
        [_t("every change is written in the journal")] if hasattr(model, "FILE_PATHS") else []
    )
    if hasattr(model, "FILE_PATHS"):
        measures.insert(0, _t("access per file, in the database as well (PostgreSQL)"))
    if any(isinstance(field, SealedTextField) for field in model._meta.fields):
        measures.append(_t("encrypted per field"))
    return ", ".join([*measures, _t("encrypted backups")])


def as_text(rows: list[Processing]) -> str:
    """The register as Markdown, for a file or a printer."""
    lines = [f"# {_t('Register of processing')}", ""]
    for row in rows:
        lines += [f"## {row.what} ({row.label})", ""]
        lines += [f"- {label}: {value}" for label, value in in_words(row)]
        lines.append("")
    return "\n".join(lines)


def in_words(row: Processing) -> list[tuple[str, str]]:
    """The parts of a row with their names."""
    return [
        (_t("Why"), row.why),
        (_t("Ground in law"), row.ground),
        (_t("About whom"), row.people),
        (_t("Which data"), row.data),
        (_t("Who can open them"), row.recipients),
        (_t("How long"), row.retention),
        (_t("How it is secured"), row.security),
    ]
