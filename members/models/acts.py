"""What was done in a network's panel, and by whom."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from members.models.networks import Network
from members.models.people import User


class Act(models.Model):
    """One act of somebody with a role: never what was said, of whom, or where they are reached (R15).

    Rows are only added; the database refuses changes. All that may change is that whoever acted is erased.
    """

    class Kind(models.IntegerChoices):
        ADDED = ADDITION, gettext_lazy("added")
        CHANGED = CHANGE, gettext_lazy("changed")
        DELETED = DELETION, gettext_lazy("deleted")

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="acts", verbose_name=gettext_lazy("network")
    )
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="acts", verbose_name=gettext_lazy("person")
    )
    at = models.DateTimeField(gettext_lazy("when"), auto_now_add=True, db_index=True)
    kind = models.PositiveSmallIntegerField(gettext_lazy("kind"), choices=Kind)
    about = models.CharField(gettext_lazy("about"), max_length=60)
    number = models.PositiveBigIntegerField(gettext_lazy("number"))
    words = models.TextField(gettext_lazy("what"), blank=True)
    values = models.JSONField(gettext_lazy("before and after"), default=dict)

    class Meta:
        verbose_name = gettext_lazy("act")
        verbose_name_plural = gettext_lazy("acts")
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=[1, 2, 3]), name="act_kind"),)

    def __str__(self) -> str:
        return f"{self.about} {self.number}"

    @property
    def who(self) -> str:
        return str(self.user) if self.user else _("somebody who was erased")

    @property
    def what(self) -> str:
        """In words, by the names of fields: Django keeps them so that they can be said in the reader's language."""
        return str(LogEntry(action_flag=self.kind, change_message=self.words).get_change_message())

    @property
    def steps(self) -> list[str]:
        """ "role: member → owner", for what may be said of before and after."""
        return [f"{name}: {before or '–'} → {after or '–'}" for name, (before, after) in self.values.items()]
