"""A form for one kind of event, with only the fields that kind needs."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import NewEvent
from metgezel.engines.rules.render import text_of
from metgezel.engines.rules.vocabulary import Attribute, EventKind, Type
from metgezel.foundation.people.countries import country_choices
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.people.municipalities import municipality_choices
from metgezel.screens.components.inputs import ChoiceCards, DayField, DayInput

from .cards import language
from .file_form import FileForm
from .meanwhile import Meanwhile

#: Up to this many answers stand on the page as tiles; more become a list that opens.
FEW = 10
NOT_ON_THE_LIST = {
    "required": _("Choose one of these answers."),
    "invalid_choice": _("This answer is not on the list. Choose one of these answers."),
}


class EventForm(FileForm):
    """The day, what this kind asks, and where it stands."""

    def __init__(self, data: object, *, kind: EventKind, file: ClientFile, today: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.kind = kind
        lang = language()
        self.fields["on"] = DayField(
            label=_("On which day?"),
            help_text=text_of(kind.hint, lang),
            widget=DayInput(today=today),
            error_messages={"required": _("Fill in the day, the month and the year.")},
        )
        for attribute in kind.attributes.values():
            self.fields[attribute.name] = _field(attribute, file, lang)
        self.fields["document_reference"] = forms.CharField(
            label=_("From which letter?"),
            help_text=_("For example the date or reference above the letter."),
            max_length=200,
            required=False,
        )
        self.fields["version"].initial = file.version

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody recorded or mended the same kind of event."""
        event = change.thing.event
        return event is not None and event.kind == self.kind.kind

    def entered(self) -> NewEvent:
        """What was entered, as the journey records it."""
        data = self.cleaned_data
        return NewEvent(
            kind=self.kind.kind,
            on=data["on"].isoformat(),
            attributes={name: _plain(a, data[name]) for name, a in self.kind.attributes.items()},
            document_reference=data["document_reference"],
        )


class CorrectionForm(EventForm):
    """The same form filled with what was recorded, and a reason."""

    def __init__(
        self, data: object, *, kind: EventKind, file: ClientFile, today: date, event: Event
    ) -> None:
        super().__init__(data, kind=kind, file=file, today=today)
        self.event = event
        stored = {"on": event.on, "document_reference": event.document_reference}
        for name, value in {**event.attributes, **stored}.items():
            if name in self.fields:
                self.fields[name].initial = value
        self.fields["reason"] = _reason()

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody mended this very event."""
        return change.thing.event is not None and change.thing.event.root == self.event.root


class WithdrawalForm(FileForm):
    """Why something did not happen."""

    reason = forms.CharField()

    def __init__(
        self, data: Mapping[str, object] | None, *, file: ClientFile, event: Event
    ) -> None:
        super().__init__(data, initial={"version": file.version})
        self.event = event
        reason = _reason()
        reason.label = _("Why do you take this back?")
        reason.help_text = _("For example: the letter was somebody else's.")
        self.fields["reason"] = reason

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody mended this very event."""
        return change.thing.event is not None and change.thing.event.root == self.event.root


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why do you change this?"),
        help_text=_("For example: read the wrong date on the envelope."),
        max_length=300,
        error_messages={"required": _("Write shortly why; without a reason nothing changes.")},
    )


def _plain(attribute: Attribute, value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if value != "" else None


def _field(attribute: Attribute, file: ClientFile, lang: str) -> forms.Field:
    label, required = text_of(attribute.label, lang), attribute.required
    match attribute.type:
        case Type.INT:
            return forms.IntegerField(
                label=label, required=required, initial=attribute.default,
                min_value=attribute.minimum, max_value=attribute.maximum,
            )  # fmt: skip
        case Type.DATE:
            return DayField(label=label, required=required)
        case Type.BOOL:
            return forms.BooleanField(label=label, required=False)
    choices = list(_choices(attribute, file, lang))
    few = required and len(choices) <= FEW
    if not few:
        choices.insert(0, ("", str(_("make a choice") if required else _("not known"))))
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=choices,
        widget=ChoiceCards() if few else forms.Select(),
        error_messages=NOT_ON_THE_LIST,
    )


def _choices(attribute: Attribute, file: ClientFile, lang: str) -> Iterable[tuple[str, str]]:
    match attribute.type:
        case Type.ENUM:
            return [(value, text_of(texts, lang)) for value, texts in attribute.values.items()]
        case Type.MEMBER:
            ties = file.family_ties.select_related("relative").order_by("key")
            return [(tie.key, f"{tie.relative} ({tie.get_relation_display()})") for tie in ties]
        case _ if attribute.code_of == "country":
            return country_choices(get_language() or "nl")
        case _:
            return municipality_choices()
