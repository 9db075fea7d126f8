"""Counting how often somebody asked."""

from django.db import models


class Tally(models.Model):
    """How often one act was done by or to one key within one span of time; the key is a keyed digest, never clear."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "Tally"
