"""Every letter there is can be written, and carries what it should."""

import pytest
from django.conf import settings
from django.utils import timezone

from cop.lib.mail import Letter
from members.actions.joining import Person, ask_to_join
from members.actions.mailing import Recipient, send_letter
from members.actions.signing_in import send_code
from members.models import AddressChange, Delivery, Network, Passkey, User
from members.writing import known_letters, letter as letter_called, write

pytestmark = pytest.mark.django_db

ADDRESS = ["address_asked", "address_changed", "address_confirm", "address_gone"]
OURS = ["approval_wanted", "confirm", "declined", "login_code", "no_account", "passkey_added", "welcome", *ADDRESS]


def written(name: str, network: Network, mira: User) -> Letter:
    if name == "confirm":
        ask_to_join(network, email="new@river.example", person=Person(name="Nia", sector="public"))
    elif name == "login_code":
        send_code(mira.email, "123456")
    elif name == "no_account":
        send_code("nobody@nowhere.example", "")
    elif name == "passkey_added":
        passkey = Passkey.objects.create(user=mira, name="Firefox, Linux", key="k", added_on=timezone.localdate())
        send_letter(name, [Recipient(mira.email)], network=None, about_id=passkey.pk)
    elif name in ADDRESS:
        confirmed_at = timezone.now() if name == "address_changed" else None
        change = AddressChange.objects.create(
            user=mira, old_email=mira.email, new_email="mira@lake.example", confirmed_at=confirmed_at
        )
        send_letter(name, [Recipient(mira.email)], network=None, about_id=change.pk)
    else:
        send_letter(name, [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    return write(Delivery.objects.select_related("mailing").get())


def test_these_letters_are_the_members_own() -> None:
    assert set(OURS) <= set(known_letters())


def test_two_letters_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Two letters are called welcome\."):
        letter_called("welcome")(write)


@pytest.mark.parametrize("name", OURS)
def test_letter_says_the_same_in_text_and_html_and_fetches_nothing(name: str, network: Network, mira: User) -> None:
    letter = written(name, network, mira)
    assert letter.subject
    assert letter.subject == " ".join(letter.subject.split())
    assert "{" not in letter.text + letter.html.replace("{margin", "")
    for link in [word for word in letter.text.split() if word.startswith("http")]:
        assert link.startswith(settings.SITE_URL)
        assert link in letter.html
    for remote in ("<img", "<link", "<script", "src=", "url("):
        assert remote not in letter.html
    assert f"<title>{letter.subject}</title>" in letter.html


def test_links_in_letters_are_pages_of_ours(network: Network, mira: User) -> None:
    letter = written("welcome", network, mira)
    links = {word for word in letter.text.split() if word.startswith("http")}
    assert links == {f"{settings.SITE_URL}/voices/", f"{settings.SITE_URL}/me/"}
    assert str(network.ground_rules) in letter.text
