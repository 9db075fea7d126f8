"""A network is put to rest after its last meeting: there to read, nothing to join, and no letters (B100)."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.answering import AnsweringRefused, answer, give_feedback
from events.actions.asking import AskingRefused, ask_question
from events.actions.offering import OfferingRefused, call_for_talks, offer_talk
from events.actions.registering import Guest, RegistrationIsClosed, cancel_registration, register_guest, register_member
from events.models import Meeting, Registration, Survey
from events.rules.surveys import Sheet
from members.actions.importing import ImportRefused, begin, go_ahead
from members.actions.joining import agree, approve, ask_to_join, confirm
from members.actions.mailing import Recipient, send_letter
from members.actions.resting import NetworkIsResting, RestRefused, outlook, put_to_rest, wake
from members.letters import AGREE, confirm_purpose
from members.models import Batch, Delivery, Mailing, Membership, Network, SignUp, User
from members.tasks import deliver
from members.writing import known_letters
from notes.actions.noting import add_note, open_notebook
from notes.actions.suggesting import SuggestingIsClosed, points_of, suggest
from notes.models.editions import Circulation, Edition
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent
from tests.test_visitors import Address, addresses, visitors  # noqa: F401  # fixtures: every page there is

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
WORDS = "We go on as a working group of the Fjord Forum."
LINK = "https://fjord.example/network"
# What a network at rest still sends: a receipt for what somebody did, the link by which speakers take something back,
# and what organisers owe to whoever is erased or moved.
STILL_SENT = {
    "moving",
    "events/cancelled",
    "events/left_waiting_list",
    "events/speaker_link",
    "notes/needs_a_look",
    "notes/look_again",
}


def rest(network: Network) -> None:
    """Whatever is in the way: the rule is the same."""
    Network.objects.filter(pk=network.pk).update(rested_at=NOW, rest_sentence=WORDS, rest_link=LINK)
    network.refresh_from_db()


def join_as(network: Network, email: str) -> SignUp:
    return SignUp.objects.create(network=network, email=email, name="New", sector="public")


def test_no_letter_goes_out_but_what_somebody_asked_for(network: Network, mira: User) -> None:
    """Of all letters there are: whoever adds one decides here whether it goes at rest."""
    rest(network)
    for letter in known_letters():
        send_letter(letter, [Recipient(mira.email, mira.name, mira)], network=network)
    assert set(Delivery.objects.values_list("mailing__letter", flat=True)) == STILL_SENT


def test_codes_to_sign_in_go_out_as_ever(network: Network, mira: User) -> None:
    """Letters of the whole site are no network's."""
    rest(network)
    send_letter("login_code", [Recipient(mira.email)], network=None)
    assert Delivery.objects.get().email == mira.email


def test_letters_that_wait_are_not_sent_also_not_by_a_worker_who_comes_late(
    network: Network, mira: User, olive: User
) -> None:
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    assert outlook(network, at=NOW).lines[2] == "1 letter that waits to be sent is not sent, also not later."
    put_to_rest(network, sentence="", link="", at=NOW)
    assert Delivery.objects.get().state == Delivery.State.UNWANTED
    # Made by somebody who did not know yet.
    late = Mailing.objects.create(network=network, letter="welcome", about_id=mira.memberships.get().pk)
    Delivery.objects.create(mailing=late, email=mira.email, user=mira)
    deliver.call(late.pk)
    assert letters_sent() == []
    assert late.deliveries.get().state == Delivery.State.UNWANTED
    assert wake(network) is True
    assert letters_sent() == []


