"""B44, B45: what a speaker has not said yes to is nowhere for whoever it is not for, and a no takes it down at once."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cop.ending.handing_over import handover
from cop.ending.taking_over import take_over
from events.actions.exporting import export_event
from events.actions.importing.shapes import Part, Person
from events.actions.importing.writing import write_agenda
from events.models import AgendaItem, Material, Meeting, Speaker
from events.rules.visibility import narrowest, open_to
from members.actions.erasing import erase
from members.models import User
from notes.drafting import credited_speakers
from tests.conftest import signed_in

ROOT = Path(__file__).resolve().parents[2]
VIDEO, DECK = "https://video.example/jury", "https://decks.example/jury"
SAID_AT = datetime(2036, 12, 1, 9, tzinfo=UTC)
CHOICES = ("public", "members", "nobody", "")


@pytest.fixture
def talk(meeting: Meeting) -> AgendaItem:
    """Tove's talk, with a recording and slides that the organisers show to everybody, and a text that names her."""
    talk = meeting.agenda.get(kind="talk")
    for kind, url in (("recording", VIDEO), ("slides", DECK)):
        Material.objects.create(
            meeting=meeting, agenda_item=talk, kind=kind, title=f"The {kind}", url=url, visibility="public"
        )
    meeting.body = (
        "* [Tove Berg](https://fjord.example), Director\n\nTove Berg [shows](https://video.example/jury) how."
    )
    meeting.save()
    return talk


def choose(**said: str) -> None:
    speaker = Speaker.objects.get(name="Tove Berg")
    for field, value in said.items():
        setattr(speaker, f"{field}_seen_by", value)
    speaker.save()


def pages(client: Client, meeting: Meeting) -> str:
    """All that this reader can read about the meeting, and what they find of it."""
    addresses = [meeting.get_absolute_url(), "/voices/", "/voices/meetings/", "/voices/meetings/?speaker=Tove+Berg"]
    read = [client.get(address).content.decode() for address in addresses]
    found = [client.post("/voices/search/", {"q": word}).content.decode() for word in ("berg", "jury")]
    return "\n".join([*read, *(re.sub(r"</?mark>|<input[^>]*>", "", page) for page in found)])


@pytest.mark.parametrize("choice", CHOICES)
def test_a_name_is_seen_by_whom_the_speaker_chose(
    client: Client, talk: AgendaItem, meeting: Meeting, mira: User, choice: str
) -> None:
    choose(name=choice)
    for reader, member in ((client, False), (signed_in(mira), True)):
        shown = pages(reader, meeting)
        seen = choice in open_to(is_member=member)
        assert ("Fjord Forum" in shown, "Director" in shown) == (seen, seen)
        # What the reader typed stands in the box and in the list's own words, so the page of the meeting is asked.
        assert ("Tove Berg" in reader.get(meeting.get_absolute_url()).content.decode()) is seen


@pytest.mark.parametrize("kind", ["recording", "slides"])
@pytest.mark.parametrize("choice", CHOICES)
def test_recordings_and_slides_are_seen_by_whom_their_speaker_chose(
    client: Client, talk: AgendaItem, mira: User, kind: str, choice: str
) -> None:
    """On the page, in lists as a badge, in the search, and not by an address in a text."""
    choose(**{kind: choice})
    address, badge = {"recording": (VIDEO, "Video"), "slides": (DECK, "Slides")}[kind]
    for reader, member in ((client, False), (signed_in(mira), True)):
        shown = pages(reader, talk.meeting)
        seen = choice in open_to(is_member=member)
        assert (address in shown, f"The {kind}" in shown, badge in shown) == (seen, seen, seen)


def test_one_no_among_two_speakers_is_a_no(client: Client, talk: AgendaItem, meeting: Meeting) -> None:
    Speaker.objects.create(agenda_item=talk, name="Bo Li", name_seen_by="public")
    assert VIDEO not in pages(client, meeting)


def test_material_of_no_talk_waits_for_every_speaker_of_the_meeting(talk: AgendaItem, meeting: Meeting) -> None:
    Material.objects.update(agenda_item=None)
    assert Material.objects.visible_to(is_member=False).count() == 2
    other = AgendaItem.objects.create(meeting=meeting, title="Another", position=3)
    Speaker.objects.create(agenda_item=other, name="Bo Li", recording_seen_by="members", slides_seen_by="public")
    assert [one.kind for one in Material.objects.visible_to(is_member=False)] == ["slides"]
    assert [one.kind for one in Material.objects.visible_to(is_member=True)] == ["recording", "slides"]


