"""Joining, choosing, stopping, leaving and passkeys in Chromium, as one person would go through them (B15-B27)."""

import re
from collections.abc import Callable

import pytest

from members.models import Kind, Membership, Network, Refusal, User
from tests.browser.conftest import Person
from tests.browser.test_members_pages import is_clean
from tests.conftest import member_of, person
from tests.post import letters_sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_a_device(who: Person) -> None:
    """Chromium's virtual authenticator: a device that knows its holder."""
    session = who.page.context.new_cdp_session(who.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def join(nia: Person) -> None:
    nia.goes_to("/voices/join/")
    nia.page.get_by_label("E-mail address").fill("nia@river.example")
    nia.page.get_by_label("Name", exact=True).fill("Nia New")
    nia.page.get_by_label("Sector").select_option("public")
    nia.page.get_by_role("checkbox").check()
    nia.presses("Join")
    nia.sees("Look into your mailbox")
    nia.goes_to(re.findall(r"\S+/confirm/", str(letters_sent()[0].body))[0])
    nia.presses("Yes, I join and keep to the ground rules")
    nia.sees("You are a member of this network. Welcome.")


def test_joining_choosing_and_leaving(somebody: Callable[[], Person], network: Network) -> None:
    nia = somebody()
    join(nia)
    nia.goes_to("/me/")
    nia.page.get_by_label("Newsletters").uncheck()
    nia.page.get_by_label("Members of this network may see").check()
    nia.page.get_by_role("button", name="Save").first.click()
    nia.sees("Saved. It counts from the next letter on.")
    is_clean(nia, "1 chosen")
    assert list(Refusal.objects.values_list("kind", flat=True)) == [Kind.NEWS]
    nia.follows("Who says they are a member")
    nia.sees("Nia New")
    nia.goes_to("/me/data/")
    nia.sees("No more newsletters")
    is_clean(nia, "2 my data")
    with nia.page.expect_download() as download:
        nia.presses("Download my data")
    assert re.fullmatch(r"my-data-\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    nia.goes_to("/me/")
    nia.page.get_by_text("Leave Public voices").click()
    nia.presses("Leave this network")
    nia.sees("You have left the network.")
    assert Membership.objects.get().state == Membership.State.LEFT


def test_passkey_from_the_first_sign_in_to_the_next(somebody: Callable[[], Person], mira: User) -> None:
    """B19, with Chromium's virtual authenticator, under the site's own strict policy."""
    who = somebody()
    plug_in_a_device(who)
    who.goes_to("/accounts/login/")
    who.page.get_by_label("E-mail address").fill(mira.email)
    who.presses("Send me a code")
    code = re.findall(r"^\d{6}$", str(letters_sent()[0].body), re.MULTILINE)[0]
    who.page.get_by_label("Code").fill(code)
    who.presses("Sign in")
    who.follows("add a passkey")
    who.presses("Add a passkey on this device")
    who.sees("From now on this device signs you in.")
    is_clean(who, "1 a passkey")
    assert [letter.subject for letter in letters_sent()] == ["You have a new passkey"]
    who.presses("Sign out")
    who.goes_to("/accounts/login/?next=/me/data/")
    is_clean(who, "2 signing in with it")
    who.presses("Sign in with a passkey")
    who.sees("Take it along")
    who.goes_to("/me/signing-in/")
    who.sees("last used on")
    who.presses("Remove")
    who.sees("The passkey is removed here.")
    who.presses("Sign out")
    who.goes_to("/accounts/login/")
    who.presses("Sign in with a passkey")
    who.sees("We do not know this passkey. Sign in with a code instead.")
    who.keeps_a_picture("3 removed")


def test_device_that_says_no_changes_nothing(somebody: Callable[[], Person], network: Network) -> None:
    """No device is plugged in: the page says so, and the code is there as ever."""
    user = person("otis@river.example", "Otis")
    member_of(network, user)
    who = somebody()
    session = who.page.context.new_cdp_session(who.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "isUserVerified": False}})
    who.goes_to("/accounts/login/")
    who.presses("Sign in with a passkey")
    who.sees("That did not work. Sign in with a code instead: it always does.")
    who.keeps_a_picture("1 no")