def test_nobody_becomes_a_member_by_any_way(network: Network, stan: User, mira: User) -> None:
    sign_up = join_as(network, "new@people.example")
    waits = member_of(network, stan, state="pending")
    brought = member_of(network, person("old@people.example", "Old"), state="brought")
    batch = Batch.objects.create(network=network, state="read")
    rest(network)
    said = SignUp(email="x@people.example", name="X", sector="public")
    for act in (
        lambda: ask_to_join(network, email=said.email, person=said),  # type: ignore[arg-type]  # refused before it is read
        lambda: confirm(sign_up),
        lambda: approve(waits, by=mira),
        lambda: agree(brought, way="link"),
    ):
        with pytest.raises(NetworkIsResting):
            act()
    with pytest.raises(ImportRefused, match="at rest"):
        begin(network, by=mira, files=[])
    assert go_ahead(batch) is False
    assert Membership.objects.active().filter(network=network).count() == 1


def test_pages_that_took_people_in_say_why_they_do_not(network: Network, stan: User) -> None:
    sign_up = join_as(network, "new@people.example")
    brought = member_of(network, person("old@people.example", "Old"), state="brought")
    rest(network)
    for path in (
        "/voices/join/",
        f"/p/{personal_token(confirm_purpose(sign_up), sign_up.pk)}/confirm/",
        f"/p/{personal_token(AGREE, brought.pk)}/agree/",
    ):
        shown, pressed = Client().get(path), Client().post(path, {"agree": "yes"})
        assert (shown.status_code, pressed.status_code) == (200, 409)
        assert b"Nobody can join it any more." in shown.content
        assert b"<form" not in shown.content
    assert Membership.objects.active().filter(network=network).count() == 0
    # Leaving is always possible.
    Client().post(f"/p/{personal_token(AGREE, brought.pk)}/agree/", {"leave": "yes"})
    brought.refresh_from_db()
    assert brought.state == Membership.State.LEFT


def test_nobody_registers_or_asks_but_a_place_can_be_given_back(network: Network, meeting: Meeting, mira: User) -> None:
    own = register_member(meeting, mira)
    letters_sent()
    rest(network)
    meeting = Meeting.objects.get()
    with pytest.raises(RegistrationIsClosed, match="at rest"):
        register_guest(meeting, Guest(email="guest@people.example", name="Guest"))
    with pytest.raises(AskingRefused, match="at rest"):
        ask_question(meeting, person=f"user {mira.pk}", text="Why?", at=NOW)
    assert "This network is at rest, so nobody can register any more." in page("/voices/", mira)
    survey = Survey.objects.create(network=network, title="Where?", state="open")
    survey.questions.create(kind="one", text="Where?", choices="Here\nThere", position=1)
    sheet = Sheet(chosen={"1": ["1"]})
    with pytest.raises(AnsweringRefused):
        answer(survey, sheet, person="user 1", at=NOW)
    with pytest.raises(AnsweringRefused):
        give_feedback(meeting, sheet, person="user 1", at=meeting.ends_at)
    call_for_talks(meeting, closes_at=meeting.starts_at, minutes=5)
    with pytest.raises(OfferingRefused):
        offer_talk(meeting, mira, title="Trams", text="Rails.", name_seen_by="nobody", at=NOW)
    with time_machine.travel(NOW):
        cancel_registration(own)
    assert [letter.to for letter in letters_sent()] == [[mira.email]]
    assert Registration.objects.get().state == Registration.State.CANCELLED


def page(path: str, user: User | None = None) -> str:
    client = signed_in(user) if user else Client()
    return client.get(path).content.decode()


def test_notes_stay_readable_and_take_no_suggestions(network: Network, meeting: Meeting, mira: User) -> None:
    said = [{"title": "Discussion", "lines": [{"text": "Juries need time.", "attribution": ""}]}]
    edition = Edition.objects.create(meeting=meeting, number=1, title="Notes", content=said, made_on=NOW.date())
    Circulation.objects.create(edition=edition, circulated_at=NOW)
    path = edition.get_absolute_url()
    assert "Suggest a correction" in page(path, mira)
    rest(network)
    edition = Edition.objects.get()
    assert "Suggest a correction" not in page(path, mira)
    assert Client().get(path).status_code == 404
    with pytest.raises(SuggestingIsClosed):
        suggest(edition, next(points_of(edition)), "No.", by=mira, at=NOW)
    suggesting = signed_in(mira).get(reverse("notes:suggest", args=["voices", meeting.slug]), follow=True)
    assert "no suggestions are taken any more" in suggesting.content.decode()


