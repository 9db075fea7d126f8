"""All that is known of a person: taken along whole, with nobody else in it, and gone when they are erased (B25)."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import EmailField, Model
from django.test import Client

from cop.ending.models import Answer, Carried, Move, Parcel
from cop.lib.encryption import EncryptedNumberField, EncryptedTextField
from cop.search.indexing import index_missing
from events.actions.access_needs import say_access_need
from events.actions.asking import ask_question
from events.actions.own_calendars import make_own_calendar
from events.actions.suggesting import suggest_topic
from events.actions.uploading import keep_file
from events.models import (
    AgendaItem,
    AttendanceReport,
    Host,
    Introduction,
    LinkTrial,
    Meeting,
    OpenToColleagues,
    Registration,
    Reminded,
    Speaker,
    SpeakerEntry,
    StandingPlace,
    TalkOffer,
)
from members.actions.erasing import erase
from members.actions.joining import Person, ask_to_join, confirm
from members.actions.mailing import Recipient, send_letter
from members.actions.moving import ask_for_address
from members.actions.recording import record_act
from members.actions.subscribing import Wish, choose
from members.actions.telling import everything_about
from members.models import Batch, Brought, Kind, Mailbox, Mailing, Membership, Network, SignUp, User
from notes.actions.adding import add_own_point
from notes.actions.asking import ask_contributors
from notes.actions.jotting import jot
from notes.actions.noting import add_note, open_notebook
from notes.actions.preferring import keep_usual_attribution
from notes.models import Approval, Contributor, Correction, Edition
from notes.rules.vocabulary import Attribution
from tests.conftest import person, signed_in
from tests.members.softkey import SoftKey

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 15, 10, tzinfo=UTC)
PEOPLE = {"members.User", "members.Membership", "events.Registration", "notes.Contributor", "account.EmailAddress"}
# What leads to a person, or is unreadable at rest because it might, and is in nobody's copy: each with its reason.
EXCUSED = {
    "members.Network": "its address for questions is public, and an office's, not a person's",
    "account.EmailConfirmation": "allauth's own way to confirm an address, which we do not use: there are no rows",
    "socialaccount.SocialAccount": "allauth's tie to an account elsewhere, which we do not make: there are no rows",
    "events.GreenRoom": "how the hosts of a meeting get into its call, unreadable at rest; nobody's in particular",
    "events.Question": "a question has no author (docs/decisions/0007)",
    "events.Allowance": "a digest that only whoever knows the meeting and the person can make; gone after the meeting",
    "events.Survey": "answers are added up as they come, and nothing says whose one is (docs/decisions/0041)",
    "notes.LeakAnswer": "a reason about a text; who gave it is not kept",
}


def leads_to_somebody(model: type[Model]) -> bool:
    fields = model._meta.concrete_fields
    return any(
        isinstance(field, EmailField | EncryptedTextField | EncryptedNumberField)
        or (field.related_model is not None and field.related_model._meta.label in PEOPLE)
        for field in fields
    )


def test_every_model_that_leads_to_a_person_is_told_or_excused(mira: User) -> None:
    """A new model with a key to a person, an address or an unreadable column fails until somebody thought of it."""
    leading = {model._meta.label for model in apps.get_models() if leads_to_somebody(model)}
    told = [part.kind for part in everything_about(mira)]
    assert len(told) == len(set(told))
    by_way_of_their_talk = {"events.Upload"}
    assert leading | by_way_of_their_talk == set(told) | set(EXCUSED)
    assert set(told).isdisjoint(EXCUSED)


CANARY = "Zinnia Quillfeather"
OTHER = "Bartholomew Nettlebed"


@pytest.fixture
def zinnia(network: Network) -> User:
    user = person("zinnia@quill.example", CANARY, "Quill House", "public")
    sign_up = ask_to_join(network, email=user.email, person=Person(name=CANARY, sector="public"))
    membership = confirm(sign_up).membership
    Membership.objects.filter(pk=membership.pk).update(role="note-taker")
    choose(membership, Wish(kinds=frozenset({Kind.NOTES})))
    return user


def fill(user: User, meeting: Meeting, olive: User, said: str) -> None:
    """A row of every kind there is, of this person."""
    place = Registration.objects.create(meeting=meeting, user=user, name=user.name, state="attended", confirmed=True)
    Reminded.objects.create(registration=place, step="7d")
    talk = meeting.agenda.get(kind="talk")
    speaker = Speaker.objects.create(
        agenda_item=talk, user=user, name=user.name, email=user.email, biography=user.name, name_seen_by="public"
    )
    keep_file(speaker, "photo", b"A photo")
    SpeakerEntry.objects.create(meeting=meeting, email=user.email)
    OpenToColleagues.objects.create(membership=user.memberships.get())
    say_access_need(place, f"Captions for {user.name}, please.")
    assert meeting.series is not None
    StandingPlace.objects.create(series=meeting.series, user=user)
    keep_usual_attribution(user.memberships.get(), Attribution.SECTOR)
    discussion: AgendaItem = meeting.agenda.get(kind="discussion")
    add_own_point(place, text=said, agenda_item=discussion, level=Attribution.SECTOR, at=meeting.ends_at)
    notebook = open_notebook(meeting)
    sealed = add_note(notebook, text=f"Sealed: {said}", agenda_item=discussion, contributor=f"r{place.pk}")
    notebook.items.filter(pk=sealed.pk).update(confidential=True)
    jot(notebook, writer=user, token=uuid4(), words={"text": f"Half a sentence of {user.name}"})
    ask_question(meeting, person=f"user {user.pk}", text="Whose question is this?", at=meeting.starts_at)
    Introduction.objects.create(
        network=meeting.network, asker=user, asked=olive, words=f"To meet {user.name}", asked_on=NOW.date(), answer=1
    )
    TalkOffer.objects.create(meeting=meeting, user=user, title=f"A talk by {user.name}", text="Two sentences.")
    suggest_topic(meeting.network, user, title=f"What {user.name.split()[1]} wants")
    edition = Edition.objects.create(meeting=meeting, number=user.pk, title="Notes", content=[], made_on=NOW.date())
    Approval.objects.create(edition=edition, made_by=user, approved_by=olive)
    Correction.objects.create(
        meeting=meeting,
        suggester=str(user.pk),
        words=f"Better words by {user.name}",
        new_text="What an organiser means to say.",
        moved_on=NOW.date(),
    )
    send_letter("welcome", [Recipient(user.email, user.name, user)], network=meeting.network, created_by=user)
    ask_for_address(user, f"new-{user.email}")
    batch = Batch.objects.create(network=meeting.network, created_by=user, state="done")
    AttendanceReport.objects.create(meeting=meeting, kind="attendance", created_by=user)
    home = {"home_name": "Forum", "home_link": "https://forum.example/", "erase_on": NOW.date(), "started_at": NOW}
    move, _new = Move.objects.get_or_create(network=meeting.network, defaults=home)
    Answer.objects.create(move=move, membership=user.memberships.get(), agrees=True, answered_at=NOW)
    Carried.objects.create(membership=user.memberships.get(), wording="I agree.", given_at=NOW)
    Parcel.objects.create(network=meeting.network, kind="archive", created_by=user)
    Mailbox.objects.create(user=user, digest=f"{user.pk:064}", last_at=NOW, days=1)
    Brought.objects.create(membership=user.memberships.get(), batch=batch, made_account=True)
    make_own_calendar(user, on=NOW.date())
    Host.objects.create(meeting=meeting, user=user)
    times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    tried = Meeting.objects.create(network=meeting.network, title="Tried", slug=f"tried-{user.pk}", **times)
    LinkTrial.objects.create(meeting=tried, tried_by=user, tried_at=NOW, link="0" * 64)
    browser = signed_in(user)
    key = SoftKey()
    asked = json.loads(browser.post("/me/signing-in/passkey/options/").content)
    browser.post("/me/signing-in/passkey/", {"credential": key.make(asked)})
    record_act(meeting, by=user)
    LogEntry.objects.create(
        user=user, content_type=ContentType.objects.get_for_model(Meeting), object_repr="Meeting", action_flag=CHANGE
    )


@pytest.fixture
def filled(meeting: Meeting, olive: User, zinnia: User, mira: User, files_in_memory: None) -> User:
    User.objects.filter(pk=mira.pk).update(name=OTHER)
    mira.refresh_from_db()
    fill(zinnia, meeting, olive, f"Zinnias need sun, said {CANARY}.")
    fill(mira, meeting, olive, f"Nettles do not, said {OTHER}.")
    ask_contributors(open_notebook(meeting), by=olive, at=NOW)
    return zinnia


def test_every_part_has_what_there_is_and_nobody_else(filled: User, mira: User) -> None:
    """R12: one's own, and of nobody else a word."""
    parts = everything_about(filled)
    assert [part.kind for part in parts if not part.rows] == []
    words = json.dumps([[cell.value for cell in row] for part in parts for row in part.rows])
    for theirs in ("Zinnias need sun", "Half a sentence of Zinnia", "Better words by Zinnia", "with my sector"):
        assert theirs in words
    for others in (
        OTHER,
        "Bartholomew",
        "Nettles",
        mira.email,
        "Olive",
        "olive@",
        "Whose question",
        "Sealed:",
        "means to",
    ):
        assert others not in words


