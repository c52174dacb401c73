"""Why can I see this file?"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from metgezel.foundation.access.explain import why_open
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile


@require_safe
def why(request: HttpRequest, file: UUID) -> HttpResponse:
    """The grounds on which this user may open this file, in sentences."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person", "unit"), pk=file
    )
    if not isinstance(request.user, User):
        raise Http404
    grounds = why_open(request.user, found, current_day())
    return render(request, "companion/why.html", {"file": found, "grounds": grounds})