def test_the_database_and_the_rule_say_the_same(talk: AgendaItem) -> None:
    second = Speaker.objects.create(agenda_item=talk, name="Bo Li")
    film = Material.objects.get(kind="recording")
    for limit in ("public", "members", "nobody"):
        Material.objects.filter(pk=film.pk).update(visibility=limit)
        for one in CHOICES:
            choose(recording=one)
            for other in CHOICES:
                Speaker.objects.filter(pk=second.pk).update(recording_seen_by=other)
                for member in (True, False):
                    seen = Material.objects.visible_to(is_member=member).filter(pk=film.pk).exists()
                    assert seen is (narrowest([limit, one, other]) in open_to(is_member=member))


def test_an_export_names_and_leads_to_what_is_public_only(talk: AgendaItem, meeting: Meeting) -> None:
    assert "Tove Berg" in export_event(meeting)
    choose(name="members", recording="members", slides="nobody")
    written = export_event(Meeting.objects.get())
    assert [word for word in ("Tove", "Fjord", VIDEO, DECK) if word in written] == []


def test_who_is_not_named_is_not_credited_in_notes(talk: AgendaItem, meeting: Meeting) -> None:
    """R6: a talk on the record credits whom the agenda names to those who will read it."""

    def credited(*, for_members: bool) -> int:
        return sum(len(people) for people in credited_speakers(meeting, for_members=for_members).values())

    assert (credited(for_members=True), credited(for_members=False)) == (1, 1)
    choose(name="members")
    assert (credited(for_members=True), credited(for_members=False)) == (1, 0)
    choose(name="")
    assert (credited(for_members=True), credited(for_members=False)) == (0, 0)


def test_what_a_speaker_refused_is_not_seen_for_want_of_the_speaker(talk: AgendaItem) -> None:
    choose(recording="", slides="members")
    Speaker.objects.get().delete()
    assert set(Material.objects.values_list("kind", "visibility")) == {("recording", "nobody"), ("slides", "members")}


def test_nor_is_what_belongs_to_the_whole_meeting(talk: AgendaItem) -> None:
    """B45: a recording of everything, and slides that were put elsewhere, stay as each speaker chose."""
    choose(recording="nobody", slides="members")
    film, deck = Material.objects.order_by("kind")
    Material.objects.filter(pk=film.pk).update(agenda_item=None)
    other = talk.meeting.agenda.get(kind="discussion")
    Material.objects.filter(pk=deck.pk).update(agenda_item=other, speaker=Speaker.objects.get())
    Speaker.objects.get().delete()
    assert list(Material.objects.visible_to(is_member=True)) == [deck]
    assert not Material.objects.visible_to(is_member=False).exists()


def test_slides_are_seen_as_who_brought_them_chose_wherever_they_are_put(talk: AgendaItem, olive: User) -> None:
    """B45: not even in a part of the agenda that has no speakers; and in the panel they stay slides."""
    choose(slides="nobody")
    other = talk.meeting.agenda.get(kind="discussion")
    Material.objects.filter(kind="slides").update(agenda_item=other, speaker=Speaker.objects.get())
    assert [one.kind for one in Material.objects.visible_to(is_member=True)] == ["recording"]
    page = signed_in(olive).get(f"/admin/events/meeting/{talk.meeting.pk}/change/").content.decode()
    kinds = re.findall(r'<select name="materials-\d-kind"[^>]*>', page)
    assert ["disabled" in one for one in kinds] == [False, True]


@pytest.mark.parametrize("way", ["erased", "deleted"])
def test_a_name_that_was_hidden_does_not_come_back_when_its_speaker_goes(
    client: Client, talk: AgendaItem, meeting: Meeting, way: str
) -> None:
    """B44: what nobody may read stands in no text any more once nobody knows whose name it was."""
    meeting.summary, talk.description = "Tove Berg on juries.", "* Tove Berg\n\n**Tove  Berg**, again."
    meeting.save()
    talk.save()
    Speaker.objects.update(name_seen_by="members", email="tove@fjord.example")
    if way == "erased":
        erase("tove@fjord.example", at=SAID_AT)
    else:
        Speaker.objects.get().delete()
    meeting.refresh_from_db()
    talk.refresh_from_db()
    shows = "a speaker [shows](https://video.example/jury) how."
    assert (meeting.summary, meeting.body) == ("a speaker on juries.", f"\n{shows}")
    assert talk.description == "\na speaker, again."
    assert [word for word in ("Tove Berg", "Fjord Forum") if word in client.get(meeting.get_absolute_url()).text] == []


