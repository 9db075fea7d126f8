"""A new installation is set up by whoever has its key, step by step, and by nobody else (B90)."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from cop.starting.key import is_the_key, set_up_key
from cop.starting.models import SetUp
from cop.starting.setting_up import first_network, is_open, owner
from members.actions.ticking import tick
from members.models import Membership, Network, User
from tests.smtp import post_office

pytestmark = pytest.mark.django_db

PAGES = ("/set-up/owner/", "/set-up/network/", "/set-up/mail/")
OWNER = {"name": "Ona Bright", "email": "Ona@Voices.example"}
NETWORK = {
    "name": "Public voices",
    "tagline": "People who ask the public.",
    "slug": "",
    "time_zone": "Europe/London",
    "contact": "ona@voices.example",
    "ground_rules": "The Chatham House Rule.",
}


@pytest.fixture
def ona() -> Client:
    """Somebody at a browser who has given the key."""
    client = Client()
    answer = client.post("/set-up/", {"key": set_up_key()})
    assert (answer.status_code, answer["Location"]) == (302, "/set-up/")
    return client


def said(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]  # a response


def names_owner(client: Client, version: int = 0, **other: str) -> None:
    answer = client.post("/set-up/owner/", {**OWNER, "version": version, **other})
    assert (answer.status_code, answer["Location"]) == (302, "/set-up/network/")


def makes_network(client: Client, version: int = 1, **other: str) -> None:
    answer = client.post("/set-up/network/", {**NETWORK, "version": version, **other})
    assert (answer.status_code, answer["Location"]) == (302, "/set-up/mail/")


def code_in_letter() -> str:
    return str(re.findall(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)[0])


class TestTheDoor:
    def test_an_empty_site_leads_there_and_asks_for_the_key(self, client: Client) -> None:
        answer = client.get("/", follow=True)
        assert answer.redirect_chain == [("/set-up/", 302)]
        assert "belongs to nobody yet" in said(answer)
        assert "python manage.py set_up" in said(answer)

    def test_nobody_passes_without_the_key(self, client: Client) -> None:
        for page in PAGES:
            assert client.get(page)["Location"] == "/set-up/"
            assert client.post(page, OWNER)["Location"] == "/set-up/"
        for press in ("/set-up/mail/letter/", "/set-up/finish/"):
            assert client.post(press)["Location"] == "/set-up/"
            assert client.get(press).status_code == 405
        assert not User.objects.exists()

    def test_a_wrong_key_is_told_so_and_kept_and_counted(self, client: Client) -> None:
        answer = client.post("/set-up/", {"key": "AAAA-BBBB"})
        assert answer.status_code == 422
        assert "This is not the key of this server" in said(answer)
        assert 'value="AAAA-BBBB"' in answer.content.decode()
        for _ in range(19):
            client.post("/set-up/", {"key": "wrong"})
        assert client.post("/set-up/", {"key": set_up_key()}).status_code == 429
        assert client.get("/set-up/owner/")["Location"] == "/set-up/"

    def test_the_key_is_the_installations_own_and_read_however_it_is_typed(self, settings: LazySettings) -> None:
        key = set_up_key()
        assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", key)
        assert is_the_key(f" {key.lower().replace('-', ' ')} ")
        assert not is_the_key("")
        settings.SECRET_KEY = "another"
        assert not is_the_key(key)

    def test_the_command_prints_address_and_key(self) -> None:
        out = StringIO()
        call_command("set_up", stdout=out)
        assert out.getvalue() == f"Open  http://127.0.0.1:8000/set-up/\nKey   {set_up_key()}\n"

    @pytest.mark.parametrize("there", ["network", "owner"])
    def test_a_site_that_is_somebodys_has_no_such_pages(self, ona: Client, there: str) -> None:
        if there == "network":
            Network.objects.create(name="Public voices", slug="voices")
        else:
            User.objects.create_superuser("root@site.example")
        for page in ("/set-up/", *PAGES):
            assert ona.get(page).status_code == 404
        with pytest.raises(CommandError, match="is set up"):
            call_command("set_up")

    def test_an_owner_without_networks_made_by_hand_finds_the_front_page(self, client: Client) -> None:
        User.objects.create_superuser("root@site.example")
        assert "There is no network here yet." in said(client.get("/"))


class TestTheSteps:
    def test_from_nothing_to_the_panel(self, ona: Client) -> None:
        assert ona.get("/set-up/")["Location"] == "/set-up/owner/"
        names_owner(ona)
        assert ona.get("/set-up/")["Location"] == "/set-up/network/"
        makes_network(ona)
        person, network = owner(), first_network()
        assert person is not None
        assert network is not None
        assert (person.email, person.name, person.is_superuser) == ("ona@voices.example", "Ona Bright", True)
        assert (network.slug, network.tagline) == ("public-voices", "People who ask the public.")
        membership = Membership.objects.get(user=person, network=network)
        assert (membership.role, membership.state) == ("owner", "active")
        assert membership.agreements.get().wording == "The Chatham House Rule."

        assert "It holds a code" in said(ona.post("/set-up/mail/letter/", follow=True))
        assert mail.outbox[-1].to == ["ona@voices.example"]
        answer = ona.post("/set-up/mail/", {"code": f" {code_in_letter()} "}, follow=True)
        assert "A letter to ona@voices.example arrived." in said(answer)
        assert person.emailaddress_set.get().verified

        answer = ona.post("/set-up/finish/", follow=True)
        assert answer.redirect_chain[-1] == ("/admin/", 302)
        assert "Everything is set up." in said(answer)
        assert not is_open()
        for page in ("/set-up/", *PAGES):
            assert ona.get(page).status_code == 404

    def test_steps_out_of_turn_lead_to_what_is_missing(self, ona: Client) -> None:
        for page in PAGES[1:]:
            assert ona.get(page)["Location"] == "/set-up/owner/"
        assert ona.post("/set-up/mail/letter/")["Location"] == "/set-up/owner/"
        names_owner(ona)
        assert ona.post("/set-up/finish/")["Location"] == "/set-up/"
        assert is_open()

    def test_another_browser_takes_it_up_where_it_was_left(self, ona: Client) -> None:
        names_owner(ona)
        other = Client()
        other.post("/set-up/", {"key": set_up_key()})
        assert other.get("/set-up/")["Location"] == "/set-up/network/"
        assert 'value="Ona Bright"' in other.get("/set-up/owner/").content.decode()
        assert 'value="ona@voices.example"' in other.get("/set-up/network/").content.decode()

    def test_bad_input_says_why_and_keeps_what_was_typed(self, ona: Client) -> None:
        answer = ona.post("/set-up/owner/", {"name": "Ona", "email": "ona at voices", "version": 0})
        assert answer.status_code == 422
        assert "It needs an @ and no spaces." in said(answer)
        assert 'value="ona at voices"' in answer.content.decode()
        names_owner(ona)
        answer = ona.post("/set-up/network/", {**NETWORK, "slug": "set-up", "version": 1})
        assert answer.status_code == 422
        assert "This address is taken by the site itself." in said(answer)
        answer = ona.post("/set-up/network/", {**NETWORK, "name": "???", "version": 1})
        assert "No address can be made from this name." in said(answer)

    def test_of_two_at_once_the_second_sees_what_the_first_saved(self, ona: Client) -> None:
        names_owner(ona)
        late = {"name": "Ben Late", "email": "ben@voices.example"}
        answer = ona.post("/set-up/owner/", {**late, "version": 0})
        assert answer.status_code == 422
        assert "Kept now: Ona Bright, ona@voices.example." in said(answer)
        assert 'value="Ben Late"' in answer.content.decode()
        assert User.objects.get().name == "Ona Bright"
        makes_network(ona)
        answer = ona.post("/set-up/network/", {**NETWORK, "name": "Other", "version": "x"})
        assert "Kept now: Public voices, at /public-voices/." in said(answer)
        assert Network.objects.get().name == "Public voices"
        assert 'name="version" value="2"' in answer.content.decode()
        names_owner(ona, 2, **late)
        assert User.objects.get().name == "Ben Late"

    def test_another_address_is_one_that_nothing_has_reached(self, ona: Client) -> None:
        names_owner(ona)
        makes_network(ona)
        ona.post("/set-up/mail/letter/")
        ona.post("/set-up/mail/", {"code": code_in_letter()})
        names_owner(ona, 2, email="ona@other.example")
        person = owner()
        assert person is not None
        assert not person.emailaddress_set.exists()
        assert SetUp.objects.get().mail_arrived_at is None

    def test_an_address_of_somebody_who_joined_meanwhile_is_refused(self, ona: Client, stan: User) -> None:
        answer = ona.post("/set-up/owner/", {**OWNER, "email": stan.email, "version": 0})
        assert "Somebody else here has this address already." in said(answer)

    def test_it_is_over_once_the_owner_has_signed_in(self, ona: Client) -> None:
        """Whoever finds the key in a log later makes nobody else the owner."""
        names_owner(ona)
        User.objects.update(last_login=datetime(2037, 1, 1, tzinfo=UTC))
        assert ona.get("/set-up/owner/").status_code == 404


class TestLetters:
    @pytest.fixture(autouse=True)
    def before(self, ona: Client) -> None:
        names_owner(ona)
        makes_network(ona)

    def test_what_a_real_server_takes_arrives_whole(self, ona: Client) -> None:
        with post_office() as office:
            ona.post("/set-up/mail/letter/")
        [letter] = office.letters
        body = letter.get_body(("plain",))
        assert body is not None
        code = re.findall(r"^(\d{6})\s", body.get_content(), re.MULTILINE)[0]
        assert ona.post("/set-up/mail/", {"code": code}).status_code == 302

    def test_what_a_real_server_refuses_is_said_in_plain_words(self, ona: Client) -> None:
        with post_office() as office:
            office.sender = lambda address: "550 5.7.1 Sender not verified"
            answer = ona.post("/set-up/mail/letter/")
        assert answer.status_code == 422
        assert "The mail server does not send from this address." in said(answer)
        assert "550 5.7.1 Sender not verified" in said(answer)

    def test_a_server_that_is_not_there_is_said(self, ona: Client, settings: LazySettings) -> None:
        with post_office():
            port = settings.EMAIL_PORT
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "ona", "hunter2"
        answer = ona.post("/set-up/mail/letter/")
        assert "no mail server listens on this port" in said(answer)
        assert "127.0.0.1, port" in said(answer)
        assert "hunter2" not in answer.content.decode()

    def test_only_the_newest_letters_code_counts_once(self, ona: Client) -> None:
        ona.post("/set-up/mail/letter/")
        old = code_in_letter()
        ona.post("/set-up/mail/letter/")
        if old == (new := code_in_letter()):
            pytest.skip("one in a million: the two codes are the same")
        answer = ona.post("/set-up/mail/", {"code": old})
        assert answer.status_code == 422
        assert "This is not the code in the newest letter." in said(answer)
        assert SetUp.objects.get().mail_arrived_at is None
        assert ona.post("/set-up/mail/", {"code": new}).status_code == 302
        assert SetUp.objects.get().code_digest == ""

    def test_tries_and_letters_are_counted(self, ona: Client) -> None:
        for _ in range(30):
            ona.post("/set-up/mail/", {"code": "1"})
        assert "That was tried often enough" in said(ona.post("/set-up/mail/", {"code": "1"}))
        for _ in range(20):
            ona.post("/set-up/mail/letter/")
        assert "Twenty letters" in said(ona.post("/set-up/mail/letter/", follow=True))
        assert len(mail.outbox) == 20

    def test_a_worker_is_seen_by_its_ticking(self, ona: Client) -> None:
        assert "none has been seen" in said(ona.get("/set-up/mail/"))
        tick(datetime.now(UTC))
        assert "is there, and will send what is waiting" in said(ona.get("/set-up/mail/"))

    def test_the_domain_is_told_its_records(self, ona: Client) -> None:
        text = said(ona.get("/set-up/mail/"))
        assert "_dmarc.example.org v=DMARC1; p=quarantine; rua=mailto:ona@voices.example" in text

    def test_one_can_finish_without_letters(self, ona: Client) -> None:
        assert "Finish without letters" in said(ona.get("/set-up/mail/"))
        assert ona.post("/set-up/finish/")["Location"] == "/admin/"
        assert not is_open()
