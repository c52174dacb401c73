"""Today of somebody who leads many files has the same order as that of anybody else."""

import pytest

from metgezel.companion.journeys.models import PlanStep
from metgezel.foundation.association.models import User
from metgezel.screens.companion.today_steps import _group_by_group, _sorted
from metgezel.site.demo.generate import fill

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("most", [1, 7, 61, 2000])
def test_group_by_group_gives_the_order_that_sorting_gives(most, today):
    fill(60, 1, today, lambda done: None)
    leader = User.objects.get(email="foundation_leader@demo.example")
    rows = PlanStep.objects.visible_to(leader).filter(closed="")
    expected = [row.pk for row in _sorted(rows, today, most)]
    assert [row.pk for row in _group_by_group(rows, today, most)] == expected
    assert expected
