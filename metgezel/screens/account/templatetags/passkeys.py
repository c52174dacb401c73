"""The button for a passkey: `{% load passkeys %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("account/passkey_form.html", takes_context=True)
def passkey_form(
    context: Context,
    text: str,
    action: str,
    *,
    make: bool = False,
    log_in: bool = False,
    variant: str = "primary",
    confirming: str = "",
    kept: Iterable[tuple[str, str]] = (),
    options: str = "",
) -> dict[str, Any]:
    """Make a passkey, or use one: to log in, or to confirm (then `kept` goes along).

    `options` is the address that tells the browser what to do, where that is not the usual one.
    """
    return {
        "text": text,
        "action": action,
        "ask": "create" if make else "get",
        "options": options or reverse("passkey_new_options" if make else "passkey_options"),
        "purpose": "log-in" if log_in else "",
        "variant": variant,
        "field": "confirm_credential" if confirming else "credential",
        "confirming": confirming,
        "kept": kept,
        "csrf_token": context.get("csrf_token", ""),
    }
