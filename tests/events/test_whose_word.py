"""A stranger fills in the form with somebody's address: nothing of it stands for them, and nothing is learned."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions.attending import mark_attended
from events.actions.registering import Guest, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, Network, User
from notes.drafting import participants
from notes.rules.redaction import attribution_phrase, redact, text_hash
from notes.rules.vocabulary import Attribution, Audience, Consent, Draft, Item, Participant
from tests.conftest import member_of, person, signed_in
from tests.events.test_registering import GITA
from tests.events.test_registering_pages import at, personal

LIE = Guest(email=GITA.email, name="Gloria Payne", organisation="Payne Lobbying", sector="academia", job_title="Boss")
WORDS = {"name": "Gita Rao", "organisation": "Rao Consulting", "job_title": "Founder", "sector": "private"}


def words(registration: Registration) -> tuple[str, str, str, str, bool]:
    registration.refresh_from_db()
    said = registration
    return said.name, said.organisation, said.job_title, said.sector, said.confirmed


def phrases(one: Participant) -> list[str]:
    return [attribution_phrase(one, level) for level in Attribution]


def the_participant(meeting: Meeting, registration: Registration) -> Participant:
    return next(one for one in participants(meeting) if one.key == f"r{registration.pk}")


# -- Learning from the form ------------------------------------------------------------------------------------------


def test_form_tells_an_organiser_nothing_about_an_account(meeting: Meeting, network: Network, olive: User) -> None:
    """An organiser registers somebody's address for a meeting of a network that person never joined."""
    secret = person("tove@hidden.example", "Tove Hidden", "Hidden Works", "academia")
    secret.job_title = "Hidden role"
    secret.save()
    Client().post(at("register", meeting), {"name": "x", "email": "tove@hidden.example"})
    row = Registration.objects.get()
    assert (row.user, row.name, row.organisation, row.job_title, row.sector) == (None, "x", "", "", "")
    panel = signed_in(olive)
    page = panel.get(reverse("admin:events_registration_changelist")).content.decode()
    page += panel.get(reverse("admin:events_registration_change", args=[row.pk])).content.decode()
    assert "tove@hidden.example" in page
    assert not re.search(r"Tove Hidden|Hidden Works|Hidden role", page)
    entry = the_participant(meeting, row)
    assert (entry.name, entry.organisation, entry.aliases) == ("x", "", ())


def test_row_with_and_without_an_account_look_alike_to_organisers(meeting: Meeting, olive: User) -> None:
    person("tove@hidden.example", "Tove Hidden", "Hidden Works", "academia")
    for email in ("tove@hidden.example", "nobody@hidden.example"):
        register_guest(meeting, Guest(email=email, name="x"))
    rows = list(Registration.objects.values("user", "name", "organisation", "sector", "job_title", "state"))
    assert rows[0] == rows[1]
    assert list(Delivery.objects.filter(user=None).values_list("name", flat=True)) == ["", ""]


# -- A false word stands for nobody ----------------------------------------------------------------------------------


def test_what_a_stranger_typed_is_looked_for_and_never_shown(meeting: Meeting) -> None:
    row = register_guest(meeting, LIE)
    mark_attended(meeting, [row])
    entry = the_participant(meeting, row)
    assert (entry.name, entry.organisation, entry.role) == ("Gloria Payne", "Payne Lobbying", "Boss")
    assert phrases(entry) == ["", "", "", ""]


def test_who_is_not_confirmed_counts_for_no_sector(meeting: Meeting) -> None:
    """R4: a stranger cannot make a sector look larger than it is."""
    people = [Guest(email=f"p{n}@x.example", name=f"P {n}", organisation=f"O{n}", sector="private") for n in range(3)]
    rows = [register_guest(meeting, one) for one in people]
    mark_attended(meeting, rows)
    assert shown_as_sector(meeting, rows[0]) == ""
    for row in rows[:2]:
        Client().post(personal("my_registration", row), WORDS | {"name": row.name, "organisation": row.organisation})
    assert shown_as_sector(meeting, rows[0]) == ""
    Client().post(personal("my_registration", rows[2]), WORDS)
    assert shown_as_sector(meeting, rows[0]) == "Private sector"


def shown_as_sector(meeting: Meeting, row: Registration) -> str:
    yes = Consent(level=Attribution.SECTOR, audience=Audience.NETWORK, text_hash=text_hash("Yes."))
    item = Item(section="Talk", text="Yes.", contributor=f"r{row.pk}", consent=yes)
    draft = Draft(title="", sections=("Talk",), items=(item,), participants=participants(meeting))
    return redact(draft).sections[0].lines[0].attribution


def test_somebody_who_runs_the_network_or_presents_keeps_their_words(meeting: Meeting, olive: User) -> None:
    row = register_guest(meeting, Guest(email=olive.email, name="Gloria Payne", organisation="Payne Lobbying"))
    entry = the_participant(meeting, row)
    assert phrases(entry) == ["", "Civil society", "Commons Trust", "Olive Okonjo"]
    assert {"Gloria Payne", "Payne Lobbying"} <= set(entry.aliases)


def test_letter_carries_no_strangers_words(meeting: Meeting) -> None:
    register_guest(meeting, LIE)
    assert list(Delivery.objects.values_list("name", flat=True)) == [""]


# -- The person's own word wins --------------------------------------------------------------------------------------


