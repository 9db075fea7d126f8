"""Inviting members who have not registered: counted, called back, stopped, and answered with one press (B29, B75)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.inviting import begin_invitation
from events.actions.publishing import publish_meeting
from events.actions.registering import cancel_registration, register_member
from events.actions.scheduling import schedule_meeting
from events.models import Meeting, Registration, Series, Speaker
from members.actions.circulars import call_back, recipients_of, set_off
from members.actions.subscribing import Wish, choose
from members.models import Circular, Delivery, Kind, Mailing, Network, User
from tests.conftest import member_of, person, signed_in
from tests.events.test_registering import set_capacity
from tests.post import letters_sent

NOW = datetime(2036, 12, 1, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=11)


@pytest.fixture
def draft(meeting: Meeting, mira: User, noor: User, olive: User) -> Circular:
    """What the press begins; three members have not registered."""
    with time_machine.travel(NOW, tick=False):
        answer = signed_in(olive).post(reverse("admin:events_meeting_invite", args=[meeting.pk]))
    circular = Circular.objects.get()
    assert answer.headers["Location"] == reverse("admin:members_circular_look", args=[circular.pk])
    return circular


def invite(draft: Circular, olive: User) -> dict[str, str]:
    """Each letter's text by its address, once the ten minutes are over."""
    with time_machine.travel(NOW, tick=False):
        set_off(draft, seen=len(recipients_of(draft)), by=olive)
        assert letters_sent() == []
    with time_machine.travel(LATER, tick=False):
        return {letter.to[0]: str(letter.body) for letter in letters_sent()}


def series_of(meeting: Meeting) -> Series:
    assert meeting.series is not None
    return meeting.series


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/p/[^/]+/register/)", text)
    assert found is not None
    return found[1]


def test_press_begins_one_draft_and_writes_to_nobody(meeting: Meeting, draft: Circular, olive: User) -> None:
    with time_machine.travel(NOW, tick=False):
        client = signed_in(olive)
        client.post(reverse("admin:events_meeting_invite", args=[meeting.pk]))
        page = " ".join(client.get(reverse("admin:members_circular_look", args=[draft.pk])).content.decode().split())
    assert Circular.objects.count() == 1
    assert draft.subject == "You are invited: Juries and panels, 14 January"
    assert "**Juries and panels**" in draft.text
    assert "What juries are good for." in draft.text
    assert "<strong>3</strong> people" in page
    assert "a button to register with one press" in page
    assert letters_sent() == []


def test_members_who_have_said_nothing_are_invited_and_nobody_else(
    meeting: Meeting, network: Network, draft: Circular, mira: User
) -> None:
    """Whoever comes, or has said that they do not, is left in peace; so is whoever wants no invitations."""
    with time_machine.travel(NOW, tick=False):
        register_member(meeting, mira)
        gone = person("gone@people.example", "Gone")
        member_of(network, gone)
        cancel_registration(register_member(meeting, gone))
        quiet = person("quiet@people.example", "Quiet")
        choose(member_of(network, quiet), Wish(kinds=frozenset({Kind.NOTES})))
        left = person("left@people.example", "Left")
        member_of(network, left, state="left")
        assert {one.email for one in recipients_of(draft)} == {"noor@commons.example", "olive@commons.example"}


def test_letter_registers_with_one_press_and_opening_it_changes_nothing(
    meeting: Meeting, draft: Circular, olive: User, mira: User
) -> None:
    texts = invite(draft, olive)
    assert set(texts) == {"mira@river.example", "noor@commons.example", "olive@commons.example"}
    text = texts[mira.email]
    assert text.startswith("Dear Mira Novak,")
    assert "2pm to 3:15pm, UK time" in text
    assert "Stop letters like this one:" in text
    with time_machine.travel(LATER, tick=False):
        client, link = Client(), link_in(text)
        page = client.get(link)
        assert "Register Mira Novak" in page.content.decode()
        assert not Registration.objects.exists()
        answer = client.post(link)
        registration = Registration.objects.get()
        assert (registration.user, registration.state, registration.confirmed) == (mira, "registered", True)
        assert client.get(answer.headers["Location"]).context["registration"] == registration
        assert client.get(link).status_code == 302
        client.post(link)
        assert [letter.to for letter in letters_sent()] == [[mira.email]]


