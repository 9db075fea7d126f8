"""The panel's pages about meetings and who comes."""

from events.admin.meetings import MeetingAdmin
from events.admin.registrations import RegistrationAdmin
from events.admin.series import SeriesAdmin, TopicAdmin

__all__ = ["MeetingAdmin", "RegistrationAdmin", "SeriesAdmin", "TopicAdmin"]
