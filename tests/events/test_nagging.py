"""Organisers are reminded once of what is missing, and not of what is done (B85)."""

from datetime import UTC, datetime, timedelta

import time_machine

from events.actions.nagging import nag_due
from events.models import AgendaItem, Meeting, Nagged, Speaker
from members.models import User
from notes.models import Circulation, Edition
from tests.post import letters_sent

START = datetime(2037, 1, 14, 14, tzinfo=UTC)
A_FORTNIGHT_BEFORE = START - timedelta(days=14)
# The fifth working day after Wednesday 14 January, at nine in London.
FIFTH_MORNING = datetime(2037, 1, 21, 9, tzinfo=UTC)


def nagged(now: datetime) -> list[tuple[str, str]]:
    with time_machine.travel(now, tick=False):
        nag_due(now)
        return [(letter.to[0], str(letter.subject)) for letter in letters_sent()]


def circulate(meeting: Meeting) -> None:
    made_on = START.date()
    edition = Edition.objects.create(meeting=meeting, number=1, title="Notes", content=[], made_on=made_on)
    Circulation.objects.create(edition=edition, circulated_at=START)


def test_talk_without_a_speaker_is_said_once_a_fortnight_before(meeting: Meeting, olive: User, noor: User) -> None:
    Speaker.objects.all().delete()
    AgendaItem.objects.filter(kind="discussion").delete()
    assert nagged(A_FORTNIGHT_BEFORE - timedelta(minutes=1)) == []
    said = "Something is missing of a talk: Juries and panels, Wednesday 14 January 2037"
    assert nagged(A_FORTNIGHT_BEFORE) == [(olive.email, said)]
    assert nagged(A_FORTNIGHT_BEFORE + timedelta(hours=1)) == []
    assert Nagged.objects.count() == 1


def test_speaker_who_has_not_told_us_all_is_named_in_no_letter(meeting: Meeting, olive: User) -> None:
    with time_machine.travel(A_FORTNIGHT_BEFORE, tick=False):
        nag_due(A_FORTNIGHT_BEFORE)
        (letter,) = letters_sent()
    assert "Tove" not in str(letter.message())
    assert f"/admin/events/meeting/{meeting.pk}/speakers/" in str(letter.body)


def test_nothing_is_said_of_drafts_and_where_nothing_is_missing(meeting: Meeting, olive: User) -> None:
    Meeting.objects.update(state="draft")
    assert nagged(A_FORTNIGHT_BEFORE) == []
    Meeting.objects.update(state="published")
    AgendaItem.objects.filter(kind="talk").delete()
    assert nagged(A_FORTNIGHT_BEFORE) == []


def test_notes_that_have_not_gone_round_are_said_where_others_did(meeting: Meeting, olive: User) -> None:
    earlier = Meeting.objects.create(
        network=meeting.network,
        title="Earlier",
        slug="earlier",
        starts_at=START - timedelta(days=60),
        ends_at=START - timedelta(days=60, hours=-1),
        state="published",
    )
    assert nagged(FIFTH_MORNING) == []
    circulate(earlier)
    assert nagged(FIFTH_MORNING - timedelta(minutes=1)) == []
    assert nagged(FIFTH_MORNING) == [
        (olive.email, "Notes have not gone round yet: Juries and panels, Wednesday 14 January 2037")
    ]
    assert nagged(FIFTH_MORNING + timedelta(days=1)) == []


def test_notes_that_have_gone_round_are_left_in_peace(meeting: Meeting, olive: User) -> None:
    circulate(meeting)
    assert nagged(FIFTH_MORNING) == []
