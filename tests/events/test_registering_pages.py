"""The pages of registering: each for whom it should, and nothing by opening a link (B29, B36, R13, R14)."""

import re
from datetime import timedelta

import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.registering import cancel_registration, confirm_words, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, Network, User
from tests.conftest import person, signed_in
from tests.events.test_registering import GITA, guest, set_capacity

FORM = {"name": "Gita Rao", "email": "gita@guest.example", "organisation": "Rao Consulting", "sector": "private"}


def at(name: str, meeting: Meeting) -> str:
    return reverse(f"events:{name}", args=[meeting.network.slug, meeting.slug])


def personal(name: str, registration: Registration, purpose: str = "registration") -> str:
    return reverse(f"events:{name}", args=[personal_token(purpose, registration.pk)])


# -- Registering ------------------------------------------------------------------------------------------------------


def test_member_registers_in_one_press(meeting: Meeting, mira: User) -> None:
    client = signed_in(mira)
    page = client.get(at("register", meeting)).content.decode()
    assert page.partition("<main")[2].count("<form") == 1
    answer = client.post(at("register", meeting), follow=True)
    assert answer.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert "You have a place." in answer.content.decode()
    assert Registration.objects.get().user == mira


def test_anybody_with_an_account_registers_in_one_press(meeting: Meeting, stan: User) -> None:
    signed_in(stan).post(at("register", meeting))
    assert Registration.objects.get().user == stan


def test_guest_registers_with_name_and_address(meeting: Meeting) -> None:
    answer = Client().post(at("register", meeting), {"name": "Gita Rao", "email": GITA.email}, follow=True)
    assert answer.redirect_chain == [(at("registered", meeting), 302)]
    assert "Look into your mailbox" in answer.content.decode()
    assert Registration.objects.get().guest_email == GITA.email


