"""A network's own colours and logo: looked at first, refused where they cannot be read, on everything after (B97)."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from events.models import Meeting
from events.views.sharing import card_of
from members.actions.looking import CannotBeRead, clean_logo, keep_look, lay_by_logo, show_logo
from members.actions.mailing import Recipient, send_letter
from members.formats.looks import Look
from members.models import Logo, Network, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent

pytestmark = pytest.mark.django_db

BLUE = "#0057b8"


def page_of(network: Network) -> str:
    return f"/admin/members/network/{network.pk}/look/"


def words(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]  # a response


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    out = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, (20, 81, 58, 128)[: 4 if kind == "PNG" else 3]).save(out, kind)
    return out.getvalue()


def test_ours_needs_no_sheet(client: Client, network: Network) -> None:
    assert "/look/" not in client.get("/voices/").text


def test_colours_are_looked_at_and_then_kept(network: Network, olive: User) -> None:
    panel = signed_in(olive)
    answer = panel.post(page_of(network), {"accent": "0057B8", "dark": "", "headings": "sans", "look": "yes"})
    assert "Nothing is saved yet" in words(answer)
    assert "/look/preview.css?accent=%230057b8&amp;dark=&amp;headings=sans" in answer.text
    network.refresh_from_db()
    assert network.look.is_ours
    answer = panel.post(page_of(network), {"accent": "0057B8", "headings": "sans", "keep": "yes"}, follow=True)
    assert "Every page and letter of the network has it from now on." in words(answer)
    network.refresh_from_db()
    assert network.look == Look(BLUE, "", "sans")
    assert f'href="/look/voices/{network.look.version}.css"' in answer.text  # the panel has it too
    assert f'href="/look/voices/{network.look.version}.css"' in Client().get("/voices/").text


def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(network: Network, olive: User) -> None:
    answer = signed_in(olive).post(page_of(network), {"accent": "#ff6600", "dark": BLUE, "keep": "yes"})
    said = words(answer)
    assert answer.status_code == 422
    assert "#ff6600 has a contrast of 2.4 to 1 on our light page; words need 4.5. The nearest with it: #b04600." in said
    assert "#0057b8 has a contrast of 2.3 to 1 on our dark page; words need 4.5. The nearest with it: #1e88ff." in said
    assert 'value="#ff6600"' in answer.text
    network.refresh_from_db()
    assert network.look.is_ours
    with pytest.raises(CannotBeRead):
        keep_look(network, Look("#ff6600"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"accent": "bottle green"}, "Write the colour as a # and six digits or letters"),
        ({"dark": "#93d1af"}, "Give your colour for a light page as well."),
    ],
)
def test_bad_input_says_why(network: Network, olive: User, said: dict[str, str], why: str) -> None:
    answer = signed_in(olive).post(page_of(network), {**said, "keep": "yes"})
    assert answer.status_code == 422
    assert why in words(answer)


def test_sheet_is_everybodys_and_kept_for_a_year(client: Client, network: Network) -> None:
    keep_look(network, Look(BLUE))
    network.refresh_from_db()
    answer = client.get(f"/look/voices/{network.look.version}.css")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies
    assert f"--accent: {BLUE}" in answer.text
    old = client.get("/look/voices/0123456789abcdef.css")
    assert (old.status_code, old["Location"]) == (302, f"/look/voices/{network.look.version}.css")
    assert client.post(f"/look/voices/{network.look.version}.css").status_code == 405


def test_preview_lets_nothing_but_colours_through(client: Client, db: None) -> None:
    answer = client.get("/look/preview.css", {"accent": "#0057b8;} body{display:none", "dark": "red", "headings": "x"})
    assert answer.text == "\n"


def test_letters_share_pictures_and_copies_take_the_colour(meeting: Meeting, network: Network, mira: User) -> None:
    before = card_of(meeting).digest
    keep_look(network, Look(BLUE))
    meeting.network.refresh_from_db()
    assert card_of(meeting).accent == BLUE
    assert card_of(meeting).digest != before
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    [letter] = letters_sent()
    html = str(letter.alternatives[0][0])
    assert BLUE in html
    assert "#14513a" not in html


def test_logo_is_painted_anew_looked_at_and_then_shown(network: Network, olive: User) -> None:
    panel, home = signed_in(olive), Client()
    given = SimpleUploadedFile("logo.svg.png", picture() + b"<script>", "image/png")
    answer = panel.post(page_of(network), {"logo": given, "upload": "yes"}, follow=True)
    logo = Logo.objects.get()
    assert (logo.width, logo.height) == (480, 160)
    assert b"<script>" not in bytes(logo.png)
    address = f"/look/voices/{logo.digest}.png"
    assert f'src="{address}"' in answer.text
    assert address not in home.get("/voices/").text
    panel.post(page_of(network), {"show": logo.digest})
    shown = home.get("/voices/meetings/")
    assert f'src="{address}"' in " ".join(shown.text.split())
    image = home.get(address)
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/png", "public, max-age=31536000, immutable")
    with Image.open(BytesIO(image.content)) as opened:
        assert (opened.mode, opened.size) == ("RGBA", (480, 160))
    panel.post(page_of(network), {"remove": "yes"})
    assert "site-logo" not in home.get("/voices/meetings/").text
    assert home.get(address).status_code == 404


def test_another_logo_than_the_one_looked_at_is_not_shown(network: Network, olive: User) -> None:
    lay_by_logo(network, clean_logo(picture("JPEG", (30, 20))))
    assert not show_logo(network, "0123456789abcdef")
    answer = signed_in(olive).post(page_of(network), {"show": "0123456789abcdef"}, follow=True)
    assert "Somebody else has put another logo here meanwhile." in words(answer)


@pytest.mark.parametrize("raw", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", picture()[:60]])
def test_no_picture_is_refused(network: Network, olive: User, raw: bytes) -> None:
    given = SimpleUploadedFile("logo.png", raw, "image/png")
    answer = signed_in(olive).post(page_of(network), {"logo": given, "upload": "yes"})
    assert answer.status_code == 422
    assert "picture" in words(answer)
    assert not Logo.objects.exists()


def test_only_its_owners_choose(network: Network, noor: User, mira: User, otto: User) -> None:
    organiser = person("oscar@commons.example", "Oscar Reed")
    member_of(network, organiser, "organiser")
    assert signed_in(organiser).post(page_of(network), {"accent": BLUE, "keep": "yes"}).status_code == 403
    assert Client().get(page_of(network)).status_code == 302
    for user in (noor, otto):
        assert signed_in(user).post(page_of(network), {"accent": BLUE, "keep": "yes"}).status_code == 404
    assert signed_in(mira).get(page_of(network)).status_code == 302
    network.refresh_from_db()
    assert network.look.is_ours
