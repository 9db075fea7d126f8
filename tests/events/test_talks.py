"""Short talks: called for, offered, taken into the agenda or declined kindly (B70)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions.offering import OfferingRefused, call_for_talks, forget_offers, offer_talk
from events.models import Meeting, Speaker, TalkCall, TalkOffer
from events.rules.talks import Unfit, place_of_talk, why_unfit
from members.models import Delivery, Mailing, Network, User
from tests.conftest import signed_in
from tests.post import letters_sent

NOW = datetime(2037, 1, 2, 10, tzinfo=UTC)
OFFER = {"title": "What a panel cost us", "text": "Less than we thought. & why", "name_seen_by": "members"}


@pytest.fixture
def call(meeting: Meeting) -> TalkCall:
    return call_for_talks(meeting, closes_at=NOW + timedelta(days=3), minutes=5)


def page_of(meeting: Meeting) -> str:
    return reverse("events:talks", args=[meeting.network.slug, meeting.slug])


def panel(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_talks", args=[meeting.pk])


def offered(meeting: Meeting, user: User) -> TalkOffer:
    return offer_talk(meeting, user, **OFFER, at=NOW)


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("A talk", "About it.", None),
        ("?", "About it.", Unfit.EMPTY),
        ("A talk", " ", Unfit.EMPTY),
        ("a" * 151, "About it.", Unfit.LONG),
        ("A talk", "a" * 501, Unfit.LONG),
        ("A talk", "About \u202eit.", Unfit.HIDDEN),
    ],
)
def test_talk_is_fit_or_why_not(title: str, text: str, why: Unfit | None) -> None:
    assert why_unfit(title, text) == why


@pytest.mark.parametrize(
    ("kinds", "place"),
    [(["welcome", "talk", "talk", "discussion"], 3), (["welcome", "discussion"], 1), (["discussion"], 0), ([], 0)],
)
def test_further_talk_goes_after_the_last(kinds: list[str], place: int) -> None:
    assert place_of_talk(kinds) == place


def test_b70_offered_taken_and_in_the_agenda_as_they_wish_to_be_seen(
    meeting: Meeting, call: TalkCall, mira: User, olive: User
) -> None:
    with time_machine.travel(NOW):
        client, host = signed_in(mira), signed_in(olive)
        assert page_of(meeting) in client.get(meeting.get_absolute_url()).text
        assert client.post(page_of(meeting), OFFER)["Location"] == page_of(meeting)
        told = letters_sent()
        assert [letter.to for letter in told] == [[olive.email]]
        assert "Mira" not in told[0].body
        assert "What a panel" not in told[0].body
        offer = TalkOffer.objects.get()
        assert "Mira Novak" in host.get(panel(meeting)).text
        for _twice in range(2):
            host.post(panel(meeting), {"accept": offer.pk})
        items = [(item.position, item.title, item.minutes) for item in meeting.agenda.all()]
        assert items == [(1, "A jury on data", None), (2, "What a panel cost us", 5), (3, "Discussion", None)]
        speaker = Speaker.objects.get(agenda_item__title="What a panel cost us")
        assert (speaker.user, speaker.organisation, speaker.name_seen_by) == (mira, "River County Council", "members")
        assert "Mira Novak" not in Client().get(meeting.get_absolute_url()).text
        assert "Mira Novak" in client.get(meeting.get_absolute_url()).text
        letters = letters_sent()
        assert [letter.to for letter in letters] == [[mira.email]]
        assert "your talk “What a panel cost us” is in the agenda" in letters[0].body
        client.post(page_of(meeting), {"take_back": "yes"})
        assert "have answered your offer" in client.get(page_of(meeting)).text


def test_offering_and_taking_back_floods_no_organiser(
    meeting: Meeting, call: TalkCall, mira: User, noor: User, olive: User
) -> None:
    """Three times a day; what was typed stays, and others are not held up."""
    with time_machine.travel(NOW):
        client = signed_in(mira)
        for _time in range(3):
            assert client.post(page_of(meeting), OFFER).status_code == 302
            client.post(page_of(meeting), {"take_back": "yes"})
        refused = client.post(page_of(meeting), OFFER)
        assert refused.status_code == 422
        assert "often enough today. Try tomorrow" in refused.text
        assert OFFER["title"] in refused.text
        assert not TalkOffer.objects.exists()
        assert offered(meeting, noor).user == noor
    with time_machine.travel(NOW + timedelta(days=1)):
        assert client.post(page_of(meeting), OFFER).status_code == 302
    assert Mailing.objects.filter(letter="events/talk_offered").count() == 5


def test_declined_kindly_with_the_organisers_words(meeting: Meeting, call: TalkCall, mira: User, olive: User) -> None:
    offer = offered(meeting, mira)
    letters_sent()
    with time_machine.travel(NOW):
        host = signed_in(olive)
        host.post(panel(meeting), {"decline": offer.pk, f"words-{offer.pk}": "Next month & surely."})
        assert "answered already" in host.post(panel(meeting), {"accept": offer.pk}, follow=True).text
        letter = letters_sent()[0]
        assert "There is no room for it" in letter.body
        assert "Next month & surely." in letter.body
        assert "Next month &amp; surely." in signed_in(mira).get(page_of(meeting)).text
    assert Speaker.objects.count() == 1


def test_letter_is_not_written_once_it_is_no_longer_so(
    meeting: Meeting, call: TalkCall, mira: User, olive: User
) -> None:
    offer = offered(meeting, mira)
    letters_sent()
    signed_in(olive).post(panel(meeting), {"decline": offer.pk})
    TalkOffer.objects.all().delete()
    assert letters_sent() == []
    assert Delivery.objects.get(mailing__letter="events/talk_declined").state != "sent"


def test_one_offer_each_taken_back_while_unanswered(meeting: Meeting, call: TalkCall, mira: User) -> None:
    offered(meeting, mira)
    with pytest.raises(OfferingRefused, match="Take it back first"):
        offered(meeting, mira)
    with time_machine.travel(NOW):
        signed_in(mira).post(page_of(meeting), {"take_back": "yes"})
    assert not TalkOffer.objects.exists()


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"starts_at": NOW - timedelta(minutes=1)}])
def test_call_ends_with_its_day_and_with_the_meeting(
    meeting: Meeting, call: TalkCall, mira: User, change: dict[str, object]
) -> None:
    with pytest.raises(OfferingRefused, match="no longer"):
        offer_talk(meeting, mira, **OFFER, at=call.closes_at)
    Meeting.objects.update(**change)
    with pytest.raises(OfferingRefused, match="no longer"):
        offered(meeting, mira)


def test_network_at_rest_takes_no_talks(meeting: Meeting, call: TalkCall, mira: User) -> None:
    Network.objects.update(rested_at=NOW)
    with pytest.raises(OfferingRefused, match="no longer"):
        offered(meeting, mira)


def test_bad_offer_says_why_and_keeps_what_was_typed(meeting: Meeting, call: TalkCall, mira: User) -> None:
    with time_machine.travel(NOW):
        answer = signed_in(mira).post(page_of(meeting), {"title": "", "text": "kept"})
    assert answer.status_code == 422
    for said in ("Give the talk a title.", "Choose who may see your name.", "kept</textarea>"):
        assert said in answer.text


def test_page_is_for_members_while_there_is_a_call(meeting: Meeting, call: TalkCall, mira: User, otto: User) -> None:
    with time_machine.travel(NOW):
        assert Client().get(page_of(meeting))["Location"].startswith("/accounts/login/")
        assert signed_in(otto).get(page_of(meeting)).status_code == 404
        assert page_of(meeting) not in Client().get(meeting.get_absolute_url()).text
        client = signed_in(mira)
        assert client.put(page_of(meeting)).status_code == 405
        TalkCall.objects.all().delete()
        assert client.get(page_of(meeting)).status_code == 404


def test_organiser_calls_and_ends_the_call(meeting: Meeting, olive: User, noor: User, otto: User) -> None:
    with time_machine.travel(NOW):
        client = signed_in(olive)
        assert "Choose the last day." in client.post(panel(meeting), {"call": "yes", "minutes": "5"}).text
        client.post(panel(meeting), {"call": "yes", "closes_on": "2037-01-09", "minutes": "7"})
        call = TalkCall.objects.get()
        assert (call.closes_at, call.minutes) == (datetime(2037, 1, 9, 23, 59, tzinfo=UTC), 7)
        assert 'value="2037-01-09"' in client.get(panel(meeting)).text
        client.post(panel(meeting), {"end": "yes"})
        assert not TalkCall.objects.exists()
        assert client.post(panel(meeting), {"accept": "x"}).status_code == 404
        assert [signed_in(one).get(panel(meeting)).status_code for one in (noor, otto)] == [404, 404]
        assert client.put(panel(meeting)).status_code == 405
    assert not Delivery.objects.exists()


def test_offers_go_a_month_after_the_meeting(meeting: Meeting, call: TalkCall, mira: User) -> None:
    offered(meeting, mira)
    month = meeting.ends_at + timedelta(days=30)
    assert [forget_offers(month - timedelta(seconds=1)), forget_offers(month), forget_offers(month)] == [0, 2, 0]
