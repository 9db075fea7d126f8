"""Letters about somebody's own registration.

Each is written when it is sent, and only while it is still true: whoever cancelled a minute after registering is not
told that they have a place. Then the look-up finds nothing, and there is no letter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from events.access import comes_always, place_in_queue
from events.entries import cannot_come_link, cannot_come_token, join_link, meeting_link, own_entry, page_link
from events.formats import ical
from events.models import Introduction, Meeting, Notice, Registration, Suggestion, TalkOffer
from events.rendering import standing_of
from events.rules.differences import Difference, differences
from events.rules.introductions import Answer
from members.audiences import occasion_in
from members.letters import Blanks, called, form_letter, letter, own_words
from members.models import Circular, Delivery, Kind, Mailing

State = Registration.State
# Letters with the entry of one registration: a calendar must not get an older one after a newer one.
CALENDAR = "calendar entry"
STANDING = (State.REGISTERED, State.WAITING, State.ATTENDED)


@letter("events/registered", line=CALENDAR)
def registered(delivery: Delivery) -> Letter:
    """You have a place: how to come, and how to cancel; with the calendar entry (B31)."""
    return _invitation("events/registered", _find(delivery, State.REGISTERED, State.ATTENDED))


@letter("events/promoted", line=CALENDAR)
def promoted(delivery: Delivery) -> Letter:
    """A place has become free, and it is yours (B37)."""
    return _invitation("events/promoted", _find(delivery, State.REGISTERED, State.ATTENDED))


@letter("events/waiting")
def waiting(delivery: Delivery) -> Letter:
    """The meeting is full; you are on the waiting list. No calendar entry: there is no place yet."""
    return _words("events/waiting", _find(delivery, State.WAITING))


@letter("events/cancelled", line=CALENDAR, at_rest=True)
def cancelled(delivery: Delivery) -> Letter:
    """Your place is given back; takes the entry out of the calendar (B32, B36)."""
    either = [Meeting.State.PUBLISHED, Meeting.State.CANCELLED]
    return _withdrawal("events/cancelled", _find(delivery, State.CANCELLED, meeting=either))


@letter("events/left_waiting_list", at_rest=True)
def left_waiting_list(delivery: Delivery) -> Letter:
    """You no longer wait; there never was an entry to take out."""
    return _words("events/left_waiting_list", _find(delivery, State.CANCELLED))


@letter("events/meeting_changed", line=CALENDAR)
def meeting_changed(delivery: Delivery) -> Letter:
    """How the meeting stands now; updates the entry of those who have a place (B32)."""
    registration = _find(delivery, *STANDING)
    changes = {"changes": _changes(delivery.mailing, registration.meeting)}
    write = _words if registration.state == State.WAITING else _invitation
    return write("events/meeting_changed", registration, changes)


def _changes(mailing: Mailing, meeting: Meeting) -> list[Difference]:
    """What is different from what was told before this letter (complaint 4); nothing where that is not known."""
    before = Notice.objects.before(mailing)
    return differences(before.said, standing_of(meeting)) if before else []


@letter("events/meeting_cancelled", line=CALENDAR)
def meeting_cancelled(delivery: Delivery) -> Letter:
    """The meeting will not take place; takes the entry out of the calendar."""
    registration = _find(delivery, *STANDING, meeting=[Meeting.State.CANCELLED])
    write = _words if registration.state == State.WAITING else _withdrawal
    return write("events/meeting_cancelled", registration)


@form_letter("events/topic_taken_up", kind=Kind.INVITATIONS, unlisted=True)
def topic_taken_up(mailing: Mailing, blanks: Blanks) -> Letter:
    """To members who wanted a topic: there is a meeting about it (B67). Nobody else is to know who they are."""
    known = Suggestion.objects.select_related("meeting__network", "network")
    topic = known.get(pk=mailing.about_id or 0, state=Suggestion.State.TAKEN_UP, meeting__state=Meeting.State.PUBLISHED)
    meeting = topic.meeting
    if meeting is None or meeting.is_over(timezone.now()):
        raise Suggestion.DoesNotExist
    words = {"topic": topic, "meeting": meeting, "network": topic.network, "link": meeting_link(meeting)}

    def decline_token(delivery: Delivery) -> str:
        return cannot_come_token(meeting.pk, delivery.user_id or 0)

    declining = cannot_come_link(meeting, blanks.leave(decline_token))
    own = {"name": blanks.leave(called), "stop": blanks.stop_link(), "cannot_come": declining}
    written = render_letter("events/topic_taken_up", {**words, **own})
    return about(meeting, written)


@form_letter("events/invitation", kind=Kind.INVITATIONS)
def invitation(mailing: Mailing, blanks: Blanks) -> Letter:
    """Organisers' own words to members who have not registered, with a button that registers them (B29)."""
    circular = Circular.objects.select_related("network").get(pk=mailing.about_id or 0)
    known = Meeting.objects.published().select_related("network", "series")
    meeting = known.get(pk=occasion_in(circular.audience), network=circular.network, ends_at__gt=timezone.now())
    context = {
        **own_words(circular, name=blanks.leave(called)),
        "meeting": meeting,
        "network": circular.network,
        "meeting_link": meeting_link(meeting),
        "register_link": absolute_url(reverse("events:register_by_link", args=[blanks.leave(_invited_token)])),
        "stop": blanks.stop_link(),
    }
    return about(meeting, render_letter("events/invitation", context))