def test_every_page_of_the_network_says_where_to_go_on(
    visitors: dict[str, Client],  # noqa: F811  # the fixture
    addresses: list[Address],  # noqa: F811  # the fixture
    network: Network,
) -> None:
    """Whatever somebody opened, the banner leads on; and no page leads to joining or registering."""
    rest(network)
    found, without, leading = 0, [], []
    for one in addresses:
        if one.name.startswith("admin:"):
            continue
        answer = visitors["mira"].get(one.path)
        if answer.status_code != 200 or not answer.context or not answer.context.get("network"):
            continue
        found += 1
        words = answer.content.decode()
        if WORDS not in words or f'href="{LINK}"' not in words:
            without.append(one.name)
        if "/voices/join/" in words or "/register/" in words or "/suggest/" in words:
            leading.append(one.name)
    assert found > 15
    assert (without, leading) == ([], [])


def test_what_is_to_be_decided_stands_in_the_way(network: Network, meeting: Meeting, stan: User, olive: User) -> None:
    member_of(network, stan, state="pending")
    Batch.objects.create(network=network, state="reading")
    add_note(open_notebook(meeting), text="Juries need time.")
    expected = [
        "A list of people is being brought in. Wait until that is done, or stop it.",
        "1 person waits to be let in. Let them in, or turn them down, so that they are told.",
        "1 meeting is still to come. Hold it first, or cancel it and tell those who have registered.",
        "The notes of 1 meeting are not circulated yet. Circulate them, or take the points out.",
    ]
    assert sorted(outlook(network, at=NOW).in_the_way) == sorted(expected)
    with pytest.raises(RestRefused):
        put_to_rest(network, sentence="", link="", at=NOW)
    said = " ".join(page(f"/admin/members/network/{network.pk}/rest/", olive).split())
    assert all(line in said for line in expected)
    assert "Put the network to rest</button>" not in said


def test_an_organiser_puts_it_to_rest_changes_the_banner_and_wakes_it(network: Network, olive: User) -> None:
    client, path = signed_in(olive), f"/admin/members/network/{network.pk}/rest/"
    wrong = client.post(path, {"rest_sentence": WORDS, "rest_link": "not an address"})
    assert wrong.status_code == 422
    assert WORDS in wrong.content.decode()
    client.post(path, {"rest_sentence": WORDS, "rest_link": LINK})
    network.refresh_from_db()
    began = network.rested_at
    assert network.is_resting
    assert WORDS in page("/voices/")
    client.post(path, {"rest_sentence": "Elsewhere.", "rest_link": ""})
    network.refresh_from_db()
    assert (network.rested_at, network.rest_sentence, network.rest_link) == (began, "Elsewhere.", "")
    client.post(path, {"wake": "yes"})
    network.refresh_from_db()
    assert (network.is_resting, network.rest_sentence) == (False, "")
    assert "Elsewhere." not in page("/voices/")
    assert wake(network) is False


def test_another_networks_organiser_cannot(network: Network, otto: User, noor: User) -> None:
    for user in (otto, noor):
        answer = signed_in(user).post(f"/admin/members/network/{network.pk}/rest/", {"rest_sentence": "Gone."})
        assert answer.status_code == 404
    network.refresh_from_db()
    assert not network.is_resting


def test_nobody_is_let_in_from_the_panel(network: Network, olive: User) -> None:
    """Approving at rest says why not, and changes nothing."""
    waits = member_of(network, person("late@people.example", "Late"), state="pending")
    rest(network)
    data = {"action": "let_in", "_selected_action": [waits.pk]}
    said = signed_in(olive).post("/admin/members/membership/", data, follow=True).content.decode()
    assert "This network is at rest, so nobody can join it any more." in said
    waits.refresh_from_db()
    assert waits.state == Membership.State.PENDING
