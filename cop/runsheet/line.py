"""A meeting as a line in time, from planned to forgotten: what is done, what is due, what is late."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cop.runsheet.checklist import How, Step, checklist_of
from events.models import Meeting


def line_of(meeting: Meeting, at: datetime) -> list[Step]:
    """The stages of a meeting, in their order."""
    planned = Step(name=_("Planned"), how=How.DONE)
    return [planned, *(step for step in checklist_of(meeting, at) if not step.is_small)]
