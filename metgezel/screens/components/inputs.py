"""Form inputs for large fingers and tired eyes: a day in three boxes, choices as tiles."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class DayInput(forms.Widget):
    """Day, month and year in three boxes: as in a letter, and the same on every phone.

    Posts NAME_day, NAME_month and NAME_year; NAME as an ISO date is accepted as well.
    With `today` and a script, two buttons fill in today and yesterday.
    """

    template_name = "components/inputs/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, today: dt.date | None = None) -> None:
        super().__init__(attrs)
        self.today = today

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        if whole := data.get(name):
            return str(whole)
        day, month, year = (str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)
        return f"{year}-{month}-{day}" if day or month or year else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key in data for key in (name, *(f"{name}_{part}" for part in PARTS)))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        values = dict(zip(reversed(PARTS), _split(value), strict=True))
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["invalid"] = context["widget"]["attrs"].get("aria-invalid", "")
        context["widget"]["today"] = self.today
        context["widget"]["yesterday"] = self.today and self.today - dt.timedelta(days=1)
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": labels[part],
                "value": values[part],
                "length": 4 if part == "year" else 2,
            }
            for part in PARTS
        ]
        return context


def _split(value: Any) -> tuple[str, str, str]:
    """Return year, month and day as they were typed, or three empty texts."""
    if isinstance(value, dt.date):
        return str(value.year), str(value.month), str(value.day)
    year, month, day, *_rest = [*str(value or "").split("-", 2), "", "", ""]
    return year, month.removeprefix("0"), day.removeprefix("0")


class DayField(forms.DateField):
    """A day; says which of the three boxes is missing or wrong."""

    widget = DayInput

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day, or raise ValidationError with one sentence that helps."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        return _read_day(*_split(value))


def _read_day(year: str, month: str, day: str) -> dt.date:
    if not day or not month or not year:
        raise ValidationError(_("Fill in the day, the month and the year."), code="incomplete")
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        raise ValidationError(_("Use numbers only, for example 25 9 2026."), code="invalid")
    if len(year) != 4:
        raise ValidationError(
            _("Write the year with four numbers, for example 2026."), code="invalid"
        )
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValidationError(
            _("The day %(day)s-%(month)s-%(year)s does not exist. Check the letter again."),
            code="invalid",
            params={"day": day, "month": month, "year": year},
        ) from error


class _Tiles(ChoiceWidget):
    """Gives each choice a picture and a line of help."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[Any] = (),
        icons: Mapping[str, str] | None = None,
        hints: Mapping[str, str | Promise] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.icons, self.hints = icons or {}, hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["icon"] = self.icons.get(str(value), "")
        option["hint"] = self.hints.get(str(value), "")
        return option


class ChoiceCards(_Tiles, forms.RadioSelect):
    """Large radio tiles; groups of choices get a heading. icons, hints: by value."""

    template_name = "components/inputs/choice_cards.html"


class CheckboxCards(_Tiles, forms.CheckboxSelectMultiple):
    """The same tiles where more than one may be chosen."""

    template_name = "components/inputs/choice_cards.html"
