"""Letters to somebody who speaks: each with the link to their own page, and written only while it is true."""

from dataclasses import replace

from cop.lib.mail import Letter, render_letter
from events.entries import meeting_link
from events.formats import ical
from events.green_rooms import entry_for_speaker, expected_at, green_room_link, lets_in_from, speaking
from events.letters.about import about
from events.models import Meeting, Registration, Speaker, SpeakerEntry, Survey
from events.rules.surveys import FEWEST, HIGHEST, Box, may_be_seen, mean, read
from events.talks import LINK_LIVES_FOR, WORDS, missing_of, talk_link
from members.models import Delivery
from members.writing import letter

WORTH_IT = "1"  # the first question of feedback on a meeting, as `events.actions.answering` puts it
# A calendar must not get an older entry after a newer one (docs/decisions/0037).
SPEAKERS_CALENDAR = "speaker's calendar entry"


@letter("events/speaker_invited")
def invited(delivery: Delivery) -> Letter:
    """You speak at this meeting: where to say what, without an account (B44)."""
    return _letter("events/speaker_invited", _find(delivery))


@letter("events/speaker_nudged")
def nudged(delivery: Delivery) -> Letter:
    """What is still missing, politely; not if they have done it all meanwhile (B46)."""
    speaker = _find(delivery)
    if not missing_of(speaker):
        raise Speaker.DoesNotExist
    return _letter("events/speaker_nudged", speaker)


@letter("events/speaker_link", at_rest=True)
def another_link(delivery: Delivery) -> Letter:
    """A new link to one's own page, since the old one was too old. Taking something back is possible for good."""
    return _letter("events/speaker_link", _find(delivery))


@letter("events/speaker_thanked")
def thanked(delivery: Delivery) -> Letter:
    """After the talk: how many came and how they found it, where that says nothing of anybody in particular (B48)."""
    speaker = _find(delivery)
    meeting = speaker.agenda_item.meeting
    came = meeting.registrations.filter(state=Registration.State.ATTENDED).count()
    box = _feedback(meeting)
    words = {
        "came": came if came >= FEWEST else 0,
        "said": box.count if box else 0,
        "worth": mean(box, WORTH_IT) if box else None,
        "highest": HIGHEST,
    }
    return _letter("events/speaker_thanked", speaker, **words)


@letter("events/speaker_entry", line=SPEAKERS_CALENDAR)
def entry(delivery: Delivery) -> Letter:
    """When you are expected, your way in, and the entry for your calendar (B47)."""
    found = _entry_of(delivery)
    if found.email.lower() not in speaking(found.meeting):
        raise SpeakerEntry.DoesNotExist
    written = _about_entry("events/speaker_entry", found)
    return replace(written, calendar=ical.request(entry_for_speaker(found)), calendar_method="REQUEST")


@letter("events/speaker_entry_gone", line=SPEAKERS_CALENDAR)
def entry_gone(delivery: Delivery) -> Letter:
    """You are not expected any more; takes the entry out of the calendar."""
    found = _entry_of(delivery)
    if found.email.lower() in speaking(found.meeting):
        raise SpeakerEntry.DoesNotExist
    written = _about_entry("events/speaker_entry_gone", found)
    return replace(written, calendar=ical.cancel(entry_for_speaker(found)), calendar_method="CANCEL")


def _entry_of(delivery: Delivery) -> SpeakerEntry:
    known = SpeakerEntry.objects.select_related("meeting__network", "meeting__series")
    return known.get(pk=delivery.about_id or 0)


def _about_entry(name: str, found: SpeakerEntry) -> Letter:
    meeting = found.meeting
    words = {
        "meeting": meeting,
        "network": meeting.network,
        "expected_at": expected_at(meeting),
        "opens_at": lets_in_from(meeting),
        "url": green_room_link(found),
        "meeting_link": meeting_link(meeting),
    }
    return about(meeting, render_letter(name, words))


def _feedback(meeting: Meeting) -> Box | None:
    """The answers, once nobody can add to them and enough are together."""
    survey = Survey.objects.filter(meeting=meeting, state=Survey.State.CLOSED).first()
    box = read(survey.box) if survey else None
    return box if box and may_be_seen(box, is_closed=True) else None


def _find(delivery: Delivery) -> Speaker:
    known = Speaker.objects.select_related("user", "agenda_item__meeting__network", "agenda_item__meeting__series")
    return known.get(pk=delivery.about_id or 0)


def _letter(name: str, speaker: Speaker, **more: object) -> Letter:
    meeting = speaker.agenda_item.meeting
    words = {
        "speaker": speaker,
        "meeting": meeting,
        "network": meeting.network,
        "talk": speaker.agenda_item,
        "url": talk_link(speaker),
        "days": LINK_LIVES_FOR.days,
        **more,
        "missing": [WORDS[item] for item in missing_of(speaker)],
        "meeting_link": meeting_link(meeting) if meeting.state != Meeting.State.DRAFT else "",
    }
    written = render_letter(name, words)
    return about(meeting, written)
