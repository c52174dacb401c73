"""Lets PostgreSQL judge every row a page asks for, by who asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from metgezel.foundation.access.grounds import looker
from metgezel.foundation.access.second_wall import behind_the_second_wall
from metgezel.foundation.association.models import User


class SecondWall:
    """Works as the web role, on behalf of whoever is logged in, for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request behind the wall; a stranger sees no row at all."""
        who = looker(request.user) if isinstance(request.user, User) else None
        with behind_the_second_wall(who):
            return self.get_response(request)
