"""The papers of a person: see them, add one, take one home, take one away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.companion.papers.keeping import add_paper, content_of, remove_paper
from metgezel.companion.papers.models import Kind, Paper
from metgezel.companion.papers.refusals import PaperRefused
from metgezel.companion.papers.storage import ContentLost
from metgezel.foundation.access.grounds import Ground, ground_of
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import exported
from metgezel.foundation.people.models import ClientFile

from .paper_forms import PaperForm

#: What the browser is told a paper is, and the ending of its name.
FORMS = {
    Kind.PDF: ("application/pdf", "pdf"),
    Kind.JPEG: ("image/jpeg", "jpg"),
    Kind.PNG: ("image/png", "png"),
    Kind.TEXT: ("application/octet-stream", "txt"),
}


@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, file: UUID) -> HttpResponse:
    """The papers of a file, newest first, and a form for one more."""
    found = _file(request, file)
    form = PaperForm()
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES, sent=_sent(request))
        if form.is_valid() and _added(request, found, form):
            messages.success(request, _("The paper is stored."))
            return redirect("papers", file=found.pk)
    shown = Paper.objects.visible_to(request.user).filter(file=found).select_related("uploaded_by")
    mine, all_of_them = request.user.pk, _may_remove_all(request, found)
    context = {
        "file": found,
        "form": form,
        "papers": [
            (paper, localdate(paper.uploaded_at), all_of_them or paper.uploaded_by_id == mine)
            for paper in shown
        ],
    }
    return render(request, "companion/papers.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def paper_download(request: HttpRequest, file: UUID) -> HttpResponse:
    """Give a paper out as something to keep, never as something that acts on our pages."""
    found = _file(request, file)
    paper = _asked(request, found)
    if paper is None:
        return redirect("papers", file=found.pk)
    try:
        content = content_of(paper)
    except ContentLost:
        return render(
            request, "companion/paper_lost.html", {"file": found, "paper": paper}, status=503
        )
    exported(1)
    mime, ending = FORMS[Kind(paper.kind)]
    return HttpResponse(
        content,
        content_type=mime,
        headers={
            "Content-Disposition": content_disposition_header(True, f"{paper.name}.{ending}") or "",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


@require_http_methods(["GET", "POST"])
def paper_remove(request: HttpRequest, file: UUID) -> HttpResponse:
    """Ask first; then the paper is gone for everybody."""
    found = _file(request, file)
    paper = _asked(request, found)
    if paper is None:
        return redirect("papers", file=found.pk)
    if not may_remove(request, found, paper):
        raise Http404
    if request.method == "POST":
        remove_paper(paper)
        messages.success(request, _("The paper is removed."))
        return redirect("papers", file=found.pk)
    return render(request, "companion/paper_remove.html", {"file": found, "paper": paper})


def may_remove(request: HttpRequest, file: ClientFile, paper: Paper) -> bool:
    """Whoever walks along or leads may; the person herself, or who has a key, what she added."""
    return paper.uploaded_by_id == request.user.pk or _may_remove_all(request, file)


def _may_remove_all(request: HttpRequest, file: ClientFile) -> bool:
    user = request.user
    ground = ground_of(user, file.pk) if isinstance(user, User) else None
    return ground in {Ground.ASSIGNMENT, Ground.TEAM_LEADER}


def _file(request: HttpRequest, file: UUID) -> ClientFile:
    return get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person", "unit"), pk=file
    )


def _asked(request: HttpRequest, file: ClientFile) -> Paper | None:
    """The paper that the address names; None when it names none."""
    named = request.GET.get("paper")
    if not named:
        return None
    try:
        key = UUID(named)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Paper.objects.visible_to(request.user).filter(file=file), pk=key)


def _sent(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0


def _added(request: HttpRequest, file: ClientFile, form: PaperForm) -> bool:
    user = request.user if isinstance(request.user, User) else None
    try:
        add_paper(file, user, form.paper_name(), form.cleaned_data["content"].read())
    except PaperRefused as refused:
        form.add_error("content", refused.sentence)
        return False
    return True
