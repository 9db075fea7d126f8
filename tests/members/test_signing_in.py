"""Signing in by a code, or by a link that the site's owner had made; and out again."""

import io
import re
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.adapter import AccountAdapter
from members.models import Delivery, Mailing, User
from tests.conftest import signed_in
from tests.post import letters_sent, run_waiting_tasks

pytestmark = pytest.mark.django_db

CODE_PAGE = "/accounts/login/code/confirm/"


def code_for(client: Client, email: str, then: str = "") -> str:
    answer = client.post(f"/accounts/login/{then}", {"email": email})
    assert answer["Location"] == f"{CODE_PAGE}{then}"
    [letter] = letters_sent()
    found = re.search(r"^\d{6}$", str(letter.body), re.MULTILINE)
    assert found
    return found[0]


# -- The code --------------------------------------------------------------------------------------------------------


def test_one_page_for_the_address_and_one_for_the_code(client: Client, mira: User) -> None:
    """B18."""
    page = client.get("/accounts/login/")
    assert 'name="email"' in page.text
    assert "password" not in page.text.replace("There is no password.", "")
    code = code_for(client, "Mira@River.example")
    assert 'name="code"' in client.get(CODE_PAGE).text
    answer = client.post(CODE_PAGE, {"code": code})
    assert answer["Location"] == "/me/"
    assert client.session["_auth_user_id"] == str(mira.pk)


def test_letter_with_the_code_is_ours(client: Client, mira: User) -> None:
    client.post("/accounts/login/", {"email": mira.email})
    [letter] = letters_sent()
    assert (letter.to, letter.subject) == ([mira.email], "Your code to sign in")
    assert [kind for _content, kind in letter.alternatives] == ["text/html"]
    assert 'class="code" style="' in str(letter.alternatives[0][0])
    assert "example.com" not in str(letter.message())


def test_unknown_address_gets_the_same_answer_and_a_letter_that_says_so(mira: User) -> None:
    """Complaint 6; B17: on the page nobody learns who has an account, in the mailbox its owner does."""
    answers = []
    for email in (mira.email, "nobody@nowhere.example"):
        browser = Client()
        first = browser.post("/accounts/login/", {"email": email})
        page = browser.get(CODE_PAGE)
        wrong = browser.post(CODE_PAGE, {"code": "000000"})
        answers.append(
            [(a.status_code, a.get("Location"), without(email, a.text)) for a in (first, page, wrong)],
        )
    assert answers[0] == answers[1]
    assert [(letter.to, letter.subject) for letter in letters_sent()] == [
        ([mira.email], "Your code to sign in"),
        (["nobody@nowhere.example"], "You cannot sign in with this address"),
    ]
    assert "This is not the code" in answers[0][2][2]


def test_known_and_unknown_addresses_take_the_same_work(mira: User) -> None:
    """B17: as many writes for one as for the other, so that time tells as little as the answer does."""
    writes = []
    Client().post("/accounts/login/", {"email": "first@nowhere.example"})  # who asks from there is counted in one row
    for email in (mira.email, "nobody@nowhere.example"):
        browser = Client()
        with CaptureQueriesContext(connection) as first:
            browser.post("/accounts/login/", {"email": email})
        with CaptureQueriesContext(connection) as again:
            again_for(browser)
        writes.append([written(first), written(again)])
    assert writes[0] == writes[1]
    assert min(some.total() for some in writes[0]) > 3


def written(queries: CaptureQueriesContext) -> Counter[str]:
    """How many writes there were of each kind."""
    asked = (one["sql"].split() for one in queries)
    return Counter(" ".join(words[:3]) for words in asked if words[0] in {"INSERT", "UPDATE", "DELETE"})


def again_for(browser: Client) -> None:
    """Press "Send me a new code", with what the page gives."""
    page = browser.get(CODE_PAGE).text
    form = page[: page.index("Send me a new code")].rpartition("<form")[2]
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = browser.post(re.findall(r'action="([^"]+)"', form)[0], values)
    assert answer["Location"].startswith(CODE_PAGE)


def without(email: str, page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, "…"))


