"""A client asks about a line in her journal; the privacy officer answers."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .keeper import as_the_keeper
from .models import JournalEntry, JournalQuestion


def ask(file: ClientFile, entry: JournalEntry, words: str, now: datetime) -> JournalQuestion:
    """Store a question; asking twice about the same line before an answer stays one question.

    Raises:
        ValidationError: the line is about another file.
    """
    if entry.file != file.pk:
        raise ValidationError(_("This line is not about this file. Nothing was stored."))
    with transaction.atomic():
        ClientFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        waiting = file.journal_questions.filter(entry=entry, answered_at__isnull=True).first()
        if waiting is None:
            return JournalQuestion.objects.create(
                file=file, entry=entry, words=words.strip(), asked_at=now
            )
        if words.strip() and words.strip() not in waiting.words:
            waiting.words = f"{waiting.words}\n{words.strip()}".strip()
            waiting.save(update_fields=["words"])
        return waiting


def answer(question: JournalQuestion, officer: User, words: str, now: datetime) -> None:
    """Answer a client; what was answered stays.

    Raises:
        ValidationError: there are no words, or somebody answered already.
    """
    if not words.strip():
        raise ValidationError({"words": _("Write an answer. Nothing was stored.")})
    with as_the_keeper(), transaction.atomic():
        locked = JournalQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if locked.answered_at:
            raise ValidationError(_("A colleague answered this meanwhile. Nothing was stored."))
        locked.answer, locked.answered_by, locked.answered_at = words.strip(), officer, now
        locked.save(update_fields=["answer", "answered_by", "answered_at"])
