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

#: Can open one file for an hour with a drop-in key.
USES_KEYS: frozenset[Role] = frozenset({Role.DESK, Role.COMPANION, Role.LEGAL_COMPANION})

#: Roles one person cannot have at the same time, and why. Who hands out access does not use it;
#: who watches over privacy or supervises is not among the watched (GDPR art. 38, sixth paragraph).
INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    frozenset({watcher, watched})
    for watcher in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.PARTNER)
    for watched in WORKS_IN_FILES
) | {
    frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}),
    frozenset({Role.BOARD, Role.PRIVACY_OFFICER}),
    frozenset({Role.PARTNER, Role.PRIVACY_OFFICER}),
    frozenset({Role.PARTNER, Role.ADMINISTRATOR}),
}
