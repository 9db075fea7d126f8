"""A speaker's own page, by a link from a letter (B44, B45)."""

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.registering import forget_guest
from events.actions.speaking import NotAsked, Said, ask_speaker, save_talk, take_links_back
from events.admin.inlines import SpeakerForm
from events.forms.speakers import TalkForm
from events.models import AgendaItem, Material, Meeting, Speaker, Survey
from events.rules.surveys import Box, written_down
from events.talks import LINK_LIVES_FOR, talk_purpose
from members.actions.erasing import erase
from members.models import User
from tests.conftest import signed_in
from tests.post import letters_sent

NOW = datetime(2036, 12, 1, 9, tzinfo=UTC)
DECK = "https://decks.example/jury"


@pytest.fixture
def ana(meeting: Meeting) -> Speaker:
    """Somebody who has said nothing yet."""
    talk = AgendaItem.objects.create(meeting=meeting, position=3, title="Trams and people")
    return Speaker.objects.create(agenda_item=talk, name="Ana Prieto", email="ana@trams.example")


def page_of(speaker: Speaker) -> str:
    return reverse("events:talk", args=[personal_token(talk_purpose(speaker), speaker.pk)])


def answers(speaker: Speaker, **said: str) -> dict[str, str]:
    """What a browser would send from the page as it stands, with some of it changed."""
    form = TalkForm(speaker=speaker)
    return {name: str(form.initial.get(name) or "") for name in form.fields} | said


def say(speaker: Speaker, **said: str) -> Speaker:
    response = Client().post(page_of(speaker), answers(speaker, **said))
    assert response.status_code == 302
    return Speaker.objects.get(pk=speaker.pk)


def test_opening_changes_nothing_and_nothing_is_chosen_beforehand(client: Client, ana: Speaker) -> None:
    before = Speaker.objects.filter(pk=ana.pk).values().get()
    response = client.get(page_of(ana))
    assert response.status_code == 200
    assert "checked" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert Speaker.objects.filter(pk=ana.pk).values().get() == before


def test_what_is_given_without_a_choice_publishes_nothing_of_the_person(client: Client, ana: Speaker) -> None:
    """B45: the default shows nobody anything."""
    say(ana, abstract="Rails.", biography="Rides trams.", role="Driver", organisation="Trams", slides_url=DECK)
    page = client.get(ana.agenda_item.meeting.get_absolute_url()).content.decode()
    assert "Rails." in page
    assert [word for word in ("Ana Prieto", "Rides trams.", "Driver", DECK) if word in page] == []


def test_a_choice_holds_at_once_and_so_does_taking_it_back(client: Client, ana: Speaker) -> None:
    page = ana.agenda_item.meeting.get_absolute_url()
    Material.objects.create(
        meeting=ana.agenda_item.meeting, agenda_item=ana.agenda_item, kind="recording", title="Film",
        url="https://video.example/trams", visibility="public",
    )  # fmt: skip
    seen = {"name_seen_by": "public", "slides_seen_by": "public", "recording_seen_by": "public"}
    ana = say(ana, biography="Rides trams.", slides_url=DECK, **seen)
    shown = ("Ana Prieto", "Rides trams.", DECK, "https://video.example/trams")
    assert all(word in client.get(page).content.decode() for word in shown)
    assert "Trams and people" in client.post("/voices/search/", {"q": "prieto"}).content.decode()
    say(ana, **dict.fromkeys(seen, "nobody"))
    assert [word for word in shown if word in client.get(page).content.decode()] == []
    assert "Nothing that you can read" in client.post("/voices/search/", {"q": "prieto"}).content.decode()


