"""What readers say is wrong: like drafts it is unreadable in the database, and forgotten."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from events.models import Meeting
from members.models import User


class Correction(models.Model):
    """A member's suggestion about one point of circulated notes, and what became of it.

    Those who run the network see the point and the words, never whose they are: whoever puts their own words right
    would say that they are theirs. `suggester` is the id of an account, so that the member finds the answer.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an organiser")
        WORDED = "worded", _("new words wait to be put in place")
        DONE = "done", _("corrected")
        DECLINED = "declined", _("left as it is")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    suggester = EncryptedTextField()
    # The point as it was read; "" once that can no longer be read.
    about = EncryptedTextField(blank=True)
    words = EncryptedTextField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    # What the point is to say instead, or was to say before that was set aside; "" leaves it out.
    new_text = EncryptedTextField(blank=True)
    worded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = EncryptedTextField(blank=True)
    moved_on = models.DateField(_("last moved on"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "worded", "done", "declined"]), name="correction_state"
            ),
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk}"