def test_whose_points_are_all_confidential_finds_nothing_of_them(meeting: Meeting, mira: User) -> None:
    """R5: not even that somebody noted who they are."""
    place = Registration.objects.create(meeting=meeting, user=mira, name=mira.name, state="attended", confirmed=True)
    notebook = open_notebook(meeting)
    before = everything_about(mira)
    note = add_note(
        notebook,
        text="Between us.",
        agenda_item=meeting.agenda.get(kind="discussion"),
        contributor=f"r{place.pk}",
        confidential=True,
    )
    assert Contributor.objects.get().who.key == note.contributor
    assert everything_about(mira) == before


def test_same_in_json_and_on_the_page(filled: User) -> None:
    """B25: in one press, readable by machines and by people."""
    answer = signed_in(filled).post("/me/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert re.fullmatch(r'attachment; filename="my-data-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["my-data.json", "my-data.html"]
    data, page = json.loads(archive.read("my-data.json"))["data"], archive.read("my-data.html").decode()
    assert list(data) == [part.kind for part in everything_about(filled)]
    assert data["members.User"] == [
        {
            "last_login": data["members.User"][0]["last_login"],
            "is_superuser": False,
            "email": "zinnia@quill.example",
            "name": CANARY,
            "organisation": "Quill House",
            "sector": "Public sector",
            "job_title": "",
            "also_known_as": "",
            "language": "",
            "is_active": True,
            "joined_at": filled.joined_at.isoformat(),
        }
    ]
    for value in (CANARY, "Zinnias need sun", "Better words", "Quill House", "Juries and panels (14 January 2037)"):
        assert value in page
    for remote in ("<script", "<link", "<img", "src=", "url("):
        assert remote not in page


def test_pages_are_for_whoever_is_signed_in(client: Client, mira: User) -> None:
    for path in ("/me/data/", "/me/erase/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
        assert signed_in(mira).put(path).status_code == 405
    assert client.post("/me/data/download/")["Location"] == "/accounts/login/?next=/me/data/download/"
    assert signed_in(mira).get("/me/data/download/").status_code == 405


def test_what_i_said_is_listed_newest_first_with_its_wording(zinnia: User, network: Network) -> None:
    """B26."""
    page = signed_in(zinnia).get("/me/data/").text
    said = [" ".join(one.split()) for one in re.findall(r"<li>\s*<span>(.*?)</span>", page, re.DOTALL)]
    assert said == [
        "No more reminders of meetings",
        "No more newsletters",
        "No more invitations to meetings",
        "I agreed to the ground rules",
    ]
    assert str(network.ground_rules)[:60] in page
    assert "join form, confirmed by mail" in page
    assert "on my page" in page


def test_erasing_oneself(filled: User, network: Network) -> None:
    browser = signed_in(filled)
    page = browser.get("/me/erase/").text
    assert "What stays, and why" in page
    answer = browser.post("/me/erase/", {"sure": "on"}, follow=True)
    assert "You are erased." in answer.text
    assert browser.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert not User.objects.filter(email="zinnia@quill.example").exists()


def test_erasing_needs_the_tick(filled: User) -> None:
    answer = signed_in(filled).post("/me/erase/")
    assert answer.status_code == 422
    assert "Nothing has been erased." in answer.text
    assert User.objects.filter(pk=filled.pk).exists()


def test_last_organiser_is_told_what_to_do_first(olive: User) -> None:
    answer = signed_in(olive).post("/me/erase/", {"sure": "on"}, follow=True)
    assert "Make another member owner first." in answer.text
    assert answer.redirect_chain == [("/me/erase/", 302)]
    assert User.objects.filter(pk=olive.pk).exists()


def holding(word: str) -> set[str]:
    """Which models have this word in a row, deciphered: as much as whoever holds the keys can read."""
    return {
        model._meta.label
        for model in apps.get_models()
        for row in model._default_manager.all()
        if any(word in str(getattr(row, field.attname)) for field in model._meta.concrete_fields)
    }


def test_nothing_that_leads_to_them_is_left_but_what_the_page_says(filled: User) -> None:
    """R10: what stays is as the page says: their points without their name, and the agendas of talks they gave."""
    number = f"'{filled.pk}'"
    assert {"members.User", "members.Delivery", "members.SignUp", "notes.Contributor"} <= holding(filled.email)
    erase(filled.email, at=NOW)
    index_missing()
    assert holding(filled.email) == set()
    # The agenda, its copy in the search, and the sentence in which they named themselves.
    assert holding(CANARY) == {"events.Speaker", "search.Passage", "notes.Note"}
    assert [one.who.name for one in Contributor.objects.all()] == [OTHER]
    assert number not in {one.suggester for one in Correction.objects.all()}
    assert SignUp.objects.count() == 0
    assert Mailing.objects.filter(created_by=filled.pk).count() == 0
