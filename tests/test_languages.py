"""B96: pages and letters in Welsh; English stays where words are kept, compared, or for organisers alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations

import pytest
from babel.messages.catalog import Message
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from events.models import Meeting
from members.actions.mailing import Recipient, send_letter
from members.models import Network, SignUp, User
from members.samples import sample_letter, sampled_letters
from notes.models import Circulation, Edition
from scripts.messages import LANGUAGES, as_mo, catalogue, gathered, is_for_everybody, is_translated, path
from tests.conftest import member_of, person, signed_in
from tests.notes.conftest import NOW
from tests.post import letters_sent

all_texts = cache(gathered)
PLACES = re.compile(r"%\(\w+\)s|%[sd]|</?\w+[^>]*>|\[\w+\]")


class Missing(NullTranslations):
    """Stands behind a catalogue and writes down what is not in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def gettext(self, message: str) -> str:
        self.found.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def in_welsh() -> Iterator[Missing]:
    """All is said in Welsh within; what has no Welsh words is written down."""
    catalogue_of_welsh, missing = trans_real.translation("cy"), Missing()
    behind = catalogue_of_welsh._fallback  # type: ignore[attr-defined]  # of gettext.NullTranslations
    catalogue_of_welsh._fallback = missing  # type: ignore[attr-defined]  # as above
    try:
        with translation.override("cy"):
            yield missing
    finally:
        catalogue_of_welsh._fallback = behind  # type: ignore[attr-defined]  # as above


def ours(found: set[str]) -> list[str]:
    """Those that are our own; Django and allauth have catalogues of theirs. Samples of letters are for organisers."""
    found = {form for one in all_texts() if one.id and not is_a_sample(one) for form in originals_of(one)} & found
    return sorted(found)


def is_a_sample(one: Message) -> bool:
    return all(file.endswith("/samples.py") for file, _line in one.locations)


# -- The catalogue ---------------------------------------------------------------------------------------------------


def places(text: str) -> list[str]:
    return sorted(PLACES.findall(text))


def originals_of(one: Message) -> list[str]:
    return [str(form) for form in (one.id if isinstance(one.id, list | tuple) else (one.id,))]


