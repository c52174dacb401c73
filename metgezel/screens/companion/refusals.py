"""Store what a form asks for; what stands in the way is said on that form."""

from collections.abc import Callable

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.foundation.access.door import Visitor
from metgezel.foundation.people.models import ClientFile

from .file_form import FileForm


def stored(form: FileForm, file: ClientFile, reader: Visitor, change: Callable[[], object]) -> bool:
    """Whether the change was made. What was typed stays on the form, beside their version."""
    try:
        change()
    except ChangeRefused as refused:
        form.refuse(refused)
    except StaleFile as stale:
        form.show_both(file, stale, reader)
    else:
        return True
    return False
