"""Erasing a person: what they said stays without them, and their name stands beside nothing, at once (R10, B25)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from events.actions.registering import change_wishes
from events.models import AgendaItem, Meeting, Registration, Speaker
from members.actions.erasing import erase
from members.actions.leaving import LastOwner
from members.models import Delivery, Membership, Network, SignUp, User
from notes.actions import circulating, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.forgetting import forget_due
from notes.actions.noting import add_note
from notes.models import Consent, ConsentRequest, Contributor, Edition, LeakAnswer, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.conftest import member_of, person
from tests.notes.conftest import NOW, attended, key
from tests.notes.steps import lines
from tests.post import letters_sent

MIRAS, ANAS = "Juries need time to learn.", "They cost money."
LATER = NOW + timedelta(days=8)


@pytest.fixture
def noted(
    notebook: Notebook, discussion: AgendaItem, members_place: Registration, ana: Registration, olive: User
) -> Notebook:
    """Two points, both by name."""
    for text, row in ((MIRAS, members_place), (ANAS, ana)):
        add_note(notebook, text=text, agenda_item=discussion, contributor=key(row))
    return notebook


def agree(notebook: Notebook, olive: User, level: Attribution = Attribution.NAME) -> None:
    ask_contributors(notebook, by=olive, at=NOW)
    for request in notebook.requests.all():
        notes = own_notes(request)
        choices = {note.pk: Choice(level=level, text_hash=text_hash(note.text)) for note in notes}
        save_choices(request, choices, at=NOW)


def send(notebook: Notebook, olive: User) -> Edition:
    Note.objects.update(placed=True)
    whole = reviewing.review(notebook, at=LATER)
    for one in whole.found:
        reviewing.answer_finding(notebook, one.digest, reason="A published book.", at=LATER)
    made = circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    return made


def read() -> list[tuple[str, str]]:
    return lines(Edition.objects.newest().circulated().get())


def letters_about_it() -> list[str]:
    return [str(letter.subject) for letter in letters_sent() if "need a look" in letter.subject]


def test_their_points_stay_without_them(noted: Notebook, olive: User, mira: User, ana: Registration) -> None:
    agree(noted, olive)
    send(noted, olive)
    assert read() == [(MIRAS, "Mira Novak"), (ANAS, "Ana Prieto")]
    erase("MIRA@river.example", at=LATER)
    assert read() == [(MIRAS, ""), (ANAS, "Ana Prieto")]
    assert [edition.number for edition in Edition.objects.all()] == [1]
    assert [one.who.name for one in Contributor.objects.all()] == ["Ana Prieto"]
    assert [one.contributor for one in ConsentRequest.objects.all()] == [key(ana)]
    assert Consent.objects.count() == 1
    assert not User.objects.filter(name="Mira Novak").exists()
    assert letters_about_it() == []


def test_a_guest_is_erased_by_their_address(noted: Notebook, olive: User, ana: Registration) -> None:
    agree(noted, olive)
    send(noted, olive)
    SignUp.objects.create(network=noted.meeting.network, email="ana@guest.example", name="Ana Prieto", sector="public")
    Speaker.objects.filter(name="Tove Berg").update(email="ana@guest.example")
    erase("ana@guest.example", at=LATER)
    assert read() == [(MIRAS, "Mira Novak"), (ANAS, "")]
    assert not Registration.objects.filter(pk=ana.pk).exists()
    assert not Delivery.objects.filter(email="ana@guest.example").exists()
    assert not SignUp.objects.exists()
    assert Speaker.objects.get(name="Tove Berg").email == ""


def test_also_after_the_drafts_are_forgotten(noted: Notebook, olive: User, mira: User) -> None:
    """Then only the name says whose a point is."""
    agree(noted, olive)
    send(noted, olive)
    assert forget_due(LATER + timedelta(days=31)) == 1
    erase(mira.email, at=LATER + timedelta(days=40))
    assert read() == [(MIRAS, ""), (ANAS, "Ana Prieto")]


def test_an_organisation_goes_while_it_is_known_whose_it_was(noted: Notebook, olive: User, mira: User) -> None:
    agree(noted, olive, Attribution.ORGANISATION)
    send(noted, olive)
    erase(mira.email, at=LATER)
    assert read() == [(MIRAS, ""), (ANAS, "Tern Valley Council")]


def test_what_they_kept_out_goes_altogether(noted: Notebook, olive: User, mira: User, ana: Registration) -> None:
    """R5: nobody is left who could lift it, and it must not come to light as nobody's point."""
    agree(noted, olive)
    Note.objects.filter(text__isnull=False).update(left_out=True)
    change_wishes(ana, do_not_note=True, also_known_as="")
    Note.objects.filter(pk=Note.objects.last().pk).update(left_out=False)  # type: ignore[union-attr]  # there is one
    for email in (mira.email, "ana@guest.example"):
        erase(email, at=NOW)
    assert not Note.objects.exists()
    assert not Contributor.objects.exists()


