"""Who is reminded of a meeting when, and who has been."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from events.models.registrations import Registration
from events.models.series import Series
from events.rules.reminding import USUAL, Step, read_steps
from members.models import Network

STEPS: dict[Step, Promise] = {
    Step.TWO_WEEKS: _("two weeks before"),
    Step.WEEK: _("a week before"),
    Step.THREE_DAYS: _("three days before"),
    Step.DAY: _("a day before"),
    Step.THREE_HOURS: _("three hours before"),
    Step.HOUR: _("an hour before"),
    Step.QUARTER: _("a quarter of an hour before"),
    Step.AFTER: _("after the end"),
}


class ReminderPlanQuerySet(models.QuerySet["ReminderPlan"]):
    def for_meeting(self, meeting: Meeting) -> "ReminderPlan | None":
        """The plan that holds for a meeting: its own, or else its series', or else its network's."""
        whose = Q(meeting=meeting) | Q(network=meeting.network_id)
        if meeting.series_id:
            whose |= Q(series=meeting.series_id)
        own_first = models.Case(
            models.When(meeting__isnull=False, then=0), models.When(series__isnull=False, then=1), default=2
        )
        return self.filter(whose).order_by(own_first).first()


class ReminderPlan(models.Model):
    """When people are reminded: of one meeting, of those of a series, or of all of a network's. None: as usual."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    series = models.OneToOneField(Series, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # Values of `events.rules.reminding.Step`, with commas between; empty: nobody is reminded.
    kept = models.CharField(max_length=60, blank=True)

    objects = ReminderPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of reminders")
        verbose_name_plural = _("plans of reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(network__isnull=False, series=None, meeting=None)
                | Q(network=None, series__isnull=False, meeting=None)
                | Q(network=None, series=None, meeting__isnull=False),
                name="reminder_plan_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan of reminders {self.pk}"

    @property
    def steps(self) -> tuple[Step, ...]:
        return read_steps(self.kept)


def steps_for(meeting: Meeting) -> tuple[Step, ...]:
    """When people are reminded of a meeting."""
    plan = ReminderPlan.objects.for_meeting(meeting)
    return plan.steps if plan else USUAL


class Reminded(models.Model):
    """That somebody's turn at one step has been: they are not reminded at it again, whatever becomes of the letter."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminded")
    step = models.CharField(_("reminder"), max_length=5, choices=[(step.value, words) for step, words in STEPS.items()])
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["registration", "step"], name="one_reminder_a_step")]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"