def test_opening_the_personal_link_confirms_nothing(meeting: Meeting) -> None:
    """R14."""
    row = register_guest(meeting, LIE)
    with time_machine.travel(meeting.starts_at):
        for name, purpose in (
            ("my_registration", "registration"),
            ("my_calendar", "registration"),
            ("join_by_link", "join"),
        ):
            Client().get(personal(name, row, purpose))
            Client().head(personal(name, row, purpose))
    assert words(row)[-1] is False


def test_personal_page_puts_right_what_was_typed(meeting: Meeting) -> None:
    row = register_guest(meeting, LIE)
    client, address = Client(), personal("my_registration", row)
    page = client.get(address).content.decode()
    assert 'value="Gloria Payne"' in page
    assert "Yes, this is me" in page
    page = client.post(address, WORDS, follow=True).content.decode()
    assert "Saved." in page
    assert "Yes, this is me" not in page
    assert words(row) == ("Gita Rao", "Rao Consulting", "Founder", "private", True)
    assert phrases(the_participant(meeting, row)) == ["", "Private sector", "Rao Consulting", "Gita Rao"]


def test_personal_page_says_what_is_wrong_and_keeps_what_was_typed(meeting: Meeting) -> None:
    row = register_guest(meeting, GITA)
    answer = Client().post(personal("my_registration", row), WORDS | {"name": "", "job_title": "Founder of it"})
    assert answer.status_code == 422
    assert 'value="Founder of it"' in answer.content.decode()
    assert words(row) == ("Gita Rao", "Rao Consulting", "", "private", False)


def test_ones_own_word_cannot_be_typed_over(meeting: Meeting) -> None:
    row = register_guest(meeting, GITA)
    Client().post(personal("my_registration", row), WORDS)
    register_guest(meeting, LIE)
    assert words(row) == ("Gita Rao", "Rao Consulting", "Founder", "private", True)


def test_who_cancelled_says_anew_that_they_come(meeting: Meeting) -> None:
    row = register_guest(meeting, GITA)
    Client().post(personal("my_registration", row), WORDS)
    Client().post(personal("cancel_by_link", row))
    register_guest(meeting, LIE)
    assert (words(row)[0], words(row)[-1], row.state) == ("Gloria Payne", False, "registered")
    assert row.aliases == ("Gita Rao", "Rao Consulting")
    assert phrases(the_participant(meeting, row)) == ["", "", "", ""]


def test_typing_later_wins_over_typing_earlier_and_forgets_no_form_of_name(meeting: Meeting) -> None:
    """R8: nor can a stranger make the leak check forget a name by typing another for the same address."""
    row = register_guest(meeting, LIE)
    register_guest(meeting, GITA)
    assert words(row) == ("Gita Rao", "Rao Consulting", "", "private", False)
    assert the_participant(meeting, row).aliases == ("Gloria Payne", "Payne Lobbying")
    register_guest(meeting, LIE)
    assert {"Gita Rao", "Rao Consulting"} <= set(the_participant(meeting, row).aliases)


def test_signed_in_press_puts_down_what_the_account_says(meeting: Meeting, mira: User, stan: User) -> None:
    for user in (mira, stan):
        row = register_guest(meeting, Guest(email=user.email, name="Gloria Payne", organisation="Payne Lobbying"))
        client = signed_in(user)
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "You have a place." in page
        assert "Yes, put down what my account says" in page
        page = client.post(at("register", meeting), follow=True).content.decode()
        assert "Yes, put down what my account says" not in page
        assert words(row) == (user.name, user.organisation, user.job_title, user.sector, True)
        assert row.user == user


def test_joining_the_call_confirms(meeting: Meeting, mira: User) -> None:
    guest, member = register_guest(meeting, GITA), register_guest(meeting, Guest(email=mira.email, name="Gloria Payne"))
    with time_machine.travel(meeting.starts_at):
        page = Client().get(personal("my_registration", guest)).content.decode()
        assert f'action="{personal("join_by_link", guest, "join")}"' in page
        Client().post(personal("join_by_link", guest, "join"))
        signed_in(mira).post(at("join", meeting))
    assert words(guest) == ("Gita Rao", "Rao Consulting", "", "private", True)
    assert words(member) == ("Mira Novak", "River County Council", "", "public", True)
    assert set(Registration.objects.values_list("state", flat=True)) == {"attended"}


def test_an_organiser_cannot_confirm_for_somebody(meeting: Meeting, olive: User) -> None:
    row = register_guest(meeting, LIE)
    panel = signed_in(olive)
    change = reverse("admin:events_registration_change", args=[row.pk])
    panel.post(change, {"name": "Gloria Payne", "organisation": "", "job_title": "", "sector": "", "confirmed": "on"})
    assert words(row) == ("Gloria Payne", "", "", "", False)
    panel.post(
        reverse("admin:events_registration_changelist"), {"action": "came", "_selected_action": [row.pk]}, follow=True
    )
    row.refresh_from_db()
    assert (row.state, row.confirmed) == ("attended", False)
    listed = panel.get(reverse("admin:events_registration_changelist")).content.decode()
    assert "typed by somebody, not confirmed" in listed


@pytest.mark.parametrize("state", ["pending", "paused", "left"])
def test_only_members_find_in_their_account_what_was_typed(
    meeting: Meeting, network: Network, stan: User, state: str
) -> None:
    member_of(network, stan, state=state)
    assert register_guest(meeting, Guest(email=stan.email, name="x")).user is None


def test_members_own_press_is_confirmed_at_once(meeting: Meeting, mira: User) -> None:
    assert words(register_member(meeting, mira)) == ("Mira Novak", "River County Council", "", "public", True)
