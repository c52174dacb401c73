"""Which units and colleagues an administrator meets here; of all others no page exists."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from metgezel.foundation.association.administration import administered
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, UnitQuerySet, User
from metgezel.foundation.association.roles import Role


def my_units(request: HttpRequest) -> UnitQuerySet:
    """The units the visitor administers today."""
    if not isinstance(request.user, User):
        raise Http404
    return administered(request.user, current_day())


def colleagues_here(request: HttpRequest) -> QuerySet[User]:
    """Everybody who has or had a role in these units as a colleague; a client is not one."""
    held = Membership.objects.filter(unit__in=my_units(request)).exclude(role=Role.CLIENT)
    return User.objects.filter(memberships__in=held).distinct()


def colleague_of(request: HttpRequest, number: int) -> User:
    """Somebody among the colleagues here; anybody else is not found."""
    return get_object_or_404(colleagues_here(request), pk=number)
