"""What the programme's letters are about, made up."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from events.models import (
    AgendaItem,
    GreenRoom,
    Introduction,
    Meeting,
    Registration,
    Speaker,
    SpeakerEntry,
    Suggestion,
    TalkOffer,
)
from events.rules.introductions import Answer
from members.models import Circular, Mailing, User
from members.samples import Made, sample

State = Registration.State


def sample_meeting(made: Made) -> Meeting:
    """A meeting of this network, in a fortnight at two; the mailing is about it from now on."""
    start = (timezone.now() + timedelta(days=14)).replace(hour=14, minute=0, second=0, microsecond=0)
    meeting = Meeting.objects.create(
        network=made.network,
        title=_("A sample meeting"),
        summary=_("A sentence or two about what it is for."),
        slug=f"sample-{made.mailing.pk}",
        starts_at=start,
        ends_at=start + timedelta(minutes=75),
        state=Meeting.State.PUBLISHED,
        video_link="https://video.example/room",
    )
    Mailing.objects.filter(pk=made.mailing.pk).update(about_id=meeting.pk)
    return meeting


def _registration(made: Made, state: str) -> Registration:
    meeting, reader = sample_meeting(made), made.reader
    return Registration.objects.create(meeting=meeting, user=reader, name=reader.name, state=state, confirmed=True)


@sample(
    {
        "events/registered": gettext_lazy("You have a place"),
        "events/promoted": gettext_lazy("A place has become free for you"),
        "events/meeting_changed": gettext_lazy("The meeting has changed"),
        "events/reminder": gettext_lazy("A reminder, with a place"),
    }
)
def _with_a_place(made: Made) -> int:
    return _registration(made, State.REGISTERED).pk


@sample(
    {
        "events/waiting": gettext_lazy("You are on the waiting list"),
        "events/reminder_waiting": gettext_lazy("A reminder, on the waiting list"),
    }
)
def _waiting(made: Made) -> int:
    return _registration(made, State.WAITING).pk


@sample(
    {
        "events/cancelled": gettext_lazy("Your place is given back"),
        "events/left_waiting_list": gettext_lazy("You no longer wait"),
    }
)
def _cancelled(made: Made) -> int:
    return _registration(made, State.CANCELLED).pk


@sample({"events/invitation": gettext_lazy("To members who have not registered")}, takes_words=False)
def _invitation(made: Made) -> None:
    meeting = sample_meeting(made)
    circular = Circular.objects.create(
        network=made.network,
        subject=_("Your own subject"),
        text=_("Dear {name},\n\nyour own words."),
        audience=f"events/not-registered {meeting.pk}",
    )
    Mailing.objects.filter(pk=made.mailing.pk).update(about_id=circular.pk)


@sample({"events/afterwards": gettext_lazy("After the meeting")})
def _afterwards(made: Made) -> int:
    registration = _registration(made, State.REGISTERED)
    ended = timezone.now() - timedelta(minutes=1)
    rows = Meeting.objects.filter(pk=registration.meeting_id)
    rows.update(starts_at=ended - timedelta(minutes=75), ends_at=ended)
    return registration.pk


@sample({"events/meeting_cancelled": gettext_lazy("The meeting will not take place")})
def _meeting_cancelled(made: Made) -> int:
    registration = _registration(made, State.REGISTERED)
    Meeting.objects.filter(pk=registration.meeting_id).update(state=Meeting.State.CANCELLED)
    return registration.pk


@sample({"events/topic_taken_up": gettext_lazy("To members who wanted a topic: there is a meeting about it")})
def _topic(made: Made) -> None:
    meeting = sample_meeting(made)
    topic = Suggestion.objects.create(
        network=made.network, title=_("A sample topic"), state=Suggestion.State.TAKEN_UP, meeting=meeting
    )
    Mailing.objects.filter(pk=made.mailing.pk).update(about_id=topic.pk)


@sample(
    {
        "events/speaker_invited": gettext_lazy("To a speaker: say what you talk about, and choose"),
        "events/speaker_nudged": gettext_lazy("To a speaker: what is still open"),
        "events/speaker_link": gettext_lazy("To a speaker: a new link to their talk"),
        "events/speaker_thanked": gettext_lazy("To a speaker: thank you, after the talk"),
    }
)
def _speaker(made: Made) -> int:
    talk = AgendaItem.objects.create(meeting=sample_meeting(made), title=_("A sample talk"))
    return Speaker.objects.create(agenda_item=talk, user=made.reader, name=made.reader.name).pk


@sample(
    {
        "events/speaker_entry": gettext_lazy("To a speaker: the entry for the calendar, and the way in"),
        "events/speaker_entry_gone": gettext_lazy("To a speaker: the entry goes out of the calendar"),
    }
)
def _speaker_entry(made: Made) -> int:
    meeting, reader = sample_meeting(made), made.reader
    GreenRoom.objects.create(meeting=meeting, minutes=15)
    if made.mailing.letter == "events/speaker_entry":
        talk = AgendaItem.objects.create(meeting=meeting, title=_("A sample talk"))
        Speaker.objects.create(agenda_item=talk, user=reader, name=reader.name, said_at=timezone.now())
    return SpeakerEntry.objects.create(meeting=meeting, email=reader.email).pk


@sample({"events/talk_offered": gettext_lazy("To organisers: a member offers a short talk")})
def _talk_offered(made: Made) -> None:
    sample_meeting(made)


@sample(
    {
        "events/talk_accepted": gettext_lazy("Your short talk is in the agenda"),
        "events/talk_declined": gettext_lazy("Your short talk has no room this time"),
    }
)
def _talk(made: Made) -> int:
    declined = made.mailing.letter == "events/talk_declined"
    return TalkOffer.objects.create(
        meeting=sample_meeting(made),
        user=made.reader,
        title=_("A sample talk"),
        text=_("Two sentences. About it."),
        name_seen_by="members",
        state=TalkOffer.State.DECLINED if declined else TalkOffer.State.ACCEPTED,
        answer=_("We have five talks already, and would love yours next time.") if declined else "",
    ).pk


@sample(
    {
        "events/introduction_asked": gettext_lazy("Another member would like to be introduced to you"),
        "events/introduced": gettext_lazy("You both said yes to an introduction"),
    }
)
def _introduction(made: Made) -> int:
    other = User.objects.create_user(f"kit.{made.mailing.pk}@example.org", name="Kit Sample")
    answer = Answer.YES if made.mailing.letter == "events/introduced" else Answer.NOTHING
    words, day = _("How do you pay people for their time?"), made.network.today
    return Introduction.objects.create(
        network=made.network, asker=other, asked=made.reader, words=words, asked_on=day, answer=answer
    ).pk


@sample(
    {
        "events/speakers_wanted": gettext_lazy("To organisers, a fortnight before: something is missing of a talk"),
        "events/notes_wanted": gettext_lazy("To organisers, five working days after: the notes have not gone round"),
    }
)
def _wanted(made: Made) -> None:
    sample_meeting(made)
