"""A striking day in one sentence: what was seen, never what it means."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext

from metgezel.foundation.audit.anomalies import Kind
from metgezel.foundation.audit.models import JournalFinding


def in_a_sentence(finding: JournalFinding, numbers: Mapping[UUID, str]) -> str:
    """What was seen; `numbers` gives the number of a file."""
    values = {
        "name": finding.actor.name if finding.actor else "",
        "number": finding.number,
        "usual": finding.usual,
        "file": numbers.get(finding.file, "") if finding.file else "",
    }
    return _SENTENCES[Kind(finding.kind)]() % values


def what_can_explain_it(kind: str) -> str:
    """The everyday reason that comes first to mind."""
    return _EXPLANATIONS[Kind(kind)]()


_SENTENCES = {
    Kind.VOLUME: lambda: gettext(
        "%(name)s opened %(number)s different files on this day; usually it is %(usual)s."
    ),
    Kind.NIGHT: lambda: gettext(
        "%(name)s opened files between eleven at night and six in the morning: %(number)s."
    ),
    Kind.FREE_DAY: lambda: gettext(
        "%(name)s opened %(number)s files on a day when most people are free."
    ),
    Kind.NAMESAKE: lambda: gettext(
        "%(name)s opened files of people with the same family name, without being linked to them:"
        " %(number)s."
    ),
    Kind.SAME_TOWN: lambda: gettext(
        "%(name)s opened files of people from her or his own municipality, without being linked to"
        " them: %(number)s."
    ),
    Kind.FAMOUS: lambda: gettext(
        "File %(file)s was opened by %(number)s different colleagues in one week; usually it is"
        " %(usual)s."
    ),
    Kind.REFUSED: lambda: gettext(
        "%(name)s tried the addresses of files that are closed to her or him, or do not exist:"
        " %(number)s."
    ),
    Kind.LISTING: lambda: gettext(
        "%(name)s saw people in lists %(number)s times and opened no file."
    ),
}

_EXPLANATIONS = {
    Kind.VOLUME: lambda: gettext("Perhaps she or he stood in for somebody else."),
    Kind.NIGHT: lambda: gettext("Perhaps there was an emergency, or somebody cannot sleep."),
    Kind.FREE_DAY: lambda: gettext("Many volunteers work at the weekend."),
    Kind.NAMESAKE: lambda: gettext("Many people share a name without being family."),
    Kind.SAME_TOWN: lambda: gettext("In a small place, everybody is a neighbour."),
    Kind.FAMOUS: lambda: gettext("Perhaps the person moved, or many colleagues help."),
    Kind.REFUSED: lambda: gettext("Perhaps an old link, or a file that has moved on."),
    Kind.LISTING: lambda: gettext("Perhaps somebody was planning the week."),
}
