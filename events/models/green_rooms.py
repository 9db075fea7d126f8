"""Where speakers meet before a meeting, and the entry each has in their calendar."""

import uuid

from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from events.models.meetings import Meeting
from events.models.speakers import new_link_key

LONGEST_BEFORE = 120


class GreenRoom(models.Model):
    """How long before a meeting its speakers come together, and the link with which hosts and speakers get in (B47).

    The link can end a call for everybody, so it is unreadable at rest, and no page, feed or letter has it: an address
    of our own leads there.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="green_room")
    minutes = models.PositiveSmallIntegerField(
        _("minutes before the start"), default=0, validators=[MaxValueValidator(LONGEST_BEFORE)]
    )
    host_link = EncryptedTextField(
        _("link for hosts and speakers"), blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )

    class Meta:
        verbose_name = _("green room")
        verbose_name_plural = _("green rooms")

    def __str__(self) -> str:
        return f"Green room {self.pk}"


class SpeakerEntry(models.Model):
    """The entry about a meeting that stands in the calendar of whoever reads the post at `email`.

    Of the address, not of the speaker: it has to be taken out again where a speaker is struck off, or writes from
    elsewhere now. `said` is a digest of what the entry said when it was last sent; empty once it was taken out.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speaker_entries")
    email = models.EmailField(_("e-mail address"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    said = models.CharField(max_length=64, blank=True, editable=False)
    # What the way in is made for: with another key, the one that is out leads nowhere.
    link_key = models.CharField(max_length=32, default=new_link_key, editable=False)

    class Meta:
        verbose_name = _("speaker’s calendar entry")
        verbose_name_plural = _("speakers’ calendar entries")
        constraints = [models.UniqueConstraint("meeting", Lower("email"), name="one_entry_a_speaker")]

    def __str__(self) -> str:
        return f"Entry {self.pk}"
