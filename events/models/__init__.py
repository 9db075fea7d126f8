"""When a network meets, what about, and who comes."""

from events.models.access_needs import AccessNeed
from events.models.attendance import AttendanceReport
from events.models.colleagues import OpenToColleagues
from events.models.feeds import OwnCalendar, Told
from events.models.green_rooms import GreenRoom, SpeakerEntry
from events.models.introductions import Introduction
from events.models.materials import Material
from events.models.meetings import AgendaItem, Meeting, Topic
from events.models.nagging import Nagged
from events.models.notices import Notice
from events.models.planning import PlannedDate
from events.models.preparing import Host, LinkTrial
from events.models.questions import Allowance, Question, Support
from events.models.registrations import Registration
from events.models.reminding import Reminded, ReminderPlan
from events.models.series import Series
from events.models.speakers import SeenBy, Speaker
from events.models.standing_places import StandingPlace
from events.models.suggestions import Backing, Suggestion
from events.models.surveys import Survey, SurveyQuestion
from events.models.talks import TalkCall, TalkOffer
from events.models.uploads import Upload

__all__ = [
    "AccessNeed",
    "AgendaItem",
    "Allowance",
    "AttendanceReport",
    "Backing",
    "GreenRoom",
    "Host",
    "Introduction",
    "LinkTrial",
    "Material",
    "Meeting",
    "Nagged",
    "Notice",
    "OpenToColleagues",
    "OwnCalendar",
    "PlannedDate",
    "Question",
    "Registration",
    "Reminded",
    "ReminderPlan",
    "SeenBy",
    "Series",
    "Speaker",
    "SpeakerEntry",
    "StandingPlace",
    "Suggestion",
    "Support",
    "Survey",
    "SurveyQuestion",
    "TalkCall",
    "TalkOffer",
    "Told",
    "Topic",
    "Upload",
]
