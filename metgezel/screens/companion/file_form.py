"""What every form that changes a file has: the version it was opened on, and both versions when
somebody else saved another one meanwhile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.engines.rules.render import text_of
from metgezel.foundation.access.door import Visitor
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.days import in_words
from metgezel.screens.components.shapes import Conflict, ConflictRow

from .birth_words import born_in_words
from .cards import language
from .meanwhile import Meanwhile, changes_since


class FileForm(forms.Form):
    """Carries the file's version, and goes on from a newer one without losing what was typed.

    Where saving raises StaleFile, call `show_both`: {% form_fields %} then shows their version
    beside what was typed, and saving again saves on the new version. A form that knows which of
    their changes is about the same thing says so in `about_the_same`.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    conflict: Conflict | None = None
    drop_href = ""
    changed_meanwhile = _(
        "Somebody else changed this file meanwhile. Nothing you typed is lost. "
        "Look at what changes now and save again."
    )

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody's change is of the very thing this form is about."""
        return False

    def show_both(self, file: ClientFile, stale: StaleFile, reader: Visitor) -> None:
        """Put their version beside what was typed, and go on from theirs."""
        changes = changes_since(file, stale.yours, reader)
        same = next((change for change in reversed(changes) if self.about_the_same(change)), None)
        rows = [*self._rows(same), *_other_rows(changes, same)]
        self.conflict = Conflict(rows=rows, **_by_whom(changes))
        self.drop_href = reverse("person", kwargs={"file": file.pk})
        self.continue_from(stale.theirs)
        if same and rows and not any(row.differs for row in rows):
            self.add_error(None, _("Yours is the same as what is saved; you need not save again."))

    def continue_from(self, theirs: int) -> None:
        """Keep what was typed after somebody else changed the file, and say so."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(theirs)  # type: ignore[index]
        self.add_error(None, self.changed_meanwhile)

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, as somebody would say it: (label, words)."""
        fields = [bound for bound in self.visible_fields() if bound.name in self.cleaned_data]
        said = [(str(b.label), value_in_words(b.field, self.cleaned_data[b.name])) for b in fields]
        return [(label, words) for label, words in said if words]

    def refuse(self, refused: ChangeRefused) -> None:
        """Say at each field why what was asked cannot be."""
        for field, texts in refused.problems:
            sentence = text_of(texts, language())
            sentence = f"{sentence[:1].upper()}{sentence[1:]}."
            self.add_error(field if field in self.fields else None, sentence)

    def _rows(self, same: Meanwhile | None) -> Iterator[ConflictRow]:
        """What was typed, field by field, beside the same fields of theirs."""
        theirs = same.thing.values if same else {}
        for bound in self.visible_fields():
            if bound.name not in self.cleaned_data:
                continue
            yours = value_in_words(bound.field, self.cleaned_data[bound.name])
            if same and not theirs:
                other = same.thing.now
            elif same and bound.name not in theirs:
                continue
            else:
                other = value_in_words(bound.field, theirs.get(bound.name))
            if yours or other:
                missing = "—" if same else _t("not there")
                yield ConflictRow(
                    label=str(bound.label), yours=yours or "—", theirs=other or missing
                )


def _other_rows(changes: Iterable[Meanwhile], same: Meanwhile | None) -> Iterator[ConflictRow]:
    """What else they did, which this page did not show yet."""
    for change in changes:
        if change is not same:
            thing = change.thing
            did = f"{change.by} {change.did} ({change.at})".strip()
            said = ". ".join(filter(None, [thing.now, f"{did[:1].upper()}{did[1:]}"]))
            yield ConflictRow(label=thing.name, yours=_t("not there when you began"), theirs=said)


def _by_whom(changes: Sequence[Meanwhile]) -> dict[str, str]:
    names = list(dict.fromkeys(change.by for change in changes if change.by))
    if not names:
        return {}
    return {"theirs_by": ", ".join(names), "theirs_at": changes[-1].at}


def value_in_words(field: forms.Field, value: object) -> str:
    """What a field holds, as somebody would say it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, BirthDate):
        return born_in_words(value)
    known = _labels(getattr(field, "choices", ()))
    if isinstance(field, forms.DateField):
        return in_words(date.fromisoformat(str(value)))
    return known.get(str(value), str(value))


def _labels(choices: Iterable[tuple[object, object]]) -> Mapping[str, str]:
    """Labels by value, through groups of choices too."""
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found