def test_bad_input_says_why_and_keeps_what_was_typed(client: Client, ana: Speaker) -> None:
    sent = answers(ana, title="", biography="I ride.", slides_url="javascript:alert(1)", name_seen_by="friends")
    response = client.post(page_of(ana), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Your talk needs a title." in page
    assert "I ride." in page
    assert set(response.context["form"].errors) == {"title", "slides_url", "name_seen_by"}
    assert Speaker.objects.get(pk=ana.pk).biography == ""


def test_slides_by_address_come_change_and_go(ana: Speaker) -> None:
    ana = say(ana, slides_url=DECK)
    ana = say(ana, slides_url=f"{DECK}/2")
    found = Material.objects.get()
    assert (found.url, found.kind, found.speaker, found.title) == (
        f"{DECK}/2",
        "slides",
        ana,
        "Slides: Trams and people",
    )
    say(ana, slides_url="")
    assert not Material.objects.exists()


def test_an_address_the_page_has_already_is_refused(client: Client, ana: Speaker) -> None:
    Material.objects.create(meeting=ana.agenda_item.meeting, kind="recording", title="Film", url=DECK)
    page = client.post(page_of(ana), answers(ana, slides_url=DECK)).content.decode()
    assert "leads to this address already" in page


def test_two_who_change_one_talk_do_not_overwrite_one_another_unawares(client: Client, ana: Speaker) -> None:
    opened = answers(ana, abstract="My words.")
    AgendaItem.objects.filter(pk=ana.agenda_item_id).update(description="Words of the other.")
    response = client.post(page_of(ana), opened)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Words of the other." in page
    assert "My words." in page
    again = re.search(r'name="before" value="([^"]*)"', page)
    assert again is not None
    sent = {**opened, "before": again[1].replace("&quot;", '"')}
    assert client.post(page_of(ana), sent).status_code == 302
    assert AgendaItem.objects.get(pk=ana.agenda_item_id).description == "My words."


def test_what_was_not_touched_is_not_written_over_another_speakers_words(client: Client, ana: Speaker) -> None:
    opened = answers(ana, name_seen_by="members")
    AgendaItem.objects.filter(pk=ana.agenda_item_id).update(description="Words of the other.")
    assert client.post(page_of(ana), opened).status_code == 302
    assert AgendaItem.objects.get(pk=ana.agenda_item_id).description == "Words of the other."


class TestTheLink:
    def test_opens_no_other_page_and_no_other_link_opens_this(self, client: Client, ana: Speaker) -> None:
        tove = Speaker.objects.get(name="Tove Berg")
        foreign = [personal_token(talk_purpose(tove), ana.pk), personal_token("registration", ana.pk), "x.y.z", "1.a.b"]
        for token in foreign:
            assert client.get(f"/p/{token}/talk/").status_code == 404
            assert client.post(f"/p/{token}/talk/", answers(ana)).status_code == 404

    def test_ends_when_organisers_take_it_back_or_the_address_changes(self, client: Client, ana: Speaker) -> None:
        old = page_of(ana)
        take_links_back(ana)
        assert client.get(old).status_code == 404
        old = page_of(Speaker.objects.get(pk=ana.pk))
        assert client.get(old).status_code == 200
        Speaker.objects.filter(pk=ana.pk).update(email="other@trams.example")
        assert client.get(old).status_code == 404

    def test_too_old_offers_a_new_one_to_the_same_mailbox_only(self, client: Client, ana: Speaker) -> None:
        """It is still possible to take something back years later."""
        then = datetime.now(UTC) - LINK_LIVES_FOR - timedelta(hours=1)
        with patch.object(TimestampSigner, "timestamp", lambda self: old_stamp(then)):
            old = page_of(ana)
        page = client.get(old)
        assert "This link is too old" in page.content.decode()
        assert "Ana" not in page.content.decode()
        client.post(old, answers(ana, biography="Somebody else"))
        assert Speaker.objects.get(pk=ana.pk).biography == ""
        assert letters_sent() == []
        for _ in range(4):
            client.post(f"{old}link/")
        letters = letters_sent()
        assert [letter.to for letter in letters] == [["ana@trams.example"]] * 3
        link = re.search(r"(/p/\S+/talk/)", str(letters[0].body))
        assert link is not None
        assert client.get(link[1]).status_code == 200

    def test_is_405_for_other_methods(self, client: Client, ana: Speaker) -> None:
        assert client.put(page_of(ana)).status_code == 405
        assert client.get(f"{page_of(ana)}link/").status_code == 405


def old_stamp(at: datetime) -> str:
    """As `TimestampSigner.timestamp` has it."""
    return b62_encode(int(at.timestamp()))


class TestAsking:
    def test_invites_once_then_says_what_is_missing_and_never_twice_a_day(self, ana: Speaker, olive: User) -> None:
        """B46."""
        assert ask_speaker(ana, by=olive, at=NOW) == "events/speaker_invited"
        with pytest.raises(NotAsked):
            ask_speaker(ana, by=olive, at=NOW + timedelta(hours=23))
        assert ask_speaker(ana, by=olive, at=NOW + timedelta(hours=25)) == "events/speaker_nudged"
        invitation, nudge = letters_sent()
        assert "who may see the recording" not in str(invitation.body)
        assert "- who may see the recording" in str(nudge.body)
        assert "Your talk: Trams and people" in str(nudge.body)

    def test_does_not_nudge_whoever_has_done_it_all_meanwhile(self, ana: Speaker, olive: User) -> None:
        ask_speaker(ana, by=olive, at=NOW - timedelta(days=2))
        ask_speaker(ana, by=olive, at=NOW)
        seen = {"name_seen_by": "nobody", "slides_seen_by": "nobody", "recording_seen_by": "nobody"}
        say(ana, abstract="Rails.", **seen)
        assert [letter.subject.split(":")[0] for letter in letters_sent()] == [
            "Your talk at “Juries and panels”, Wednesday 14 January 2037",
            "For your calendar",
        ]
        with pytest.raises(NotAsked, match="Nothing is missing"):
            ask_speaker(ana, by=olive, at=NOW + timedelta(days=2))

    def test_writes_to_nobody_without_an_address(self, ana: Speaker, olive: User) -> None:
        Speaker.objects.filter(pk=ana.pk).update(email="")
        with pytest.raises(NotAsked, match="no address"):
            ask_speaker(ana, by=olive, at=NOW)


class TestThanks:
    def thank(self, meeting: Meeting, olive: User) -> list[str]:
        """What the letters say that one press after the meeting sends."""
        signed_in(olive).post(reverse("admin:events_meeting_speakers", args=[meeting.pk]), {"thank": "1"})
        return [str(letter.body) for letter in letters_sent()]

    def come(self, meeting: Meeting, people: int) -> None:
        for number in range(people):
            meeting.registrations.create(guest_email=f"{number}@x.example", name="Somebody", state="attended")

    def test_are_said_once_after_the_meeting_and_how_many_came(
        self, meeting: Meeting, ana: Speaker, olive: User
    ) -> None:
        """B48: the thank-you has the number who came."""
        self.come(meeting, 5)
        assert self.thank(meeting, olive) == []
        Meeting.objects.update(starts_at=NOW - timedelta(days=3999), ends_at=NOW - timedelta(days=3998))
        [letter] = self.thank(meeting, olive)
        assert "5 people came." in letter
        assert "on average" not in letter
        assert self.thank(meeting, olive) == []

    def test_a_number_that_points_to_somebody_is_not_said(self, meeting: Meeting, ana: Speaker, olive: User) -> None:
        self.come(meeting, 4)
        Meeting.objects.update(starts_at=NOW - timedelta(days=3999), ends_at=NOW - timedelta(days=3998))
        [letter] = self.thank(meeting, olive)
        assert "came." not in letter

    def test_feedback_is_told_once_it_is_closed_and_enough_is_there(
        self, meeting: Meeting, ana: Speaker, olive: User
    ) -> None:
        box = Box(count=5, tallies={"1": {"4": 3, "5": 2}})
        Survey.objects.create(
            network=meeting.network, meeting=meeting, title="Feedback", state="closed", closed_at=NOW,
            box=written_down(box),
        )  # fmt: skip
        Meeting.objects.update(starts_at=NOW - timedelta(days=3999), ends_at=NOW - timedelta(days=3998))
        [letter] = self.thank(meeting, olive)
        assert "5 people said how worthwhile the meeting was: 4.4 of 5 on average." in letter


class TestThePanel:
    def test_lists_what_is_missing_of_each_and_asks_with_one_press(
        self, meeting: Meeting, ana: Speaker, olive: User
    ) -> None:
        client, address = signed_in(olive), reverse("admin:events_meeting_speakers", args=[meeting.pk])
        page = client.get(address).content.decode()
        assert page.count('<li class="appearance">') == 2
        assert "There is no address of theirs." in page
        assert page.count("who may see the name") == 1
        client.post(address, {"ask": str(ana.pk)})
        client.post(address, {"ask_all": "1"})
        client.post(address, {"ask": "0"})
        assert [letter.to for letter in letters_sent()] == [["ana@trams.example"]]
        assert "Written to within the last day." in client.get(address).content.decode()
        key = Speaker.objects.get(pk=ana.pk).link_key
        client.post(address, {"take_back": str(ana.pk)})
        assert Speaker.objects.get(pk=ana.pk).link_key != key

    def test_says_which_recordings_wait_for_a_yes(self, meeting: Meeting, ana: Speaker, olive: User) -> None:
        """B85."""
        for title, shown in (("Shown film", "public"), ("Own film", "nobody")):
            Material.objects.create(
                meeting=meeting, agenda_item=ana.agenda_item, kind="recording", title=title, visibility=shown,
                url=f"https://video.example/{shown}",
            )  # fmt: skip
        page = signed_in(olive).get(reverse("admin:events_meeting_speakers", args=[meeting.pk])).content.decode()
        assert "Recordings that wait for a yes" in page
        assert ("Shown film" in page, "Own film" in page) == (True, False)

    def test_says_which_talks_have_no_speaker(self, meeting: Meeting, ana: Speaker, olive: User) -> None:
        AgendaItem.objects.create(meeting=meeting, position=4, kind="talk", title="Quinces & law")
        page = signed_in(olive).get(reverse("admin:events_meeting_speakers", args=[meeting.pk])).content.decode()
        wanting = page.split("Talks without a speaker")[1].split("</ul>")[0]
        assert re.findall("<li>(.*?)</li>", wanting) == ["Quinces &amp; law"]
        Speaker.objects.create(agenda_item=AgendaItem.objects.get(position=4), name="Ivo Lind")
        page = signed_in(olive).get(reverse("admin:events_meeting_speakers", args=[meeting.pk])).content.decode()
        assert "Talks without a speaker" not in page

    def test_is_for_organisers_of_the_network_alone(
        self, meeting: Meeting, ana: Speaker, noor: User, otto: User
    ) -> None:
        address = reverse("admin:events_meeting_speakers", args=[meeting.pk])
        for user in (noor, otto):
            assert signed_in(user).post(address, {"ask": str(ana.pk)}).status_code == 404
        assert letters_sent() == []

    def test_asks_as_many_questions_of_the_database_for_one_as_for_many(
        self, meeting: Meeting, ana: Speaker, olive: User
    ) -> None:
        client, address = signed_in(olive), reverse("admin:events_meeting_speakers", args=[meeting.pk])
        counts = []
        for more in range(2):
            for number in range(more * 3):
                talk = AgendaItem.objects.create(meeting=meeting, title=f"More {number}", position=9)
                Speaker.objects.create(agenda_item=talk, name=f"More {number}", email=f"more{number}@x.example")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_organisers_show_less_than_a_speaker_said_and_never_more(self, ana: Speaker) -> None:
        say(ana, name_seen_by="members")
        values = {"agenda_item": ana.agenda_item_id, "name": ana.name, "position": 0}

        def refused(**said: str) -> set[str]:
            return set(SpeakerForm(values | said, instance=Speaker.objects.get(pk=ana.pk)).errors)

        assert refused(name_seen_by="public") == {"name_seen_by"}
        assert refused(name_seen_by="nobody") == set()
        assert refused(name_seen_by="members", slides_seen_by="public") == set()


def test_erasing_takes_what_was_given_and_leaves_a_name_that_everybody_may_know(
    ana: Speaker, meeting: Meeting, mira: User
) -> None:
    tove = Speaker.objects.get(name="Tove Berg")
    tove.user, tove.biography = mira, "Rows."
    tove.save()
    say(ana, biography="Rides trams.", name_seen_by="members", recording_seen_by="nobody")
    erase("ANA@trams.example", at=NOW)
    erase(mira.email, at=NOW)
    left = Speaker.objects.order_by("pk").values_list("name", "email", "biography", "recording_seen_by")
    assert list(left) == [("Tove Berg", "", "", "public"), ("A speaker", "", "", "nobody")]


def test_meetings_are_held_before_what_belongs_to_them_and_in_one_order(ana: Speaker) -> None:
    """Search holds a meeting's row and then writes: whoever held its talk before would wait for it for ever."""
    chosen = dict.fromkeys(("name_seen_by", "slides_seen_by", "recording_seen_by"), "public")
    given = dict.fromkeys(("abstract", "role", "organisation", "link", "biography", "slides_url"), "")
    said = Said(before=(ana.agenda_item.title, ""), title="Trams", name=ana.name, **given, **chosen)
    with CaptureQueriesContext(connection) as queries:
        save_talk(ana, said, at=NOW)
    read = [found[1] for one in queries if (found := re.search(r'^SELECT .*? FROM "(events_\w+)"', one["sql"]))]
    assert read[:3] == ["events_meeting", "events_agendaitem", "events_speaker"]
    with CaptureQueriesContext(connection) as queries:
        forget_guest(ana.email, at=NOW)
    [places] = [one["sql"] for one in queries if '"capacity" IS NOT NULL' in one["sql"]]
    assert places.endswith('ORDER BY "events_meeting"."starts_at" ASC, "events_meeting"."id" ASC')