def _invited_token(delivery: Delivery) -> str:
    """The key to registering whoever the letter goes to; there is no letter to whoever has registered since."""
    whose = Registration.objects.filter(user=delivery.user_id, meeting=_meeting_of(delivery.mailing))
    if delivery.user_id is None or whose.exists():
        raise Registration.DoesNotExist
    return personal_token("invited", delivery.pk)


def _meeting_of(mailing: Mailing) -> int:
    circular = Circular.objects.values_list("audience", flat=True).get(pk=mailing.about_id or 0)
    return occasion_in(circular)


@form_letter("events/reminder", kind=Kind.REMINDERS)
def reminder(mailing: Mailing, blanks: Blanks) -> Letter:
    """You have a place soon: when, how to come, and how to give it back (B38). None to whoever has cancelled since."""
    return _reminder("events/reminder", _ahead(mailing), blanks, page=_token_with_a_place)


@form_letter("events/reminder_waiting", kind=Kind.REMINDERS)
def reminder_waiting(mailing: Mailing, blanks: Blanks) -> Letter:
    """You still wait for a place: you will be told if there is one, and can leave the list (B37)."""
    return _reminder("events/reminder_waiting", _ahead(mailing), blanks, page=_token_waiting)


@form_letter("events/afterwards", kind=Kind.REMINDERS)
def afterwards(mailing: Mailing, blanks: Blanks) -> Letter:
    """The meeting is over: what follows, and where."""
    meeting = _known(mailing)
    if not meeting.is_over(timezone.now()):
        raise Meeting.DoesNotExist
    return _reminder("events/afterwards", meeting, blanks, page=_token_with_a_place)


@letter("events/speakers_wanted")
def speakers_wanted(delivery: Delivery) -> Letter:
    """To an organiser, a fortnight before: a talk has no speaker, or a speaker has not told us all (B85)."""
    return _to_organiser("events/speakers_wanted", delivery, "admin:events_meeting_speakers")


@letter("events/notes_wanted")
def notes_wanted(delivery: Delivery) -> Letter:
    """To an organiser, five working days after: the notes have not gone round yet (B85)."""
    return _to_organiser("events/notes_wanted", delivery, "admin:notes_notebook_desk")


def _to_organiser(name: str, delivery: Delivery, page: str) -> Letter:
    """A letter with the link to a page of the panel; whom it is about stands there, behind sign-in."""
    known = Meeting.objects.published().select_related("network", "series")
    meeting = known.get(pk=delivery.mailing.about_id or 0)
    words = {"meeting": meeting, "network": meeting.network, "link": absolute_url(reverse(page, args=[meeting.pk]))}
    return about(meeting, render_letter(name, words))


@letter("events/talk_offered")
def talk_offered(delivery: Delivery) -> Letter:
    """To an organiser: somebody offers a talk. Who, they see in the panel."""
    meeting = Meeting.objects.select_related("network", "series").get(pk=delivery.mailing.about_id or 0)
    link = absolute_url(reverse("admin:events_meeting_talks", args=[meeting.pk]))
    words = {"meeting": meeting, "network": meeting.network, "link": link}
    return about(meeting, render_letter("events/talk_offered", words))


@letter("events/talk_accepted")
def talk_accepted(delivery: Delivery) -> Letter:
    """To whoever offered a talk: it is in the agenda (B70)."""
    return _about_talk("events/talk_accepted", delivery, TalkOffer.State.ACCEPTED)


@letter("events/talk_declined")
def talk_declined(delivery: Delivery) -> Letter:
    """To whoever offered a talk: not this time, with the organisers' own words where they had some."""
    return _about_talk("events/talk_declined", delivery, TalkOffer.State.DECLINED)


@letter("events/introduction_asked", unlisted=True)
def introduction_asked(delivery: Delivery) -> Letter:
    """To a member who lets others see them: somebody would like to meet them. Who, they see behind sign-in (B71)."""
    found = _introduction(delivery, Answer.NOTHING)
    words = {"name": called(delivery), "me": absolute_url(reverse("members:me")), **_introductions_page(found)}
    return render_letter("events/introduction_asked", words)


@letter("events/introduced", unlisted=True)
def introduced(delivery: Delivery) -> Letter:
    """To each of two who both said yes: the other's name and address."""
    found = _introduction(delivery, Answer.YES)
    other = found.asked if delivery.user_id == found.asker_id else found.asker
    words = {"name": called(delivery), "other": other.name, "address": other.email, **_introductions_page(found)}
    return render_letter("events/introduced", words)