def test_guest_form_says_what_is_wrong_and_keeps_what_was_typed(meeting: Meeting) -> None:
    answer = Client().post(at("register", meeting), FORM | {"email": "gita at guest"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This does not look like an e-mail address. It needs an @ and no spaces." in page
    assert 'value="Rao Consulting"' in page
    assert 'value="gita at guest"' in page
    assert re.search(r'value="private"\s+selected', page)
    assert not Registration.objects.exists()


def test_form_answers_everybody_alike(meeting: Meeting, mira: User) -> None:
    """Neither who has an account nor who is coming can be learned from it (R13)."""
    person("left@elsewhere.example", "Somebody")
    set_capacity(meeting, 3)
    register_member(meeting, mira)
    register_guest(meeting, guest(1))
    answers = set()
    for email in (mira.email, "MIRA@river.example", "left@elsewhere.example", "guest1@crowd.example", GITA.email):
        answer = Client().post(at("register", meeting), FORM | {"email": email})
        answers.add((answer.status_code, answer.headers["Location"], answer.content))
    assert len(answers) == 1
    assert Registration.objects.count() == 4


@pytest.mark.parametrize("places", [1, 2, 3])
@pytest.mark.parametrize("is_coming", ["not", "by the form", "by themselves", "waiting", "no more"])
def test_public_pages_do_not_tell_who_was_on_the_list(
    meeting: Meeting, mira: User, stan: User, places: int, is_coming: str
) -> None:
    """R13: where places are limited, a stranger types somebody's address and looks whether one fewer is left."""
    if is_coming == "waiting":
        set_capacity(meeting, 0)
    if is_coming == "by the form":
        register_guest(meeting, GITA)
    elif is_coming != "not":
        confirm_words(register_guest(meeting, GITA).pk)
    if is_coming == "no more":
        cancel_registration(Registration.objects.get())
    set_capacity(meeting, places)
    register_member(meeting, mira)
    before = public_pages(meeting, stan)
    Client().post(at("register", meeting), FORM)
    assert public_pages(meeting, stan) == before


def public_pages(meeting: Meeting, stan: User) -> list[str]:
    paths = [reverse("network", args=[meeting.network.slug]), meeting.get_absolute_url()]
    paths += [at("register", meeting), at("registered", meeting)]
    pages = [client.get(path).content.decode() for client in (Client(), signed_in(stan)) for path in paths]
    return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]


def test_full_meeting_offers_the_waiting_list(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    confirm_words(register_guest(meeting, GITA).pk)
    assert "Join the waiting list" in Client().get(at("register", meeting)).content.decode()
    answer = signed_in(mira).post(at("register", meeting), follow=True)
    assert "You are next: we write to you as soon as a place is yours." in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [("cancelled", "has been cancelled, so nobody can register"), ("over", "is over, so nobody can register")],
)
def test_closed_meetings_say_so_and_take_nobody(meeting: Meeting, mira: User, state: str, words: str) -> None:
    if state == "cancelled":
        Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    with time_machine.travel(meeting.ends_at if state == "over" else meeting.starts_at.replace(year=2036)):
        assert words in Client().get(at("register", meeting)).content.decode()
        answer = Client().post(at("register", meeting), FORM)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert words in signed_in(mira).post(at("register", meeting), follow=True).content.decode()
    assert not Registration.objects.exists()


def test_drafts_do_not_exist(meeting: Meeting, mira: User, olive: User) -> None:
    registration = register_member(meeting, mira)
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    for client in (Client(), signed_in(mira), signed_in(olive)):
        for name in ("register", "registered", "meeting_calendar"):
            assert client.get(at(name, meeting)).status_code == 404, name
        assert client.post(at("register", meeting), FORM).status_code == 404
    assert signed_in(mira).get(at("join", meeting)).status_code == 404
    for name, purpose in (
        ("my_registration", "registration"),
        ("my_calendar", "registration"),
        ("join_by_link", "join"),
    ):
        assert Client().get(personal(name, registration, purpose)).status_code == 404


def test_a_meeting_is_found_in_its_own_network_only(meeting: Meeting, other_network: Network, mira: User) -> None:
    for name in ("register", "registered", "join", "meeting_calendar"):
        address = reverse(f"events:{name}", args=[other_network.slug, meeting.slug])
        assert signed_in(mira).get(address).status_code == 404


def test_too_many_letters_to_one_address_are_refused(meeting: Meeting) -> None:
    statuses = [Client().post(at("register", meeting), FORM).status_code for _ in range(6)]
    assert statuses == [302, 302, 302, 302, 429, 429]
    page = Client().post(at("register", meeting), FORM).content.decode()
    assert "We have written to this address several times just now." in page
    assert 'value="Rao Consulting"' in page
    assert Delivery.objects.count() == 4


def test_too_many_from_one_place_are_refused(meeting: Meeting) -> None:
    answers = [
        Client().post(at("register", meeting), {"name": "Guest", "email": f"g{number}@crowd.example"}).status_code
        for number in range(62)
    ]
    assert answers == [302] * 60 + [429] * 2


def test_registering_takes_a_token_of_the_form(meeting: Meeting, mira: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mira)
    assert strict.post(at("register", meeting)).status_code == 403
    assert not Registration.objects.exists()


# -- One's own registration -------------------------------------------------------------------------------------------


def test_personal_page_needs_no_account_and_changes_nothing_by_being_opened(meeting: Meeting) -> None:
    registration = register_guest(meeting, GITA)
    for name in ("my_registration", "my_calendar"):
        for _ in range(2):
            assert Client().get(personal(name, registration)).status_code == 200
            assert Client().head(personal(name, registration)).status_code == 200
    assert Client().get(personal("cancel_by_link", registration)).status_code == 405
    registration.refresh_from_db()
    assert registration.state == "registered"
    assert Delivery.objects.count() == 1


def test_two_presses_cancel_without_an_account(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    registration = register_guest(meeting, GITA)
    register_member(meeting, mira)
    client = Client()
    page = client.get(personal("my_registration", registration)).content.decode()
    button = re.search(r'action="([^"]*/registration/cancel/)"', page)
    assert button is not None
    page = client.post(button[1], follow=True).content.decode()
    assert "You have cancelled." in page
    assert "We have written you a receipt." in page
    assert dict(Registration.objects.values_list("name", "state")) == {
        "Gita Rao": "cancelled",
        "Mira Novak": "registered",
    }


def test_waiting_list_can_be_seen_and_left(meeting: Meeting) -> None:
    set_capacity(meeting, 0)
    register_guest(meeting, guest(1))
    registration = register_guest(meeting, GITA)
    client = Client()
    page = client.get(personal("my_registration", registration)).content.decode()
    assert "You are number 2: we write to you as soon as a place is yours." in page
    assert "Leave the waiting list" in page
    assert "Your way into the call" not in page
    client.post(personal("cancel_by_link", registration))
    assert [one.name for one in Registration.objects.waiting()] == ["Guest 1"]


def test_member_cancels_on_the_meetings_page(meeting: Meeting, mira: User, noor: User) -> None:
    register_member(meeting, mira)
    register_member(meeting, noor)
    client = signed_in(mira)
    assert client.get(at("cancel_registration", meeting)).status_code == 405
    assert Client().post(at("cancel_registration", meeting)).status_code == 302
    page = client.post(at("cancel_registration", meeting), follow=True).content.decode()
    assert "You are no longer on the list." in page
    assert dict(Registration.objects.values_list("user__name", "state")) == {
        "Mira Novak": "cancelled",
        "Noor Haddad": "registered",
    }
    assert client.post(at("cancel_registration", meeting)).status_code == 302


def test_after_the_start_there_is_nothing_to_cancel(meeting: Meeting) -> None:
    registration = register_guest(meeting, GITA)
    with time_machine.travel(meeting.starts_at):
        assert "Cancel my place" not in Client().get(personal("my_registration", registration)).content.decode()
        page = Client().post(personal("cancel_by_link", registration), follow=True).content.decode()
    assert "The meeting has begun, so there is nothing to cancel any more." in page


def test_wishes_about_the_notes_are_kept(meeting: Meeting) -> None:
    """R5: "do not note my comments"; and the other names the leak check looks for."""
    registration = register_guest(meeting, GITA)
    client, address = Client(), personal("my_registration", registration)
    wishes = {"name": "Gita Rao", "do_not_note": "on", "also_known_as": "GR\nGeetha"}
    page = client.post(address, wishes, follow=True).content.decode()
    registration.refresh_from_db()
    assert (registration.do_not_note, registration.aliases) == (True, ("GR", "Geetha"))
    assert "Saved." in page
    assert re.search(r'name="do_not_note"[^>]*checked', page)
    client.post(address, {"name": "Gita Rao", "also_known_as": ""})
    registration.refresh_from_db()
    assert (registration.do_not_note, registration.aliases) == (False, ())


def test_forged_foreign_and_old_links_lead_nowhere(meeting: Meeting) -> None:
    registration = register_guest(meeting, GITA)
    token = personal_token("registration", registration.pk)
    wrong = [token[:-1], token + "x", f"{registration.pk}", personal_token("join", registration.pk), "x.y.z"]
    for name in ("my_registration", "my_calendar"):
        for one in wrong:
            assert Client().get(reverse(f"events:{name}", args=[one])).status_code == 404
    assert Client().get(reverse("events:join_by_link", args=[token])).status_code == 404
    assert Client().post(reverse("events:cancel_by_link", args=[wrong[0]])).status_code == 404
    with time_machine.travel(meeting.ends_at + timedelta(days=30, seconds=1)):
        assert Client().get(personal("my_registration", registration)).status_code == 404
    registration.delete()
    assert Client().get(reverse("events:my_registration", args=[token])).status_code == 404


def test_personal_page_shows_nobody_else(meeting: Meeting, mira: User) -> None:
    """R13, and no cache keeps it."""
    register_member(meeting, mira)
    answer = Client().get(personal("my_registration", register_guest(meeting, GITA)))
    assert "Mira" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_own_calendar_file_is_that_of_the_letter(meeting: Meeting) -> None:
    registration = register_guest(meeting, GITA)
    answer = Client().get(personal("my_calendar", registration))
    event = vobject.readOne(answer.content.decode()).vevent
    assert event.uid.value == f"{registration.calendar_key}@127.0.0.1"
    assert event.attendee.value == "mailto:gita@guest.example"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    Client().post(personal("cancel_by_link", registration))
    gone = vobject.readOne(Client().get(personal("my_calendar", registration)).content.decode())
    assert (gone.method.value, gone.vevent.sequence.value) == ("CANCEL", "1")


# -- The way into the call --------------------------------------------------------------------------------------------


def join_link(registration: Registration) -> str:
    return personal("join_by_link", registration, "join")


@pytest.mark.parametrize(
    ("minutes", "leads_in"), [(-31, False), (-30, True), (0, True), (74, True), (75, False), (600, False)]
)
def test_joining_leads_to_the_call_while_the_doors_are_open(meeting: Meeting, minutes: int, leads_in: bool) -> None:
    """B34, complaint 5."""
    registration = register_guest(meeting, GITA)
    with time_machine.travel(meeting.starts_at + minutes * (meeting.ends_at - meeting.starts_at) / 75, tick=False):
        answer = Client().get(join_link(registration))
    if leads_in:
        assert (answer.status_code, answer.headers["Location"]) == (302, meeting.video_link)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
    else:
        assert answer.status_code == 200
        assert "video.example" not in answer.content.decode()


def test_who_is_early_is_told_when_to_come_back(meeting: Meeting) -> None:
    page = Client().get(join_link(register_guest(meeting, GITA))).content.decode()
    assert "Come back on Wednesday 14 January 2037 from 1:30pm, UK time" in page


def test_a_changed_video_link_needs_no_new_letter(meeting: Meeting) -> None:
    """B35."""
    link = join_link(register_guest(meeting, GITA))
    Meeting.objects.filter(pk=meeting.pk).update(video_link="https://other.example/room")
    with time_machine.travel(meeting.starts_at):
        assert Client().get(link).headers["Location"] == "https://other.example/room"


def test_opening_the_link_counts_for_nothing_and_pressing_the_button_does(meeting: Meeting, mira: User) -> None:
    """R14: mail scanners open links."""
    registration = register_member(meeting, mira)
    with time_machine.travel(meeting.starts_at):
        client = signed_in(mira)
        for path in (join_link(registration), at("join", meeting)):
            client.get(path)
            client.head(path)
        registration.refresh_from_db()
        assert registration.state == "registered"
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert f'action="{at("join", meeting)}"' in page
        answer = client.post(at("join", meeting))
        registration.refresh_from_db()
        assert registration.state == "attended"
        assert f'http-equiv="refresh" content="0; url={at("join", meeting)}"' in answer.content.decode()
        assert "video.example" not in answer.content.decode()
        assert client.get(at("join", meeting)).headers["Location"] == meeting.video_link


def test_pressing_too_early_does_not_count(meeting: Meeting, mira: User) -> None:
    registration = register_member(meeting, mira)
    assert "You are early." in signed_in(mira).post(at("join", meeting)).content.decode()
    registration.refresh_from_db()
    assert registration.state == "registered"


def test_joining_asks_strangers_to_sign_in_and_members_to_register(meeting: Meeting, mira: User) -> None:
    with time_machine.travel(meeting.starts_at):
        answer = Client().get(at("join", meeting))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))
        answer = signed_in(mira).get(at("join", meeting), follow=True)
    assert answer.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert "Register first" in answer.content.decode()


