"""The roles a colleague can have, and what each role may come near."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody does for the association; stored as the value, shown as the label."""

    COMPANION = "companion", _("companion")
    LEGAL_COMPANION = "legal_companion", _("legal companion")
    DESK = "desk", _("walk-in desk")
    COORDINATOR = "coordinator", _("volunteer coordinator")
    TEAM_LEADER = "team_leader", _("team leader")
    ADVOCATE = "advocate", _("advocate")
    BOARD = "board", _("board")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    PARTNER = "partner", _("partner")
    CLIENT = "client", _("client")
    VOLUNTEER = "volunteer", _("volunteer")
    ADMINISTRATOR = "administrator", _("administrator")


#: An assignment opens a file only for somebody who also has one of these roles. The others
#: (advocate, board, privacy officer, partner, administrator, client) never work in a file.
WORKS_IN_FILES: frozenset[Role] = frozenset(
    {
        Role.COMPANION,
        Role.LEGAL_COMPANION,
        Role.DESK,
        Role.COORDINATOR,
        Role.TEAM_LEADER,
        Role.VOLUNTEER,
    }
)

#: Opens every file of the unit and of the units below it.
LEADS_FILES: frozenset[Role] = frozenset({Role.TEAM_LEADER})
