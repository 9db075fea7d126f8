"""What the programme keeps, and how long."""

from django.utils.translation import gettext as _, gettext_lazy

from events.actions.access_needs import FORGOTTEN_AFTER, forget_access_needs
from events.actions.answering import forget_answers
from events.actions.forgetting import forget_due
from events.actions.green_rooms import KEEP_ENTRIES, forget_entries
from events.actions.introducing import forget_introductions
from events.actions.offering import forget_offers
from events.actions.reminding import KEEP_REMINDED, forget_reminded
from events.actions.reporting import forget_reports
from events.models import (
    AccessNeed,
    Allowance,
    AttendanceReport,
    Backing,
    Host,
    Introduction,
    LinkTrial,
    OpenToColleagues,
    OwnCalendar,
    Question,
    Registration,
    Reminded,
    Speaker,
    SpeakerEntry,
    StandingPlace,
    Suggestion,
    Support,
    Survey,
    SurveyQuestion,
    TalkCall,
    TalkOffer,
    Upload,
)
from members.models import Network
from members.retention import Kept, days, keep


def _with_the_archive(network: Network | None) -> str:
    return _("As long as the meeting is in the archive, or until you erase yourself")


def _some_days_after_the_meeting(network: Network | None) -> str:
    if network is None:
        return _("As many days after the meeting as the network has set")
    return _("%s after the meeting") % days(network.retention_days)


keep(
    Kept(
        name="registrations",
        what=gettext_lazy("That you registered for a meeting, and whether you came"),
        why=gettext_lazy("To give you your place, and to know how many come."),
        until=_with_the_archive,
        holds=(Registration,),
    ),
    Kept(
        name="reports",
        what=gettext_lazy("That you stand in a report of who was in a call, encrypted"),
        why=gettext_lazy("So that an organiser can look before anybody is marked, and undo it."),
        until=lambda network: _("%s, or once it has been decided about") % days(AttendanceReport.KEPT_FOR.days),
        holds=(AttendanceReport,),
        job=forget_reports,
    ),
    Kept(
        name="access needs",
        what=gettext_lazy("What you need to be able to take part in a meeting, encrypted"),
        why=gettext_lazy("So that its organisers can see to it. Nobody else reads it."),
        until=lambda network: _("%s after the meeting, or as soon as you do not come") % days(FORGOTTEN_AFTER.days),
        holds=(AccessNeed,),
        job=forget_access_needs,
    ),
    Kept(
        name="standing places",
        what=gettext_lazy("That you come to every meeting of a series"),
        why=gettext_lazy("To register you for each as it is announced."),
        until=lambda network: _("Until you say that you do not, leave the network or erase yourself"),
        holds=(StandingPlace,),
    ),
    Kept(
        name="colleagues",
        what=gettext_lazy("That members of your organisation may be told when you come too, if you said so"),
        why=gettext_lazy("To name you to them in their reminder, and to nobody else."),
        until=lambda network: _("Until you take it back, leave the network or erase yourself"),
        holds=(OpenToColleagues,),
    ),
    Kept(
        name="reminders",
        what=gettext_lazy("At which steps you have been reminded of a meeting"),
        why=gettext_lazy("So that nobody is reminded twice."),
        until=lambda network: _("%s after the meeting") % days(KEEP_REMINDED.days),
        holds=(Reminded,),
        job=forget_reminded,
    ),
    Kept(
        name="own calendars",
        what=gettext_lazy("That you have a calendar of your own meetings; its address only as a digest"),
        why=gettext_lazy("To answer your calendar program."),
        until=lambda network: _("Until you end it, or erase yourself"),
        holds=(OwnCalendar,),
    ),
)
keep(
    Kept(
        name="talks",
        what=gettext_lazy(
            "That you gave a talk: your name, role and organisation of that day, what you say of yourself"
        ),
        why=gettext_lazy(
            "To announce your talk, as far as you choose. A name that everybody may see stays when you erase yourself; "
            "one that you kept to members or to nobody goes, and so does what you say of yourself."
        ),
        until=lambda network: _("As long as the meeting is in the archive; your address until you erase yourself"),
        holds=(Speaker, Upload),
    ),
    Kept(
        name="speakers' entries",
        what=gettext_lazy("That you speak at a meeting, and what the entry in your calendar says"),
        why=gettext_lazy("To change that entry, or take it out."),
        until=lambda network: _("%s after the meeting, or until you erase yourself") % days(KEEP_ENTRIES.days),
        holds=(SpeakerEntry,),
        job=forget_entries,
    ),
    Kept(
        name="questions",
        what=gettext_lazy("Questions without a name. Whose one is was never kept"),
        why=gettext_lazy("To be answered in the meeting."),
        until=_some_days_after_the_meeting,
        holds=(Question, Support, Allowance),
        job=forget_due,
    ),
)
keep(
    Kept(
        name="suggestions",
        what=gettext_lazy("Which topics you suggested and which you want. No page tells others, unless you chose it"),
        why=gettext_lazy("To count each person once, and to tell you when there is a meeting about it."),
        until=lambda network: _("Until you take it back or erase yourself. The words of a topic stay with the network"),
        holds=(Suggestion, Backing),
    )
)
keep(
    Kept(
        name="surveys",
        what=gettext_lazy("Answers to surveys and feedback on meetings, added up. Whose one is was never kept"),
        why=gettext_lazy("So that organisers learn what to do better."),
        until=lambda network: _("That you answered, until it is closed; your words for a year more. Figures stay"),
        holds=(Survey, SurveyQuestion),
        job=forget_answers,
    )
)
keep(
    Kept(
        name="talks offered",
        what=gettext_lazy("Which short talk you offered for a meeting, and what the organisers answered"),
        why=gettext_lazy("So that organisers can take it into the agenda, and answer you."),
        until=lambda network: _("%s after the meeting, or until you take it back or erase yourself") % days(30),
        holds=(TalkCall, TalkOffer),
        job=forget_offers,
    )
)
keep(
    Kept(
        name="introductions",
        what=gettext_lazy("Whom you asked to be introduced to, who asked for you, and what was answered, unreadable"),
        why=gettext_lazy("To give you each other's address once you have both said yes."),
        until=lambda network: _("%s after it was asked, or until one of you is erased") % days(90),
        holds=(Introduction,),
        job=forget_introductions,
    )
)
keep(
    Kept(
        name="hosts",
        what=gettext_lazy("That you host a meeting, or tried the link to its call"),
        why=gettext_lazy("So that organisers know the day before that somebody opens the call."),
        until=_with_the_archive,
        holds=(Host, LinkTrial),
    )
)
