"""Another address: told to both mailboxes, confirmed from the new one, undone from the old one (B22)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from members.actions.moving import AddressIsTaken, ask_for_address, confirm_address, keep_address
from members.actions.ticking import tick
from members.models import AddressChange, Delivery, Mailing, User
from tests.conftest import person, signed_in
from tests.post import letters_sent

pytestmark = pytest.mark.django_db

OLD, NEW = "mira@river.example", "mira@lake.example"
ASKED = "Look into the new mailbox: your address changes when you press the button there."


def by_address() -> dict[str, EmailMultiAlternatives]:
    return {letter.to[0]: letter for letter in letters_sent()}


def link_in(letter: EmailMultiAlternatives) -> str:
    found = re.search(r"http://[^/]+(/p/\S+)", str(letter.body))
    assert found
    return found[1]


def ask(browser: Client, new: str = NEW) -> dict[str, EmailMultiAlternatives]:
    answer = browser.post("/me/signing-in/address/", {"new_email": new}, follow=True)
    assert ASKED in answer.text
    return by_address()


def email_of(user: User) -> str:
    return User.objects.get(pk=user.pk).email


def test_both_mailboxes_are_told_and_nothing_changes_before_the_button(mira: User) -> None:
    letters = ask(signed_in(mira), "Mira@Lake.example")
    assert {to: letter.subject for to, letter in letters.items()} == {
        NEW: "Please confirm your new address",
        OLD: "Your address is about to change",
    }
    assert NEW not in str(letters[OLD].message())  # an office's mailbox learns of no private one
    assert OLD not in str(letters[NEW].body)
    link = link_in(letters[NEW])
    page = Client().get(link)
    assert (NEW in page.text, email_of(mira)) == (True, OLD)
    assert "_auth_user_id" not in Client().session


def test_button_in_the_new_mailbox_changes_it_once_and_tells_both(mira: User) -> None:
    browser = signed_in(mira)
    link = link_in(ask(browser)[NEW])
    stranger = Client()
    for _ in range(2):
        assert stranger.post(link)["Location"] == "/me/signing-in/"
    assert email_of(mira) == NEW
    assert list(mira.emailaddress_set.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert {to: letter.subject for to, letter in by_address().items()} == {
        NEW: "This is your address now",
        OLD: "Your address has changed",
    }
    assert "_auth_user_id" not in stranger.session  # the link confirms; it does not sign in
    assert NEW in browser.get("/me/signing-in/").text


def test_new_address_signs_in_and_the_old_one_does_not(mira: User) -> None:
    confirm_address(ask_for_address(mira, NEW))
    letters_sent()
    for email in (NEW, OLD):
        Client().post("/accounts/login/", {"email": email})
    assert {to: letter.subject for to, letter in by_address().items()} == {
        NEW: "Your code to sign in",
        OLD: "You cannot sign in with this address",
    }


def test_address_of_another_account_gets_the_same_answer_and_another_letter(mira: User, stan: User) -> None:
    """Complaint 6: the page does not say who has an account."""
    letters = ask(signed_in(mira), stan.email)
    assert letters[stan.email].subject == "This address has an account already"
    assert "/p/" not in str(letters[stan.email].body)
    with pytest.raises(AddressIsTaken):
        confirm_address(AddressChange.objects.get())
    assert (email_of(mira), email_of(stan)) == (OLD, "stan@elsewhere.example")


def test_address_that_was_taken_meanwhile_is_not_given_twice(mira: User) -> None:
    link = link_in(ask(signed_in(mira))[NEW])
    person(NEW.upper(), "Somebody else")
    assert Client().post(link).status_code == 404
    assert email_of(mira) == OLD


def test_old_mailbox_stops_a_change_that_waits(mira: User) -> None:
    letters = ask(signed_in(mira))
    page = Client().get(link_in(letters[OLD])).text
    assert "Was the change of address not yours?" in page
    assert NEW not in page
    assert AddressChange.objects.count() == 1
    assert Client().post(link_in(letters[OLD]))["Location"] == "/accounts/login/"
    assert Client().post(link_in(letters[NEW])).status_code == 404
    assert email_of(mira) == OLD


def test_old_mailbox_takes_back_a_change_and_everybody_is_out(mira: User) -> None:
    """Whoever found an open browser keeps neither the account nor the session."""
    thief = signed_in(mira)
    confirm_address(ask_for_address(mira, NEW))
    link = link_in(by_address()[OLD])
    ask_for_address(User.objects.get(pk=mira.pk), "third@lake.example")
    Client().post(link)
    assert email_of(mira) == OLD
    assert list(mira.emailaddress_set.values_list("email", flat=True)) == [OLD]
    assert thief.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert AddressChange.objects.count() == 0


def test_old_address_that_is_another_accounts_by_now_stays_theirs(mira: User) -> None:
    change = ask_for_address(mira, NEW)
    confirm_address(change)
    person(OLD, "Somebody else")
    with pytest.raises(AddressIsTaken):
        keep_address(change)
    assert email_of(mira) == NEW


def test_links_grow_old_and_are_forgotten(mira: User) -> None:
    letters = ask(signed_in(mira))
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert Client().post(link_in(letters[NEW])).status_code == 404
        assert Client().get(link_in(letters[OLD])).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1)):
        assert Client().get(link_in(letters[OLD])).status_code == 404
    tick(timezone.now() + timedelta(days=10))
    assert AddressChange.objects.count() == 0
    assert not Delivery.objects.filter(email=NEW).exists()
    assert not Mailing.objects.filter(letter="address_confirm").exists()


def test_links_that_lead_nowhere(mira: User) -> None:
    change = ask_for_address(mira, NEW)
    letters = by_address()
    confirming, keeping = link_in(letters[NEW]), link_in(letters[OLD])
    swapped = [
        confirming.replace("/address/", "/keep-address/"),
        keeping.replace("/keep-address/", "/address/"),
        "/p/1.a.b/address/",
        "/p/x/keep-address/",
        f"/p/{change.pk}.a.b/address/",
    ]
    assert [Client().post(one).status_code for one in swapped] == [404] * 5
    assert Client().put(confirming).status_code == 405


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("mira at lake", "This does not look like an e-mail address."),
        ("", "Give the e-mail address that we should write to."),
        ("MIRA@river.example", "This is your address already."),
    ],
)
def test_bad_address_comes_back_as_typed(mira: User, said: str, why: str) -> None:
    answer = signed_in(mira).post("/me/signing-in/address/", {"new_email": said})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{said}"' in answer.text or not said
    assert AddressChange.objects.count() == 0


def test_asking_again_and_again_is_refused(mira: User) -> None:
    browser = signed_in(mira)
    for _ in range(3):
        ask(browser)
    answer = browser.post("/me/signing-in/address/", {"new_email": NEW})
    assert answer.status_code == 422
    assert "often enough within the hour" in answer.text
    assert letters_sent() == []


def test_signed_out_changes_nothing(client: Client) -> None:
    assert client.post("/me/signing-in/address/", {"new_email": NEW})["Location"].startswith("/accounts/login/")
    assert client.get("/me/signing-in/")["Location"] == "/accounts/login/?next=/me/signing-in/"
