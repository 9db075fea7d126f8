"""People: one account each, known by an e-mail address."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.rules.roles import Duty


class Sector(models.TextChoices):
    """Where somebody works: as much as a point may say of its contributor without naming an organisation."""

    PUBLIC = "public", _("Public sector")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    PRIVATE = "private", _("Private sector")
    ACADEMIA = "academia", _("Academia")


MOST_FORMS = 30
LONGEST_FORM = 100


def known_forms(lines: Iterable[str]) -> tuple[str, ...]:
    """Other names, one a line, each once; only so many and so long, for whole texts would stop every review."""
    forms = dict.fromkeys(line.strip() for line in lines)
    return tuple(form for form in forms if 0 < len(form) <= LONGEST_FORM)[:MOST_FORMS]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in by code; a password is for installations that want one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. No two have the same address, however it is capitalised."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    job_title = models.CharField(_("role"), max_length=200, blank=True)
    also_known_as = models.TextField(
        _("also known as"),
        blank=True,
        help_text=_(
            "Other names, handles or names of your organisation, one a line. We look for them in the notes, so that "
            "none slips through."
        ),
    )
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(condition=~models.Q(email=""), name="person_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def aliases(self) -> tuple[str, ...]:
        return known_forms(self.also_known_as.splitlines())

    @cached_property
    def is_staff(self) -> bool:
        """Whether the panel is open to this person: they have a role in a network, or own the site."""
        return self.is_superuser or self.memberships.active().with_duty(Duty.LOOK).exists()
