"""Who we are: the tree of units, the people who log in, and their roles from day to day."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure

from .kept_secrets import KeptSecret
from .log_ins import LogIn
from .roles import Role
from .tries import Tries
from .welcome_codes import WelcomeCode

__all__ = [
    "STANDS_UNDER",
    "KeptSecret",
    "LogIn",
    "Membership",
    "MembershipQuerySet",
    "Tries",
    "Unit",
    "UnitKind",
    "UnitQuerySet",
    "User",
    "UserManager",
    "WelcomeCode",
]


class UnitKind(models.TextChoices):
    """The three levels, from the top down."""

    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    LOCATION = "location", _("location")


#: What a unit of this kind stands under.
STANDS_UNDER: dict[str, str | None] = {
    UnitKind.ASSOCIATION: None,
    UnitKind.FOUNDATION: UnitKind.ASSOCIATION,
    UnitKind.LOCATION: UnitKind.FOUNDATION,
}


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about the tree."""

    def at_or_below(self, *paths: str) -> Self:
        """The units with these paths and all units under them; no path means no unit."""
        if not paths:
            return self.none()
        wanted = Q()
        for path in paths:
            wanted |= Q(path__startswith=path)
        return self.filter(wanted)


class Unit(models.Model):
    """The association itself, one of its foundations, or a location of a foundation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6, blank=True, default="")
    path = models.CharField(max_length=200, unique=True, editable=False)

    ERASURE: ClassVar = erasure(keep="id parent kind name municipality path")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="unit_only_associations_stand_alone",
                condition=Q(kind=UnitKind.ASSOCIATION, parent__isnull=True)
                | (~Q(kind=UnitKind.ASSOCIATION) & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="unit_kind_known", condition=Q(kind__in=list(UnitKind.values))
            ),
            models.CheckConstraint(name="unit_name_not_blank", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the unit with its path; refuse a place in the tree that does not exist.

        Raises:
            ValidationError: the parent is of the wrong kind. Moving a unit that has units under
                it goes through ``units.move_unit``, which rewrites their paths as well.
        """
        self.check_place()
        self.path = f"{self.parent.path if self.parent else '/'}{self.id.hex}/"
        super().save(*args, **kwargs)

    def check_place(self) -> None:
        """Raise ValidationError unless the parent is one level above this unit."""
        wanted = STANDS_UNDER.get(self.kind)
        actual = self.parent.kind if self.parent else None
        if self.kind not in STANDS_UNDER or actual != wanted:
            raise ValidationError(
                _("A %(kind)s stands under %(wanted)s, not under %(actual)s."),
                params={
                    "kind": self.kind,
                    "wanted": wanted or _("nothing"),
                    "actual": actual or _("nothing"),
                },
                code="wrong_place",
            )

    @property
    def association_id(self) -> uuid.UUID:
        """The id of the association this unit belongs to: the first step of its path."""
        return uuid.UUID(self.association_path.strip("/"))

    @property
    def association_path(self) -> str:
        """The path of the association this unit belongs to."""
        return f"/{self.path.split('/')[1]}/"


class UserManager(BaseUserManager["User"]):
    """Makes accounts. There is no public sign-up: a colleague is invited."""

    def create_user(
        self, email: str, name: str, password: str | None = None, **extra: Any
    ) -> "User":
        """Store a new account; without a password nobody can log in on it yet.

        Raises:
            ValueError: the e-mail address is blank.
        """
        if not email.strip():
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email, name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the account of an e-mail address, however its capitals were typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who logs in: a colleague, a volunteer or a client.

    A refugee who becomes a volunteer keeps the same Person; see ``person``.
    """

    class Language(models.TextChoices):
        DUTCH = "nl", "Nederlands"
        ENGLISH = "en", "English"
        ARABIC = "ar", "العربية"  # clients only: their own pages

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.DUTCH
    )
    person = models.OneToOneField(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    ERASURE: ClassVar = erasure(
        keep="id language is_active",
        blur="last_login created_at",
        erase="email name password person",
    )

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the account; the address in small letters, so that it is one account."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about roles on a day."""

    def running(self, today: date) -> Self:
        """The memberships that hold on this day; the last day counts."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)


class Membership(models.Model):
    """Somebody has a role in a unit, from a day until a day (or with no end yet)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    ERASURE: ClassVar = erasure(keep="id unit role", blur="starts ends", erase="user")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=list(Role.values))
            ),
            models.UniqueConstraint(
                name="membership_one_running_per_role",
                fields=["user", "unit", "role"],
                condition=Q(ends__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"