def forms_of(one: Message) -> list[str]:
    return [str(form) for form in (one.string if isinstance(one.string, list | tuple) else (one.string,))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_everybody_reads_is_translated(language: str) -> None:
    """`make messages` brings the catalogue up to date; what is new needs words before it can go in."""
    written = catalogue(language)
    known = {(one.id, one.context) for one in written if is_translated(one)}
    assert [
        one.id for one in all_texts() if one.id and is_for_everybody(one) and (one.id, one.context) not in known
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language: str) -> None:
    assert as_mo(catalogue(language)) == path(language).with_suffix(".mo").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_original(language: str) -> None:
    """A name that is missing, or a link that is not closed, would show on one page in one language."""
    wrong = [
        one.id
        for one in catalogue(language)
        if one.id and is_translated(one)
        for form in forms_of(one)
        if places(form) not in [places(original) for original in originals_of(one)]
    ]
    assert wrong == []


# -- Pages -----------------------------------------------------------------------------------------------------------


def test_the_choice_is_kept_and_leads_back(client: Client, meeting: Meeting) -> None:
    page = meeting.get_absolute_url()
    english = client.get(page)
    assert ">Cymraeg</a>" in english.content.decode()
    answer = client.get(reverse("members:language", args=["cy"]), headers={"referer": f"http://testserver{page}"})
    assert (answer.status_code, answer["Location"]) == (302, f"http://testserver{page}")
    welsh = client.get(page).content.decode()
    assert '<html lang="cy">' in welsh
    assert "Cofrestru" in welsh
    # What organisers wrote is in their language, and says so (WCAG 3.1.2).
    assert f'<h1 lang="en-gb">{meeting.shown_title}</h1>' in welsh


@pytest.mark.django_db
@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/page", "javascript:alert(1)"])
def test_the_choice_leads_nowhere_else(client: Client, came_from: str) -> None:
    answer = client.get(reverse("members:language", args=["cy"]), headers={"referer": came_from} if came_from else {})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_a_language_there_is_not_has_no_page(client: Client) -> None:
    assert client.get("/language/xx/").status_code == 404
    assert client.post("/language/cy/").status_code == 405


def test_a_browser_may_ask_for_it(client: Client, network: Network) -> None:
    said = client.get(network.get_absolute_url(), headers={"accept-language": "cy-GB,cy;q=0.9,en;q=0.8"})
    assert '<html lang="cy">' in said.content.decode()


def test_the_panel_stays_as_it_is(olive: User) -> None:
    client = signed_in(olive)
    client.get(reverse("members:language", args=["cy"]))
    assert '<html lang="en-gb"' in client.get(reverse("admin:index")).content.decode()


def test_what_programs_fetch_is_the_same_in_every_language(client: Client, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    names = ("events:atom", "events:json_feed", "events:calendar")
    feeds = [reverse(name, args=[meeting.network.slug]) for name in names]
    english = [client.get(feed) for feed in feeds]
    welsh = [client.get(feed, headers={"accept-language": "cy"}) for feed in feeds]
    assert [one["ETag"] for one in english] == [one["ETag"] for one in welsh]


# -- Letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.one_engine
def test_every_letter_is_said_in_welsh(network: Network, meeting: Meeting) -> None:
    Network.objects.update(language="cy")
    network.refresh_from_db()
    with in_welsh() as missing:
        for name in sampled_letters():
            sample_letter(name, network)
    assert ours(missing.found) == []


def test_each_gets_a_letter_to_many_in_their_own_language(network: Network, meeting: Meeting, mira: User) -> None:
    """One mailing; a Welsh letter to whoever chose Welsh, an English one to whoever chose nothing."""
    welsh = person("wyn@lake.example", "Wyn")
    welsh.language = "cy"
    welsh.save()
    member_of(network, welsh)
    edition = Edition.objects.create(meeting=meeting, number=1, title="Notes", content=[], made_on=NOW.date())
    Circulation.objects.create(edition=edition, circulated_at=NOW)
    people = [Recipient(one.email, one.name, one) for one in (mira, welsh)]
    send_letter("notes/circulated", people, network=network, about_id=meeting.pk)
    said = {letter.to[0]: (letter.subject, str(letter.body)) for letter in letters_sent()}
    assert said.keys() == {mira.email, welsh.email}
    assert said[mira.email][0].endswith("new notes to read")
    assert said[welsh.email][0].endswith("nodiadau newydd i'w darllen")
    assert "Rydych yn cael y neges hon am eich bod yn aelod o'r rhwydwaith." in said[welsh.email][1]


def test_whoever_joins_in_welsh_gets_letters_in_welsh(client: Client, network: Network) -> None:
    client.get(reverse("members:language", args=["cy"]))
    form = {"email": "wyn@lake.example", "name": "Wyn", "sector": "public", "agrees": "on"}
    client.post(reverse("members:join", args=[network.slug]), form)
    (letter,) = letters_sent()
    assert letter.subject == f"Cadarnhewch: ymuno â {network.name}"
    found = re.search(r"http://127\.0\.0\.1:8000(/p/\S+/confirm/)", str(letter.body))
    assert found
    client.post(found[1])
    (welcome,) = letters_sent()
    assert welcome.subject == f"Croeso i {network.name}"
    assert not SignUp.objects.filter(language="").exists()
    assert User.objects.get(email="wyn@lake.example").language == "cy"


def test_the_language_of_letters_is_chosen_on_ones_page(mira: User) -> None:
    client = signed_in(mira)
    form = {"name": mira.name, "organisation": mira.organisation, "sector": mira.sector, "language": "cy"}
    assert client.post(reverse("members:me"), form).status_code == 302
    mira.refresh_from_db()
    assert mira.language == "cy"
    refused = client.post(reverse("members:me"), {**form, "language": "tlh"})
    assert refused.status_code == 422
    mira.refresh_from_db()
    assert mira.language == "cy"
