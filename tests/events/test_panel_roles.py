"""B80: a meeting in the panel, as those see and change it who do not organise it."""

import pytest
from django.urls import reverse

from events.models import AgendaItem, Material, Meeting, Speaker
from members.models import Network, User
from tests.conftest import member_of, person, signed_in
from tests.events.forms import form_values
from tests.post import run_waiting_tasks

pytestmark = pytest.mark.django_db
SECRETS = ("tove@fjord.example", "secret-room", "https://slides.example/unseen")


@pytest.fixture
def prepared(meeting: Meeting) -> Meeting:
    """With what is not out: a speaker's address, slides for nobody yet."""
    Speaker.objects.update(email="tove@fjord.example")
    Material.objects.create(
        meeting=meeting, kind="slides", title="Unseen", url="https://slides.example/unseen", visibility="nobody"
    )
    return meeting


@pytest.fixture
def vera(network: Network) -> User:
    """The viewer."""
    user = person("vera@funder.example", "Vera Viewer")
    member_of(network, user, "viewer")
    return user


@pytest.fixture
def wes(network: Network) -> User:
    """The speaker-wrangler."""
    user = person("wes@commons.example", "Wes Wrangler")
    member_of(network, user, "speaker-wrangler")
    return user


def screen(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_change", args=[meeting.pk])


def test_viewer_sees_the_meeting_and_nothing_that_is_not_out(
    prepared: Meeting, olive: User, noor: User, vera: User
) -> None:
    for user in (olive, noor):
        page = signed_in(user).get(screen(prepared)).text
        assert [secret in page for secret in SECRETS] == [True] * 3
    page = signed_in(vera).get(screen(prepared)).text
    assert "What juries are good for." in page
    assert [secret in page for secret in SECRETS] == [False] * 3


def parts_of_screen(user: User, meeting: Meeting) -> tuple[str, set[str]]:
    """The screen of the meeting, and to which of its pages it leads."""
    page = signed_in(user).get(reverse("admin:events_meeting_screen", args=[meeting.pk])).text
    leads = {
        name: reverse(f"admin:events_meeting_{name}", args=[meeting.pk])
        for name in ("speakers", "questions", "told", "reminders", "talks")
    }
    leads |= {
        "cancel": reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"]),
        "people": reverse("admin:events_registration_changelist"),
        "desk": reverse("admin:notes_notebook_desk", args=[meeting.pk]),
    }
    return page, {name for name, address in leads.items() if address in page}


def test_screen_leads_each_to_the_pages_of_their_duties(
    prepared: Meeting, olive: User, noor: User, vera: User, wes: User
) -> None:
    page, leads = parts_of_screen(vera, prepared)
    assert leads == set()
    assert ("registered" in page, "Tove Berg" in page) == (True, False)
    page, leads = parts_of_screen(wes, prepared)
    assert leads == {"speakers"}
    assert ("registered" in page, "Tove Berg" in page) == (True, True)
    assert parts_of_screen(noor, prepared)[1] == {"questions", "people", "desk"}
    everything = {"speakers", "questions", "told", "reminders", "talks", "cancel", "people", "desk"}
    assert parts_of_screen(olive, prepared)[1] == everything


def test_viewer_changes_nothing(prepared: Meeting, vera: User) -> None:
    client = signed_in(vera)
    assert client.post(screen(prepared), {"theme": "Mine"}).status_code == 403
    screen_page = reverse("admin:events_meeting_screen", args=[prepared.pk])
    assert client.post(screen_page, {"video_link": "https://mine.example/"}).status_code == 404
    for act in ("cancel", "publish"):
        assert client.post(reverse("admin:events_meeting_act", args=[prepared.pk, act])).status_code == 403
    assert (
        client.post(reverse("admin:events_meeting_speakers", args=[prepared.pk]), {"ask_all": "1"}).status_code == 404
    )
    assert client.post(reverse("admin:notes_notebook_keep", args=[prepared.pk]), {"text": "Mine"}).status_code == 404
    prepared.refresh_from_db()
    assert (prepared.theme, prepared.state, prepared.video_link) == (
        "Juries and panels",
        "published",
        "https://video.example/secret-room",
    )


def test_viewer_here_and_organiser_there_sees_here_what_a_viewer_sees(
    prepared: Meeting, otto: User, network: Network
) -> None:
    member_of(network, otto, "viewer")
    page = signed_in(otto).get(screen(prepared)).text
    assert [secret in page for secret in SECRETS] == [False] * 3
    assert signed_in(otto).post(screen(prepared), {"theme": "Mine"}).status_code == 403


def test_speaker_wrangler_changes_speakers_and_materials_and_nothing_else(prepared: Meeting, wes: User) -> None:
    client = signed_in(wes)
    page = client.get(screen(prepared)).text
    assert [secret in page for secret in SECRETS] == [True] * 3
    values = form_values(page)
    talk = AgendaItem.objects.get(title="A jury on data")
    values |= {
        "theme": "Mine",
        "capacity": "1",
        "agenda-0-title": "Mine",
        "speakers-0-role": "Chair",
        "speakers-1-agenda_item": str(talk.pk),
        "speakers-1-name": "Ada Second",
        "speakers-1-position": "1",
        "materials-0-visibility": "members",
    }
    answer = client.post(screen(prepared), values)
    assert answer.status_code == 302, answer.text
    prepared.refresh_from_db()
    talk.refresh_from_db()
    assert (prepared.theme, prepared.capacity, talk.title) == ("Juries and panels", None, "A jury on data")
    assert Speaker.objects.get(name="Tove Berg").role == "Chair"
    assert Speaker.objects.get(name="Ada Second").agenda_item == talk
    assert Material.objects.get().visibility == "members"


def test_speaker_wrangler_asks_speakers(prepared: Meeting, wes: User) -> None:
    page = reverse("admin:events_meeting_speakers", args=[prepared.pk])
    assert signed_in(wes).post(page, {"ask_all": "1"}).status_code == 302
    run_waiting_tasks()
    assert Speaker.objects.get().asked_at is not None


def test_speaker_wrangler_sees_no_people_and_no_notes(prepared: Meeting, wes: User) -> None:
    client = signed_in(wes)
    page = client.get(reverse("admin:index")).text
    for model in ("membership", "circular", "batch"):
        assert reverse(f"admin:members_{model}_changelist") not in page
    assert reverse("admin:notes_notebook_changelist") not in page
    assert reverse("admin:events_registration_changelist") not in page
    assert reverse("admin:events_meeting_changelist") in page