def test_who_waits_or_cancelled_is_not_let_in(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    first = register_guest(meeting, GITA)
    second = register_member(meeting, mira)
    with time_machine.travel(meeting.starts_at):
        page = Client().get(join_link(second)).content.decode()
        assert "You are on the waiting list." in page
        Registration.objects.filter(pk=first.pk).update(state="cancelled")
        assert "You have cancelled your place." in Client().get(join_link(first)).content.decode()
        Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
        assert "There is no call to join." in Client().get(join_link(second)).content.decode()


def test_meeting_without_a_link_yet_says_so(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(video_link="")
    registration = register_guest(meeting, GITA)
    with time_machine.travel(meeting.starts_at):
        assert "have not given the way into the call yet" in Client().get(join_link(registration)).content.decode()


def test_video_link_is_on_no_page_and_in_no_file(meeting: Meeting, mira: User, olive: User) -> None:
    registration = register_member(meeting, mira)
    pages = [
        reverse("network", args=[meeting.network.slug]),
        reverse("events:archive", args=[meeting.network.slug]),
        meeting.get_absolute_url(),
        at("register", meeting),
        at("meeting_calendar", meeting),
        personal("my_registration", registration),
        personal("my_calendar", registration),
    ]
    for minutes in (-60, 0, 100):
        with time_machine.travel(meeting.starts_at + minutes * (meeting.ends_at - meeting.starts_at) / 75):
            for client in (Client(), signed_in(mira)):
                for path in pages:
                    answer = client.get(path)
                    assert answer.status_code == 200, path
                    assert "video.example" not in answer.content.decode() + str(answer.headers), path
    panel = signed_in(olive).get(reverse("admin:events_meeting_screen", args=[meeting.pk])).content.decode()
    assert meeting.video_link in panel


# -- The public entry -------------------------------------------------------------------------------------------------


def test_public_calendar_file_names_nobody_and_leads_to_the_page(meeting: Meeting, mira: User) -> None:
    register_member(meeting, mira)
    answer = Client().get(at("meeting_calendar", meeting))
    text = answer.content.decode()
    calendar = vobject.readOne(text)
    assert calendar.method.value == "PUBLISH"
    assert calendar.vevent.url.value == f"http://127.0.0.1:8000{meeting.get_absolute_url()}"
    assert calendar.vevent.location.value == "Online"
    for secret in ("ATTENDEE", "Mira", "/join", "/p/", "video.example"):
        assert secret not in text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{meeting.slug}.ics"'
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    gone = vobject.readOne(Client().get(at("meeting_calendar", meeting)).content.decode())
    assert gone.vevent.status.value == "CANCELLED"


@pytest.mark.parametrize("name", ["registered", "meeting_calendar"])
def test_pages_to_look_at_take_no_posts(meeting: Meeting, name: str) -> None:
    assert Client().post(at(name, meeting)).status_code == 405


def test_number_of_queries_does_not_grow_with_registrations(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 2)
    registration = register_member(meeting, mira)

    def queries() -> list[int]:
        counts = []
        for path in (at("register", meeting), personal("my_registration", registration)):
            with CaptureQueriesContext(connection) as asked:
                Client().get(path)
            counts.append(len(asked))
        return counts

    before = queries()
    for number in range(3):
        register_guest(meeting, guest(number))
    assert queries() == before


# -- Whose place it is ------------------------------------------------------------------------------------------------


def test_office_mailbox_is_asked_once_whose_place_it_is(meeting: Meeting) -> None:
    """B28: a name there tells nobody who comes. Whoever says that it is right is believed."""
    said = FORM | {"name": "Policy", "email": "info@council.example"}
    answer = Client().post(at("register", meeting), said)
    assert answer.status_code == 422
    assert "This looks like a mailbox that several people read." in answer.text
    assert 'name="right_as_it_is" value="info@council.example"' in answer.text
    assert not Registration.objects.exists()
    named = Client().post(at("register", meeting), said | {"name": "Ann Lake"})
    insists = Client().post(
        at("register", meeting),
        said | {"email": "team@council.example", "right_as_it_is": "team@council.example"},
    )
    assert [answer.status_code for answer in (named, insists)] == [302, 302]