def test_a_name_that_everybody_may_know_stays_in_the_texts(talk: AgendaItem, meeting: Meeting, mira: User) -> None:
    """Byte for byte; but no address of theirs stays, not even one that is not their account's."""
    Speaker.objects.update(user=mira, email="tove@fjord.example")
    erase(mira.email, at=SAID_AT)
    assert Meeting.objects.get().body == meeting.body
    assert Speaker.objects.values_list("name", "email").get() == ("Tove Berg", "")


def test_who_comes_from_a_public_page_stays_public_and_their_own_later_no_holds(talk: AgendaItem) -> None:
    """Decision 39: meetings that are brought in keep their speakers, and bringing them in again changes no choice."""
    people = (Person("Tove Berg", "", "", ""), Person("Bo Li", "", "", ""))
    parts = [Part(title="A jury on data", description="", people=people)]
    choose(name="nobody")
    write_agenda(talk.meeting, parts)
    assert set(Speaker.objects.values_list("name", "name_seen_by")) == {("Tove Berg", "nobody"), ("Bo Li", "public")}


def test_a_word_that_is_none_is_refused_by_the_database(talk: AgendaItem) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.update(recording_seen_by="friends")


READ_BY = {
    # These ask `named_to`, by way of a Prefetch, or keep what they read from every reader.
    "cop/search/passages.py",
    "events/actions/exporting.py",
    "events/views/listing.py",
    "events/views/public.py",
    "events/actions/importing/shapes.py",  # the shape of a file and of its rows, compared and never shown
    "events/actions/importing/writing.py",
    "notes/drafting.py",
    "events/rendering.py",
    "events/views/talk.py",  # only whether there are others
}


def test_speakers_of_a_talk_are_read_only_where_it_was_thought_of_who_reads() -> None:
    """A page that asks a talk for all its speakers would show those who have not said yes."""
    reads = re.compile(
        r"\.speakers\.(?:all|filter|values|exclude|order_by)|(?:Prefetch|prefetch_related)\([^)]*speakers\""
    )
    found = {
        str(path.relative_to(ROOT))
        for app in ("cop", "events", "members", "notes")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and "admin" not in path.parts and reads.search(path.read_text())
    }
    assert found - READ_BY - {"cop/demo/meetings.py", "events/audiences.py", "events/views/archive.py"} == set()


def test_a_recording_waits_behind_a_button_that_says_whom_it_asks(
    client: Client, talk: AgendaItem, meeting: Meeting, mira: User
) -> None:
    """B9: nothing is asked of another site before somebody presses; and who may see it is said as it stands."""
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert f'href="{VIDEO}"' in page
    assert "Play at video.example" in page
    assert "Nothing is asked of video.example before you press" in page
    assert re.findall(r"<(?:iframe|img|script|link)[^>]*video\.example", page) == []
    assert "for members" not in page
    choose(recording="members")
    member = signed_in(mira)
    assert "for members" in member.get(meeting.get_absolute_url()).content.decode()
    found = member.post("/voices/search/", {"q": "recording"}).content.decode()
    assert re.search(r"video\.example\s+· for members", found)


def test_who_takes_a_network_over_shows_it_to_no_more_people(talk: AgendaItem, meeting: Meeting) -> None:
    """B99: a speaker whom nobody may name is in none of its words, and what they chose goes on to hold."""
    choose(name="nobody", recording="members", slides="nobody")
    words = json.dumps(handover(meeting.network))
    [whole] = json.loads(words)["meetings"]
    assert [word for word in ("Tove", "Fjord", DECK) if word in words] == []
    [part] = [part for part in whole["agenda"] if part["materials"]]
    assert [(one["url"], one["visibility"]) for one in part["materials"]] == [(VIDEO, "members")]


def test_what_a_speaker_said_themselves_is_theirs_in_the_new_home_too(talk: AgendaItem, meeting: Meeting) -> None:
    """B44, B99: there, too, organisers show less than they said, and never more."""
    choose(name="members")
    Speaker.objects.update(said_at=SAID_AT)
    root = User.objects.create_superuser("root@site.example", name="Root")
    there = take_over(json.loads(json.dumps(handover(meeting.network))), organiser=root, slug="there")
    assert Speaker.objects.get(agenda_item__meeting__network=there).said_at == SAID_AT