def test_wrong_code_three_times_begins_again(client: Client, mira: User) -> None:
    code = code_for(client, mira.email)
    for _ in range(2):
        assert "This is not the code in the newest letter." in client.post(CODE_PAGE, {"code": "000000"}).text
    assert client.post(CODE_PAGE, {"code": "000000"})["Location"] == "/accounts/login/code/"
    client.post(CODE_PAGE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_new_code_voids_the_old_one(client: Client, mira: User) -> None:
    old = code_for(client, mira.email)
    again_for(client)
    [letter] = letters_sent()
    new = re.findall(r"^\d{6}$", str(letter.body), re.MULTILINE)[0]
    if old != new:
        assert client.post(CODE_PAGE, {"code": old}).status_code == 200
    assert client.post(CODE_PAGE, {"code": new})["Location"] == "/me/"


def test_code_expires_with_its_letter(client: Client, mira: User) -> None:
    client.post("/accounts/login/", {"email": mira.email})
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        run_waiting_tasks()
    assert mail.outbox == []
    assert Delivery.objects.get().problem == "What this letter was about is no longer there."


def test_code_is_in_no_row_of_ours(client: Client, mira: User) -> None:
    code = code_for(client, mira.email)
    for row in [*Mailing.objects.values(), *Delivery.objects.values("about_id", "problem", "name")]:
        assert code not in str(row)


def test_another_address_can_be_tried(client: Client, mira: User) -> None:
    client.post("/accounts/login/", {"email": "mria@river.example"})
    assert client.get("/accounts/login/")["Location"] == CODE_PAGE
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"})["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/").status_code == 200


def test_bad_address_says_why(client: Client) -> None:
    answer = client.post("/accounts/login/", {"email": "mira at river"})
    assert answer.text.count("This does not look like an e-mail address. It needs an @ and no spaces.") == 2
    assert 'value="mira at river"' in answer.text


def test_asking_too_often_is_refused(client: Client, mira: User) -> None:
    for _ in range(3):
        Client().post("/accounts/login/", {"email": mira.email})
    answer = client.post("/accounts/login/", {"email": mira.email})
    assert "That was tried too often." in answer.text
    assert len(letters_sent()) == 3


def test_closed_account_gets_no_code(client: Client, mira: User) -> None:
    User.objects.update(is_active=False)
    client.post("/accounts/login/", {"email": mira.email})
    assert [letter.subject for letter in letters_sent()] == ["You cannot sign in with this address"]


def test_person_made_without_allauth_can_sign_in(client: Client) -> None:
    """`createsuperuser` knows nothing of verified addresses; whoever reads the code has the mailbox."""
    owner = User.objects.create_superuser("owner@site.example")
    assert client.post(CODE_PAGE, {"code": ""})["Location"] == "/accounts/login/code/"
    answer = client.post(CODE_PAGE, {"code": code_for(client, owner.email)})
    assert answer["Location"] == "/me/"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(owner.email, True)]


def test_panel_leads_through_sign_in_and_back(client: Client, olive: User) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    code = code_for(client, olive.email, then="?next=%2Fadmin%2F")
    answer = client.post(f"{CODE_PAGE}?next=%2Fadmin%2F", {"code": code})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_sign_in_leads_to_no_other_site(client: Client, mira: User) -> None:
    answer = client.post("/accounts/login/?next=https://evil.example/", {"email": mira.email})
    assert "evil" not in answer["Location"]


@pytest.mark.parametrize("page", ["password/reset/", "password/change/", "email/", "confirm-email/", "reauthenticate/"])
def test_pages_about_passwords_are_not_there(client: Client, mira: User, page: str) -> None:
    assert client.get(f"/accounts/{page}").status_code == 404
    assert signed_in(mira).get(f"/accounts/{page}").status_code == 404


def test_nobody_signs_up_past_the_networks(client: Client) -> None:
    assert "You come in by joining a network." in client.get("/accounts/signup/").text
    client.post("/accounts/signup/", {"email": "new@x.example"})
    assert not User.objects.exists()


def test_signing_out_takes_a_button(mira: User) -> None:
    browser = signed_in(mira)
    assert "Do you want to sign out?" in browser.get("/accounts/logout/").text
    assert "_auth_user_id" in browser.session
    assert browser.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in browser.session


def test_no_address_in_log_or_flash(client: Client, mira: User, caplog: pytest.LogCaptureFixture) -> None:
    """R15."""
    caplog.set_level("INFO")
    client.post(CODE_PAGE, {"code": code_for(client, mira.email)})
    page = client.get("/me/")
    assert "notices" not in page.text
    assert mira.email not in caplog.text


def test_no_other_letter_of_allauths_goes_out_in_its_own_words() -> None:
    with pytest.raises(LookupError):
        AccountAdapter().send_mail("account/email/password_reset_key", "mira@river.example", {})


# -- The link --------------------------------------------------------------------------------------------------------


def link_for(*emails: str) -> list[str]:
    said = io.StringIO()
    call_command("sign_in_link", *emails, stdout=said)
    return [line.split()[-1].removeprefix("http://127.0.0.1:8000") for line in said.getvalue().splitlines()]


def test_link_signs_in_once(mira: User, olive: User) -> None:
    links = link_for(mira.email, olive.email.upper())
    assert len(links) == 2
    browser = Client()
    assert "Olive Okonjo" in browser.get(links[1]).text
    assert browser.post(links[1])["Location"] == "/me/"
    assert browser.session["_auth_user_id"] == str(olive.pk)
    for answer in (Client().get(links[1]), Client().post(links[1])):
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
    assert Client().get(links[0]).status_code == 200


def test_opening_the_link_changes_nothing(mira: User) -> None:
    """Complaint 7."""
    [link] = link_for(mira.email)
    for _ in range(3):
        scanner = Client()
        assert scanner.get(link).status_code == 200
        assert "_auth_user_id" not in scanner.session
    mira.refresh_from_db()
    assert mira.last_login is None


def test_link_lasts_a_day(client: Client, mira: User) -> None:
    [link] = link_for(mira.email)
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert client.post(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert client.post(link).status_code == 302


def test_link_of_a_closed_account_is_void(client: Client, mira: User) -> None:
    [link] = link_for(mira.email)
    User.objects.update(is_active=False)
    assert client.post(link).status_code == 404


def test_link_wants_a_known_method_and_an_honest_token(client: Client, mira: User) -> None:
    [link] = link_for(mira.email)
    assert client.put(link).status_code == 405
    forged = link.replace("/sign-in/", "x/sign-in/")
    assert client.post(forged).status_code == 404


def test_command_refuses_unknown_people(mira: User) -> None:
    with pytest.raises(CommandError, match=r"Nobody can sign in with who@x\.example\. Is the address written right\?"):
        call_command("sign_in_link", mira.email, "who@x.example")
