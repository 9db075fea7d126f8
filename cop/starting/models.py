"""How far setting up has come."""

from django.db import models


class SetUp(models.Model):
    """One row at most, from when the owner is named. Who that is, and which network, their own rows say."""

    THE_ONE = 1

    # Counts every step that was saved, so that of two who set up at once the second sees what the first did.
    version = models.PositiveIntegerField(default=0)
    code_digest = models.CharField(max_length=64, blank=True)
    mail_arrived_at = models.DateTimeField(null=True)
    worker_seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="set_up_once")]

    def __str__(self) -> str:
        return "Setting up"