def _introduction(delivery: Delivery, answer: Answer) -> Introduction:
    known = Introduction.objects.select_related("network", "asker", "asked").filter(is_taken_back=False)
    found = known.get(pk=delivery.about_id or 0)
    if found.answer != answer:
        raise Introduction.DoesNotExist
    return found


def _introductions_page(introduction: Introduction) -> dict[str, object]:
    network = introduction.network
    return {"network": network, "link": absolute_url(reverse("events:introductions", args=[network.slug]))}


def _about_talk(name: str, delivery: Delivery, state: TalkOffer.State) -> Letter:
    known = TalkOffer.objects.select_related("user", "meeting__network", "meeting__series")
    offer = known.get(pk=delivery.about_id or 0, state=state)
    words = {
        "meeting": offer.meeting,
        "network": offer.meeting.network,
        "name": called(delivery),
        "talk": offer.title,
        "words": offer.answer,
        "link": meeting_link(offer.meeting),
    }
    return about(offer.meeting, render_letter(name, words))


def _known(mailing: Mailing) -> Meeting:
    """The meeting a reminder is about, as long as it takes place."""
    return Meeting.objects.published().select_related("network", "series").get(pk=mailing.about_id or 0)


def _ahead(mailing: Mailing) -> Meeting:
    """The same while it is not over: a reminder that was held up until then is no use."""
    meeting = _known(mailing)
    if meeting.is_over(timezone.now()):
        raise Meeting.DoesNotExist
    return meeting


def _reminder(name: str, meeting: Meeting, blanks: Blanks, *, page: Callable[[Delivery], str]) -> Letter:
    now = timezone.now()
    context = {
        "meeting": meeting,
        "network": meeting.network,
        "days_to_go": (meeting.local_start.date() - meeting.day_of(now)).days,
        "is_live": meeting.is_live(now),
        "meeting_link": meeting_link(meeting),
        "page_link": absolute_url(reverse("events:my_registration", args=[blanks.leave(page)])),
        "join_link": absolute_url(reverse("events:join_by_link", args=[blanks.leave(_join_token)])),
        "feedback_link": absolute_url(reverse("events:feedback_by_link", args=[blanks.leave(page)])),
        "stop": blanks.stop_link(),
    }
    return about(meeting, render_letter(name, context))


def _token_with_a_place(delivery: Delivery) -> str:
    """The key to somebody's page, if they still have a place; there is no letter otherwise."""
    return _token(delivery, State.REGISTERED, State.ATTENDED)


def _token_waiting(delivery: Delivery) -> str:
    return _token(delivery, State.WAITING)


def _token(delivery: Delivery, *states: Registration.State) -> str:
    found = Registration.objects.values_list("pk", flat=True).get(pk=delivery.about_id or 0, state__in=states)
    return personal_token("registration", found)


def _join_token(delivery: Delivery) -> str:
    return personal_token("join", delivery.about_id or 0)


def _find(
    delivery: Delivery, *states: Registration.State, meeting: Sequence[Meeting.State] = (Meeting.State.PUBLISHED,)
) -> Registration:
    known = Registration.objects.select_related("user", "meeting__network", "meeting__series")
    return known.get(pk=delivery.about_id or 0, state__in=states, meeting__state__in=meeting)


def _words(name: str, registration: Registration, also: Mapping[str, object] | None = None) -> Letter:
    meeting = registration.meeting
    context = {
        **(also or {}),
        "meeting": meeting,
        "network": meeting.network,
        "registration": registration,
        "meeting_link": meeting_link(meeting),
        "page_link": page_link(registration),
        "join_link": join_link(registration),
        "has_place": registration.state in {State.REGISTERED, State.ATTENDED},
        "place_in_queue": place_in_queue(registration),
        "comes_always": comes_always(registration),
    }
    return about(meeting, render_letter(name, context))


def about(meeting: Meeting, written: Letter) -> Letter:
    """`written`, with what covering texts may say of its meeting; it stands with the meeting's other letters."""
    return replace(written, words=words_about(meeting), thread=f"meeting-{meeting.calendar_uid}")


def words_about(meeting: Meeting) -> dict[str, str]:
    """What covering texts may say of a meeting."""
    return {"meeting": meeting.shown_title, "date": date_format(meeting.local_start, "l j F Y")}


def _invitation(name: str, registration: Registration, also: Mapping[str, object] | None = None) -> Letter:
    entry = ical.request(own_entry(registration))
    return replace(_words(name, registration, also), calendar=entry, calendar_method="REQUEST")


def _withdrawal(name: str, registration: Registration) -> Letter:
    entry = ical.cancel(own_entry(registration))
    return replace(_words(name, registration), calendar=entry, calendar_method="CANCEL")
