"""When a network meets, what about, and who comes."""

from events.models.meetings import AgendaItem, Material, Meeting, Series, Speaker, Topic
from events.models.registrations import Registration

__all__ = ["AgendaItem", "Material", "Meeting", "Registration", "Series", "Speaker", "Topic"]
