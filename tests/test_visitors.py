"""R12: every address × every kind of visitor. An address without a row here fails, so none is added unthought of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver

from cop.ending.letters import PURPOSE
from cop.ending.models import Answer, Certificate, Move, Parcel
from cop.lib.signing import personal_token
from events.actions.own_calendars import make_own_calendar
from events.actions.suggesting import suggest_topic
from events.actions.uploading import keep_file
from events.entries import cannot_come_token
from events.green_rooms import green_room_link
from events.media import FOR_ITS_OWNERS, address_for
from events.models import AttendanceReport, Meeting, Registration, Speaker, SpeakerEntry, Survey, TalkCall, Topic
from events.talks import talk_purpose
from members.actions.signing_in import one_time_link
from members.letters import confirm_purpose, new_address_purpose, old_address_purpose
from members.models import (
    Act,
    AddressChange,
    Batch,
    Circular,
    Deletion,
    Delivery,
    Mailbox,
    Mailing,
    Membership,
    Network,
    SignUp,
    User,
)
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note, open_notebook
from notes.models import Circulation, ConsentRequest, Edition, ForgettingCertificate
from tests.conftest import signed_in
from tests.notes.conftest import NOW
from tests.test_languages import in_welsh, ours

# Signed out; an account without a network; a member; an organiser of another network; a note-taker; an organiser;
# the site's owner.
VISITORS = ("nobody", "stan", "mira", "otto", "noor", "olive", "root")
# Pages outside the panel that are organisers' work as well.
OF_ORGANISERS = ("starting:",)
TABLE = Path(__file__).with_name("visitors.txt")


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def named_patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


@pytest.fixture
def addresses(meeting: Meeting, olive: User, mira: User, network: Network, files_in_memory: None) -> list[Address]:
    """Each named address once, about things that exist in the network."""
    registration = Registration.objects.create(
        meeting=meeting, user=mira, name=mira.name, state="attended", confirmed=True
    )
    Edition.objects.create(meeting=meeting, number=1, title="Notes", content=[], made_on=NOW.date())
    Circulation.objects.create(edition=Edition.objects.get(), circulated_at=NOW)
    Network.objects.filter(pk=network.pk).update(publishes_write_ups=True)
    public = Edition.objects.create(
        meeting=meeting, audience=1, number=1, title="Write-up", content=[], made_on=NOW.date()
    )
    Circulation.objects.create(edition=public, circulated_at=NOW)
    notebook = open_notebook(meeting)
    note = add_note(notebook, text="Juries need time.", contributor=f"r{registration.pk}")
    ask_contributors(notebook, by=olive, at=NOW)
    ForgettingCertificate.objects.create(meeting=meeting, forgotten_on=NOW.date(), kinds=[])
    sign_up = SignUp.objects.create(network=network, email="new@people.example", name="New", sector="public")
    mailing = Mailing.objects.create(network=network, letter="notes/circulated", about_id=meeting.pk)
    told = Delivery.objects.create(mailing=mailing, user=mira, email=mira.email)
    change = AddressChange.objects.create(user=mira, old_email=mira.email, new_email="mira@lake.example")
    circular = Circular.objects.create(network=network, audience="members/news", subject="News", text="Dear all")
    Meeting.objects.filter(pk=meeting.pk).update(source_name="2037-01-14-juries.md")
    asked = Mailing.objects.create(network=network, letter="events/invitation")
    Circular.objects.create(network=network, audience=f"events/not-registered {meeting.pk}", mailing=asked)
    invited = Delivery.objects.create(mailing=asked, user=olive, email=olive.email)
    topic = Topic.objects.create(network=network, name="Juries", slug="juries")
    meeting.topics.add(topic)
    batch = Batch.objects.create(network=network, state="read")
    TalkCall.objects.create(meeting=meeting, closes_at=meeting.starts_at)
    wanted = suggest_topic(network, mira, title="Paying people")
    survey = Survey.objects.create(network=network, title="How shall we meet?", state="open")
    mailbox = Mailbox.objects.create(user=mira, digest="0" * 64, last_at=NOW, paused_at=NOW, why="hard")
    report = AttendanceReport.objects.create(meeting=meeting, kind="attendance", state="undone")
    move = Move.objects.create(
        network=network, home_name="Forum", home_link="https://forum.example/", erase_on=NOW.date(), started_at=NOW
    )
    answer = Answer.objects.create(move=move, membership=Membership.objects.get(user=mira))
    certificate = Certificate.objects.create(network_name="Old", home_name="New", erased_on=NOW.date(), counts={})
    act = Act.objects.create(network=network, user=olive, kind=2, about="meeting", number=meeting.pk)
    parcel = Parcel.objects.create(network=network, kind="archive", state="ready")
    speaker = Speaker.objects.get()
    entry = SpeakerEntry.objects.create(meeting=meeting, email="tove@fjord.example")
    upload = keep_file(speaker, "photo", b"A photo")
    Speaker.objects.filter(pk=speaker.pk).update(name_seen_by="nobody", said_at=NOW, email=entry.email)
    speaker.refresh_from_db()
    known = {
        "network": network.slug,
        "key": upload.key,
        "topic": topic.slug,
        "old": "2037-01-14-juries",
        "meeting": meeting.slug,
        "meeting_id": meeting.pk,
        "note_id": note.pk,
        "batch_id": batch.pk,
        "mailbox_id": mailbox.pk,
        "provider": "postmark",
        "correction_id": 1,
        "sign_in_id": 1,
        "passkey_id": 1,
        "provider_id": "office",
        "network_id": network.pk,
        "move_id": move.pk,
        "parcel_id": parcel.pk,
        "report_id": report.pk,
        "series_id": meeting.series_id,
        "circular_id": circular.pk,
        "suggestion_id": wanted.pk,
        "survey_id": survey.pk,
        "press": "set-off",
        "name": "cancel",
        "who": "everybody",
        "letter": "welcome",
        "version": "0123456789abcdef",
        "digest": "0123456789abcdef",
        "form": "pdf",
        "language": "cy",
        "app_label": "events",
        "content_type_id": 1,
    }
    tokens = {
        "notes:consent": personal_token("consent", ConsentRequest.objects.get().pk),
        "events:join_from_calendar": (calendar := make_own_calendar(mira, on=NOW.date())),
        "events:own_calendar_feed": calendar,
        "events:register_by_link": personal_token("invited", invited.pk),
        "events:cannot_come_by_link": cannot_come_token(meeting.pk, mira.pk),
        "events:join_by_link": personal_token("join", registration.pk),
        "events:file_by_link": address_for(upload, FOR_ITS_OWNERS).split("/")[-2],
        "events:green_room": green_room_link(entry).split("/")[-3],
        "events:talk": personal_token(talk_purpose(speaker), speaker.pk),
        "members:confirm": personal_token(confirm_purpose(sign_up), sign_up.pk),
        "members:confirm_address": personal_token(new_address_purpose(change), change.pk),
        "members:keep_address": personal_token(old_address_purpose(change), change.pk),
        "ending:move": personal_token(PURPOSE, answer.pk),
        "members:stop": personal_token("stop letters", told.pk),
        "members:sign_in_by_link": one_time_link(olive).split("/")[-3],
    }
    objects = {
        "notes_notebook": notebook,
        "ending_certificate": certificate,
        "ending_move": move,
        "ending_parcel": parcel,
        "events_attendancereport": report,
        "members_act": act,
        "members_batch": batch,
        "members_circular": circular,
        "members_mailbox": mailbox,
        "members_mailing": mailing,
        "members_delivery": told,
        "members_network": network,
        "members_membership": Membership.objects.get(user=mira),
        "members_signup": sign_up,
        "members_deletion": Deletion.objects.create(kind="sign-ups", day=NOW.date(), count=2),
        "members_user": mira,
        "events_meeting": meeting,
        "events_registration": registration,
        "events_series": meeting.series,
        "events_suggestion": wanted,
        "events_survey": survey,
        "events_topic": topic,
    }
    found = []
    for name, pattern in named_patterns(get_resolver()):
        needs = pattern.pattern.converters
        about = next((row for key, row in objects.items() if key in name), None)
        values = {key: known.get(key) for key in needs}
        if "token" in needs:
            values["token"] = tokens.get(name, personal_token("registration", registration.pk))
        if "object_id" in needs:
            values["object_id"] = about.pk if about else 1
        if name == "admin:app_list":
            values["app_label"] = "events"
        if name == "admin:notes_notebook_certificate_file":
            values["form"] = "txt"
        found.append(Address(name, reverse(name, kwargs=values)))
    return found


@pytest.fixture
def visitors(stan: User, mira: User, otto: User, noor: User, olive: User) -> dict[str, Client]:
    root = User.objects.create_superuser("root@site.example", name="Root")
    people = (stan, mira, otto, noor, olive, root)
    return {"nobody": Client(), **{name: signed_in(one) for name, one in zip(VISITORS[1:], people, strict=True)}}


@pytest.mark.one_engine
def test_every_address_answers_each_visitor_as_the_table_says(
    visitors: dict[str, Client], addresses: list[Address]
) -> None:
    """`visitors.txt` is written by hand: whoever adds an address decides what each kind of visitor gets."""
    expected = {name: answers.split() for name, answers in (line.split(maxsplit=1) for line in rows_of(TABLE))}
    found = {one.name: [str(visitors[name].get(one.path).status_code) for name in VISITORS] for one in addresses}
    assert found == expected


@pytest.mark.one_engine
def test_what_everybody_and_members_read_is_in_welsh(visitors: dict[str, Client], addresses: list[Address]) -> None:
    """B96: each page outside the panel is opened in Welsh, and says nothing of ours that has no Welsh words."""
    pages = [
        one.path for one in addresses if not one.name.startswith("admin:") and not one.name.startswith(OF_ORGANISERS)
    ]
    with in_welsh() as missing:
        for who in ("nobody", "mira"):
            for page in pages:
                visitors[who].get(page, headers={"accept-language": "cy"})
    assert ours(missing.found) == []


def rows_of(table: Path) -> list[str]:
    return [line for line in table.read_text().splitlines() if line and not line.startswith("#")]