def test_an_edition_that_never_went_out_goes(noted: Notebook, olive: User, mira: User) -> None:
    agree(noted, olive)
    Note.objects.update(placed=True)
    circulating.make_edition(noted, seen=reviewing.review(noted, at=LATER).seen, at=LATER)
    erase(mira.email, at=LATER)
    assert not Edition.objects.exists()


def test_a_sentence_that_names_them_is_for_organisers_to_look_at(
    notebook: Notebook, discussion: AgendaItem, members_place: Registration, olive: User, mira: User
) -> None:
    """The letter says that the notes need a look, and no name."""
    add_note(notebook, text="Mira Novak wrote the book on juries.", agenda_item=discussion)
    send(notebook, olive)
    assert LeakAnswer.objects.exists()
    letters_sent()
    erase(mira.email, at=LATER)
    assert read() == [("Mira Novak wrote the book on juries.", "")]
    (letter,) = letters_sent()
    assert (letter.subject, letter.to) == ("Public voices: circulated notes need a look", ["olive@commons.example"])
    for whole in (str(letter.body), str(letter.alternatives[0][0])):
        assert "Mira" not in whole
        assert "Novak" not in whole
        assert "erased" not in whole


def test_the_same_name_in_another_network_is_somebody_else(
    noted: Notebook, olive: User, mira: User, other_network: Network, meeting: Meeting
) -> None:
    other = Meeting.objects.create(
        network=other_network, title="Other", slug="other", starts_at=meeting.starts_at, ends_at=meeting.ends_at
    )
    content = [{"title": "Discussion", "lines": [{"text": MIRAS, "attribution": "Mira Novak"}]}]
    edition = Edition.objects.create(meeting=other, number=1, title="Other", content=content, made_on=NOW.date())
    erase(mira.email, at=NOW)
    edition.refresh_from_db()
    assert edition.content == content


def test_a_note_taker_with_points_is_taken_out_as_well(notebook: Notebook, noor: User, olive: User) -> None:
    add_note(notebook, text=MIRAS, contributor=f"m{Membership.objects.get(user=noor).pk}")
    agree(notebook, olive)
    send(notebook, olive)
    Membership.objects.filter(user=noor).update(role="member", state="left")
    erase(noor.email, at=LATER)
    assert read() == [(MIRAS, "")]


def test_a_place_that_comes_free_goes_to_who_waits(meeting: Meeting, ana: Registration) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(capacity=1)
    waiting = attended(meeting, "Wil Jansen", "Marsh Council", "public")
    Registration.objects.filter(pk=waiting.pk).update(state="waiting")
    Registration.objects.filter(pk=ana.pk).update(state="registered")
    erase("ana@guest.example", at=meeting.starts_at - timedelta(days=1))
    waiting.refresh_from_db()
    assert waiting.state == "registered"


def test_a_networks_only_organiser_is_not_erased(olive: User, noor: User, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LastOwner):
        erase(olive.email, at=NOW)
    with pytest.raises(CommandError, match="only owner"):
        call_command("erase_person", olive.email)
    assert User.objects.filter(pk=olive.pk).exists()
    other = person("orla@commons.example", "Orla Byrne")
    member_of(Network.objects.get(), other, "owner")
    call_command("erase_person", " olive@commons.example ")
    assert not User.objects.filter(pk=olive.pk).exists()
    assert "olive" not in capsys.readouterr().out


def test_erasing_somebody_nobody_knows_changes_nothing(noted: Notebook, olive: User) -> None:
    agree(noted, olive)
    send(noted, olive)
    before = Edition.objects.get().pk
    erase("nobody@elsewhere.example", at=LATER)
    assert Edition.objects.get().pk == before
    assert Note.objects.count() == 2
