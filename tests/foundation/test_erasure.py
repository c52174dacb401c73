"""No field can be forgotten when a person is erased."""

import pytest
from django.apps import apps

from metgezel.foundation.people.erasure import Erasure, erasure

OURS = [model for model in apps.get_models() if model.__module__.startswith("metgezel.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_says_what_erasure_does_to_it(model):
    declared = getattr(model, "ERASURE", {})
    fields = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    assert set(declared) == fields


def test_a_field_has_one_erasure_class():
    with pytest.raises(ValueError, match="two erasure classes"):
        erasure(keep="name", erase="name")
    assert erasure(blur="on") == {"on": Erasure.BLUR}
