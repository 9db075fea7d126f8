"""Every letter there is with sample data, and organisers' own words in them (B75)."""

import re

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from cop.lib.mail import COVERING
from events.models import Meeting, Registration
from members.actions.joining import Person, ask_to_join
from members.actions.mailing import Recipient, send_letter
from members.models import Network, User, Wording
from members.samples import is_fixed, sample_letter, sampled_letters
from members.writing import known_letters
from tests.conftest import signed_in
from tests.post import letters_sent

# -- Samples -----------------------------------------------------------------------------------------------------------


def test_every_letter_has_a_sample() -> None:
    """A new letter without one fails here."""
    ours = [name for name in known_letters() if not name.startswith("tests/")]
    assert sorted(sampled_letters()) == ours
    assert len(set(sampled_letters().values())) == len(ours)


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sampled_letters())
def test_a_sample_is_the_letter_itself_and_leaves_nothing_behind(name: str, network: Network, olive: User) -> None:
    before = rows()
    letter = sample_letter(name, network)
    assert rows() == before
    assert letter.subject
    assert letter.html.count("<title>") == 1
    assert COVERING not in letter.html
    assert len(letter.text.split()) > 8


@pytest.mark.django_db
@pytest.mark.parametrize("name", sampled_letters())
def test_a_samples_links_are_nobodys_key(name: str, network: Network, olive: User) -> None:
    """R12: the row is rolled back, and its number may be the next person's: the link would open their page."""
    letter = sample_letter(name, network)
    for words in (letter.text, letter.html, letter.stop_url, letter.calendar.replace("\r\n ", "")):
        assert set(re.findall(r"/p/([^/]*)/", words)) <= {"sample"}


@pytest.mark.django_db
def test_there_is_no_sample_of_what_is_no_letter(network: Network) -> None:
    with pytest.raises(LookupError):
        sample_letter("nothing", network)


# -- Own words ---------------------------------------------------------------------------------------------------------


def invite(meeting: Meeting, *people: User) -> None:
    for person in people:
        row = Registration.objects.create(
            meeting=meeting, user=person, name=person.name, state="registered", confirmed=True
        )
        to = [Recipient(person.email, person.name, person, row.pk)]
        send_letter("events/registered", to, network=meeting.network, about_id=meeting.pk)


@pytest.mark.django_db
def test_own_words_stand_in_the_real_letter(meeting: Meeting, mira: User, noor: User) -> None:
    User.objects.filter(pk=mira.pk).update(name="<b>Mira & Co</b> {date}")
    mira.refresh_from_db()
    Wording.objects.create(
        network=meeting.network,
        letter="events/registered",
        subject="See you on {date}, {name}",
        covering="Dear {name},\n\nwe look forward to **{meeting}**.",
    )
    invite(meeting, mira, noor)
    first, second = letters_sent()
    assert first.subject == "See you on Wednesday 14 January 2037, <b>Mira & Co</b> {date}"
    assert second.subject == "See you on Wednesday 14 January 2037, Noor Haddad"
    assert str(first.body).startswith("Dear <b>Mira & Co</b> {date},\n\nwe look forward to **Juries and panels**.\n\n")
    html = str(first.alternatives[0][0])
    assert "<b>Mira" not in html
    assert "<title>See you on Wednesday 14 January 2037, &lt;b&gt;Mira &amp; Co&lt;/b&gt; {date}</title>" in html
    assert re.search(r'<div class="covering" style="[^"]+"><p style="[^"]+">Dear &lt;b&gt;Mira &amp; Co', html)
    assert "<strong>Juries and panels</strong>" in html
    assert html.index("Juries and panels</strong>") < html.index("<h1")


@pytest.mark.django_db
def test_the_letter_to_confirm_calls_nobody_what_a_stranger_typed(network: Network) -> None:
    Wording.objects.create(network=network, letter="confirm", subject="Hello {name}", covering="Dear {name},")
    ask_to_join(network, email="victim@office.example", person=Person(name="Pay at evil.example", sector="other"))
    (sent,) = letters_sent()
    assert sent.subject == "Hello there"
    assert "evil" not in sent.message().as_string()


