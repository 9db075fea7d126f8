"""When a network meets, what about, and who comes."""

from events.models.feeds import OwnCalendar
from events.models.meetings import AgendaItem, Material, Meeting, Series, Speaker, Topic
from events.models.questions import Allowance, Question, Support
from events.models.registrations import Registration
from events.models.standing_places import StandingPlace

__all__ = [
    "AgendaItem",
    "Allowance",
    "Material",
    "Meeting",
    "OwnCalendar",
    "Question",
    "Registration",
    "Series",
    "Speaker",
    "StandingPlace",
    "Support",
    "Topic",
]
