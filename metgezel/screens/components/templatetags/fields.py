"""Form fields with label, hint and error: `{% load fields %}`."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.forms.widgets import Input

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.Textarea, "mg-input mg-input--area"),
    (forms.CheckboxInput, "mg-checkbox__box"),
    (forms.Select, "mg-input mg-select"),
    (forms.FileInput, "mg-input mg-input--file"),
    (forms.NumberInput, "mg-input mg-input--short"),
    (Input, "mg-input"),
)


def _class_of(widget: forms.Widget) -> str:
    look = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    return " ".join(filter(None, [widget.attrs.get("class", ""), look]))


def _kind_of(field: BoundField) -> str:
    if field.is_hidden:
        return "hidden"
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if field.use_fieldset else "single"


@register.inclusion_tag("components/field.html")
def field(
    field: BoundField, label_class: str = "", optional_mark: bool = True, hint: bool = True
) -> dict[str, Any]:
    """A form field of any kind; fields that may stay empty say so."""
    kind = _kind_of(field)
    help_text = field.help_text if hint else ""
    # An example inside a box vanishes while one types; that is what the hint is for.
    field.field.widget.attrs.pop("placeholder", None)
    described = " ".join(
        f"{field.auto_id}_{part}"
        for part, text in (("helptext", help_text), ("error", field.errors))
        if text
    )
    attrs = {"class": _class_of(field.field.widget)}
    if described and kind != "group":
        attrs["aria-describedby"] = described
    return {
        "field": field,
        "kind": kind,
        "control": field.as_widget(attrs={name: value for name, value in attrs.items() if value}),
        "help_text": help_text,
        "described": described,
        "label_class": label_class,
        "optional": optional_mark and not field.field.required and kind != "checkbox",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field."""
    fields = [bound for bound in form if bound.errors]
    return {"fields": fields, "general": form.non_field_errors()}


@register.inclusion_tag("components/form_problems.html")
def form_problems(form: BaseForm) -> dict[str, Any]:
    """All errors of a form, and both versions where somebody else saved another one."""
    both = getattr(form, "conflict", None)
    return {"form": form, "both": both, "drop_href": getattr(form, "drop_href", "")}


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """What stands in the way, then every field in order."""
    return {"form": form}