@pytest.mark.django_db
def test_another_network_and_another_letter_keep_theirs(meeting: Meeting, other_network: Network, mira: User) -> None:
    Wording.objects.create(network=other_network, letter="events/registered", subject="Others")
    Wording.objects.create(network=meeting.network, letter="events/waiting", subject="Others")
    invite(meeting, mira)
    (letter,) = letters_sent()
    assert "Others" not in letter.subject


@pytest.mark.django_db
def test_without_own_words_a_letter_is_as_it_was(meeting: Meeting, mira: User) -> None:
    invite(meeting, mira)
    (letter,) = letters_sent()
    assert "covering" not in str(letter.alternatives[0][0])


@pytest.mark.django_db
def test_a_form_letter_calls_each_by_name(network: Network) -> None:
    Wording.objects.create(network=network, letter="notes/circulated", covering="Dear {name}, {date}!")
    letter = sample_letter("notes/circulated", network)
    assert letter.text.startswith("Dear Robin Sample, ")
    assert "Dear Robin Sample, " in letter.html


# -- The panel ---------------------------------------------------------------------------------------------------------


def page(network: Network, letter: str = "events/registered", name: str = "letter") -> str:
    return reverse(f"admin:members_wording_{name}", args=[network.slug, letter])


@pytest.mark.django_db
def test_an_organiser_sees_every_letter_and_gives_one_their_words(network: Network, olive: User) -> None:
    browser = signed_in(olive)
    listed = browser.get(reverse("admin:members_wording_changelist")).text
    assert all(page(network, name) in listed for name in sampled_letters())
    seen = browser.get(page(network)).text
    assert "{meeting}" in seen
    assert "A sample meeting" in seen
    saved = browser.post(page(network), {"subject": "Welcome, {name}", "covering": "Bring *tea*."}, follow=True).text
    assert "<strong>Welcome, Robin Sample</strong>" in saved
    assert "with your own words" in browser.get(reverse("admin:members_wording_changelist")).text
    assert Wording.objects.get().covering == "Bring *tea*."
    entry = LogEntry.objects.get()
    assert "tea" not in f"{entry.object_repr} {entry.change_message}"
    browser.post(page(network), {"subject": "", "covering": ""})
    assert not Wording.objects.exists()


OFFERED = "{name} or {network} or {meeting} or {date}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Dear {nmae}",
            "There is nothing to put in the place of {nmae}. You can write {name} or {network} or {meeting} or {date}.",
        ),
        (
            "Dear {name",
            "A { has no } after it. A place to be filled in looks like {name} or {network} or {meeting} or {date}.",
        ),
    ],
)
def test_a_broken_placeholder_is_refused_with_a_sentence(network: Network, olive: User, text: str, said: str) -> None:
    for field in ("subject", "covering"):
        answer = signed_in(olive).post(page(network), {field: text})
        assert answer.status_code == 422
        assert said in answer.text
        assert text in answer.text
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_letters_of_the_site_are_looked_at_only(network: Network, olive: User) -> None:
    browser = signed_in(olive)
    for name in sampled_letters():
        answer = browser.get(page(network, name))
        assert ('name="covering"' in answer.text) != is_fixed(name)
    browser.post(page(network, "login_code"), {"subject": "Mine"})
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_the_letter_as_it_looks_is_shown_under_a_strict_policy(network: Network, olive: User) -> None:
    answer = signed_in(olive).get(page(network, name="html"))
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == len(set(re.findall(r'style="([^"]*)"', answer.text)))
    assert "A sample meeting" in answer.text


@pytest.mark.django_db
def test_strangers_find_no_letters(
    network: Network, other_network: Network, mira: User, noor: User, otto: User
) -> None:
    for user in (mira, noor, otto):
        for address in (page(network), page(network, name="html"), page(network, "nothing")):
            assert signed_in(user).get(address).status_code in {302, 404}
    assert signed_in(noor).get(reverse("admin:members_wording_changelist")).status_code == 404
    assert network.slug not in signed_in(otto).get(reverse("admin:members_wording_changelist")).text
    assert Client().get(page(network)).status_code == 302