def test_letter_registers_for_every_meeting_as_well(meeting: Meeting, draft: Circular, olive: User, mira: User) -> None:
    """B30: a draft of the same series brings a place as soon as it is announced."""
    later = schedule_meeting(series_of(meeting), on=date(2037, 2, 11))
    link = link_in(invite(draft, olive)[mira.email])
    with time_machine.travel(LATER, tick=False):
        assert "Register for every meeting" in Client().get(link).text
        Client().post(link, {"every": "yes"})
        publish_meeting(later)
    assert list(Registration.objects.values_list("user", "state")) == [(mira.pk, "registered")] * 2


def test_letter_says_in_one_press_that_one_cannot_come(
    meeting: Meeting, draft: Circular, olive: User, mira: User
) -> None:
    """B41: known to the organisers, and nobody is invited again who has said so."""
    link = link_in(invite(draft, olive)[mira.email])
    with time_machine.travel(LATER, tick=False):
        (path,) = re.findall(r'action="(/p/[^"]+/cannot-come/\d+/)"', Client().get(link).text)
        assert "Thank you for telling us" in Client().post(path, follow=True).text
        assert Registration.objects.get().state == "cancelled"
        again = begin_invitation(meeting)
        assert mira.email not in [one.email for one in recipients_of(again)]


def test_full_meeting_offers_the_waiting_list(meeting: Meeting, draft: Circular, olive: User, mira: User) -> None:
    set_capacity(meeting, 0)
    link = link_in(invite(draft, olive)[mira.email])
    with time_machine.travel(LATER, tick=False):
        assert "Put Mira Novak on the waiting list" in Client().get(link).content.decode()
        Client().post(link)
    assert Registration.objects.get().state == "waiting"


def test_link_of_a_meeting_that_is_over_or_cancelled_says_so(
    meeting: Meeting, draft: Circular, olive: User, mira: User
) -> None:
    link = link_in(invite(draft, olive)[mira.email])
    with time_machine.travel(meeting.ends_at, tick=False):
        assert Client().post(link).status_code == 200
        assert "This meeting is over" in " ".join(Client().get(link).content.decode().split())
    Meeting.objects.update(state="draft")
    assert Client().get(link).status_code == 404
    assert not Registration.objects.exists()


def test_link_is_of_the_mailbox_it_went_to(meeting: Meeting, draft: Circular, olive: User, mira: User) -> None:
    link = link_in(invite(draft, olive)[mira.email])
    with time_machine.travel(LATER, tick=False):
        User.objects.filter(pk=mira.pk).update(email="new@river.example")
        assert Client().post(link).status_code == 404
        User.objects.filter(pk=mira.pk).update(email="mira@river.example", is_active=False)
        assert Client().post(link).status_code == 404
        other = Delivery.objects.create(mailing=Mailing.objects.latest("pk"), email="x@people.example")
        assert Client().post(f"/p/{personal_token('invited', other.pk)}/register/").status_code == 404
    assert not Registration.objects.exists()


def test_invitation_is_called_back_within_ten_minutes(draft: Circular, olive: User) -> None:
    """Complaint 10, by the same machinery as every letter to many."""
    with time_machine.travel(NOW, tick=False):
        set_off(draft, seen=3, by=olive)
        call_back(Circular.objects.get())
    with time_machine.travel(LATER, tick=False):
        assert letters_sent() == []


def test_whoever_registers_before_it_goes_gets_none(meeting: Meeting, draft: Circular, olive: User, mira: User) -> None:
    with time_machine.travel(NOW, tick=False):
        set_off(draft, seen=3, by=olive)
        register_member(meeting, mira)
        letters_sent()
    with time_machine.travel(LATER, tick=False):
        assert {letter.to[0] for letter in letters_sent()} == {"noor@commons.example", "olive@commons.example"}


def test_nobody_is_invited_to_a_draft_or_by_others(meeting: Meeting, olive: User, otto: User, noor: User) -> None:
    address = reverse("admin:events_meeting_invite", args=[meeting.pk])
    assert [signed_in(who).post(address).status_code for who in (otto, noor)] == [404, 404]
    Meeting.objects.update(state="draft")
    page = signed_in(olive).post(address, follow=True).content.decode()
    assert "One cannot register for this meeting, so nobody can be invited." in page
    assert not Circular.objects.exists()


def test_draft_names_nobody_who_does_not_want_it_and_leads_to_no_call(meeting: Meeting) -> None:
    """B34, B44: what a summary gives away is in no letter that is begun with it."""
    Speaker.objects.update(name_seen_by="nobody")
    meeting.summary = f"Tove Berg on juries. {meeting.video_link}"
    meeting.save()
    text = begin_invitation(meeting).text
    assert "on juries" in text
    assert [word for word in ("Tove", "Berg", "secret-room") if word in text.replace("\\", "")] == []
