"""A page that shows every letter there is: whoever adds one finds it here, filled in."""

from collections.abc import Iterator

import pytest
from django.template import Engine

from members.models import Network, User
from members.samples import letter_names, sample
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def gaps_shown() -> Iterator[None]:
    """What a template asks for and nobody gives shows."""
    engine = Engine.get_default()
    engine.string_if_invalid = "NOTHING FOR %s"
    yield
    engine.string_if_invalid = ""


@pytest.mark.parametrize("name", letter_names())
def test_every_letter_can_be_looked_at_and_lacks_nothing(name: str, network: Network, gaps_shown: None) -> None:
    letter = sample(name, network)
    assert letter.subject
    assert letter.text.strip()
    assert "NOTHING FOR" not in letter.subject + letter.text + letter.html.replace("NOTHING FOR stop", "")
    assert "None" not in letter.subject + letter.text


def test_there_are_as_many_as_there_are_folders() -> None:
    assert {"welcome", "circular", "events/registered", "notes/circulated"} <= set(letter_names())
    assert len(letter_names()) >= 25


def test_organiser_sees_them_all_in_the_networks_name(network: Network, olive: User) -> None:
    page = signed_in(olive).get("/admin/members/mailing/letters/").content.decode()
    assert page.count('<pre class="letter-preview">') == len(letter_names())
    assert "Welcome to Public voices" in page
    assert "events/registered" in page


def test_letter_looks_as_in_a_mail_program_and_only_there_styles_are_let_in(network: Network, olive: User) -> None:
    client = signed_in(olive)
    answer = client.get("/admin/members/mailing/letters/welcome/")
    assert "<h1 style=" in answer.content.decode()
    assert "style-src 'self' 'unsafe-inline'" in answer["Content-Security-Policy"]
    assert "script-src 'self';" in answer["Content-Security-Policy"] + ";"
    assert "unsafe-inline" not in client.get("/admin/members/mailing/letters/")["Content-Security-Policy"]


def test_letters_are_for_organisers(network: Network, noor: User, stan: User, olive: User) -> None:
    """R12."""
    for path in ("", "welcome/"):
        assert signed_in(noor).get(f"/admin/members/mailing/letters/{path}").status_code == 404
        assert signed_in(stan).get(f"/admin/members/mailing/letters/{path}").status_code == 302
    assert signed_in(olive).get("/admin/members/mailing/letters/nonsense/").status_code == 404
