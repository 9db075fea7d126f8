"""Who came, marked by hand (B82)."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from events.models import Meeting, Registration
from members.models import Network, User
from tests.conftest import signed_in


@pytest.fixture
def begun(meeting: Meeting) -> Meeting:
    """The call is on, and Olive holds her telephone."""
    start = timezone.now() - timedelta(minutes=5)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    for name, state in (("Ann", "registered"), ("Bo", "attended"), ("Cy", "waiting"), ("Di", "cancelled")):
        Registration.objects.create(meeting=meeting, guest_email=f"{name}@people.example", name=name, state=state)
    return meeting


def page_of(meeting: Meeting) -> str:
    return f"/admin/events/meeting/{meeting.pk}/came/"


def states(meeting: Meeting) -> dict[str, str]:
    return dict(meeting.registrations.values_list("name", "state"))


def pk_of(meeting: Meeting, name: str) -> int:
    return meeting.registrations.get(name=name).pk


def test_an_organiser_ticks_who_came(begun: Meeting, olive: User) -> None:
    """Somebody without a place came all the same; Bo was marked by mistake."""
    client = signed_in(olive)
    ticked = {"came": [pk_of(begun, "Ann"), pk_of(begun, "Cy")], "was": [pk_of(begun, "Bo")]}
    answer = client.post(page_of(begun), ticked, follow=True)
    assert states(begun) == {"Ann": "attended", "Bo": "registered", "Cy": "attended", "Di": "cancelled"}
    assert "<strong>2</strong> of <strong>3</strong>" in answer.content.decode()
    assert LogEntry.objects.filter(user=olive, object_id=str(begun.pk)).count() == 1


def test_what_somebody_else_marked_meanwhile_stays(begun: Meeting, olive: User) -> None:
    """Ann presses “Join the call” while the list lies open: it was shown without her, and says nothing of her."""
    begun.registrations.filter(name="Ann").update(state="attended")
    signed_in(olive).post(page_of(begun), {"came": [pk_of(begun, "Bo")], "was": [pk_of(begun, "Bo")]})
    assert states(begun)["Ann"] == "attended"
    assert not LogEntry.objects.exists()


def test_one_press_marks_everybody_with_a_place(begun: Meeting, olive: User) -> None:
    signed_in(olive).post(page_of(begun), {"everybody": ""})
    assert states(begun) == {"Ann": "attended", "Bo": "attended", "Cy": "waiting", "Di": "cancelled"}


def test_people_of_other_meetings_and_nonsense_are_left_alone(begun: Meeting, olive: User) -> None:
    now = timezone.now()
    other = Meeting.objects.create(
        network=begun.network, title="Other", slug="other", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    elsewhere = Registration.objects.create(meeting=other, guest_email="eve@people.example", name="Eve")
    signed_in(olive).post(page_of(begun), {"came": [elsewhere.pk, "x", "", "9" * 30], "was": ["-1"]})
    assert states(other) == {"Eve": "registered"}


def test_the_list_says_whether_presses_are_kept(begun: Meeting, olive: User, network: Network) -> None:
    """Decision 36."""
    client = signed_in(olive)
    assert "is ticked already" in client.get(page_of(begun)).content.decode()
    Network.objects.filter(pk=network.pk).update(records_joining=False)
    assert "kept for this meeting alone" in client.get(page_of(begun)).content.decode()


def test_before_a_meeting_begins_nobody_has_come(meeting: Meeting, olive: User, mira: User) -> None:
    place = Registration.objects.create(meeting=meeting, user=mira, name=mira.name)
    client = signed_in(olive)
    assert "This meeting has not begun." in client.get(page_of(meeting)).content.decode()
    assert client.post(page_of(meeting), {"came": [place.pk]}).status_code == 409
    assert states(meeting) == {mira.name: "registered"}


def test_hundreds_stand_on_pages_of_two_hundred(begun: Meeting, olive: User) -> None:
    Registration.objects.bulk_create(
        Registration(meeting=begun, guest_email=f"{at}@people.example", name=f"E{at:03}") for at in range(200)
    )
    client = signed_in(olive)
    first, second = (client.get(f"{page_of(begun)}?page={page}").content.decode() for page in (1, 2))
    assert (first.count('type="checkbox"'), second.count('type="checkbox"')) == (200, 4)
    client.post(f"{page_of(begun)}?page=2", {"came": [pk_of(begun, "E199")]})
    assert states(begun)["E199"] == "attended"
    assert states(begun)["Bo"] == "attended"


def test_only_organisers_mark_who_came(begun: Meeting, noor: User, mira: User, otto: User) -> None:
    """R13. Members are led to sign in, as to every page of the panel; for organisers elsewhere there is none (R12)."""
    assert [signed_in(one).get(page_of(begun)).status_code for one in (noor, mira, otto)] == [404, 302, 404]
    assert Client().get(page_of(begun)).status_code == 302
    assert signed_in(noor).post(page_of(begun), {"everybody": ""}).status_code == 404
    assert states(begun)["Ann"] == "registered"
