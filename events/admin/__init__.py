"""The panel's pages about meetings and who comes."""

from events.admin.meetings import MeetingAdmin
from events.admin.registrations import RegistrationAdmin
from events.admin.reports import AttendanceReportAdmin
from events.admin.series import SeriesAdmin, TopicAdmin
from events.admin.suggestions import SuggestionAdmin
from events.admin.surveys import SurveyAdmin

__all__ = [
    "AttendanceReportAdmin",
    "MeetingAdmin",
    "RegistrationAdmin",
    "SeriesAdmin",
    "SuggestionAdmin",
    "SurveyAdmin",
    "TopicAdmin",
]
