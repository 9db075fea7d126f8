"""R10, R12: whoever has contributed finds their points, and can take them back, whatever becomes of them."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Registration, Speaker
from members.models import Membership, User
from notes.actions import circulating, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, person_asked, save_choices
from notes.actions.noting import add_note, edit_note, open_notebook
from notes.drafting import draft_of, person_with, roster
from notes.models import ConsentRequest, Contributor, Edition, Note, Notebook
from notes.rules.redaction import redact, text_hash
from notes.rules.vocabulary import Attribution
from tests.conftest import person
from tests.engines import examples
from tests.notes.conftest import NOW, attended, key
from tests.post import letters_sent

WORDS = "Juries need time."
PARTS = ("guest", "note-taker", "speaker")


class ContributorMachine(RuleBasedStateMachine):
    """One person, known first as a guest, as somebody who runs the network, or as a speaker; then anything happens."""

    meeting: Meeting
    olive: User

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.user: User | None = None
        self.agreed = (Attribution.NONE, "")
        self.asked: ConsentRequest | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @precondition(lambda self: self.asked is None)
    @rule(part=st.sampled_from(PARTS), level=st.sampled_from(Attribution), sent=st.booleans())
    def contribute(self, part: str, level: Attribution, sent: bool) -> None:
        """They contribute, choose, and the notes go out or do not."""
        getattr(self, {"guest": "come_as_a_guest", "note-taker": "run_the_network", "speaker": "speak"}[part])()
        self.notebook = open_notebook(self.meeting)
        (one,) = [one for one in roster(self.meeting) if one.name.startswith("Ana")]
        add_note(self.notebook, text=WORDS, contributor=one.key)
        ask_contributors(self.notebook, by=self.olive, at=NOW)
        self.asked = ConsentRequest.objects.get()
        self.choose(level)
        if sent:
            seen = reviewing.review(self.notebook, at=NOW + timedelta(days=8)).seen
            circulating.make_edition(self.notebook, seen=seen, at=NOW + timedelta(days=8))
            circulating.circulate(self.notebook, by=self.olive, at=NOW)

    def choose(self, level: Attribution) -> None:
        assert self.asked is not None
        (note,) = own_notes(self.asked)
        save_choices(self.asked, {note.pk: Choice(level=level, text_hash=text_hash(note.text))}, at=NOW)
        known = person_asked(self.asked)
        assert known is not None
        phrases = ["", known.participant.sector, known.participant.organisation, known.participant.name]
        self.agreed = (level, phrases[level])

    def account(self) -> User:
        if self.user is None:
            self.user = person("ana@guest.example", "Ana Prieto", "Tern Council", "public")
        return self.user

    def come_as_a_guest(self) -> None:
        attended(self.meeting, "Ana Prieto", "Tern Council", "public")

    @precondition(lambda self: self.asked is not None)
    @rule()
    def get_an_account(self) -> None:
        """Rows that were made with this address become the account's."""
        account = self.account()
        Registration.objects.filter(guest_email=account.email).update(user=account, guest_email="")

    @precondition(lambda self: self.asked is not None)
    @rule()
    def register(self) -> None:
        mine, account = self.meeting.registrations.filter(name__startswith="Ana"), self.account()
        if not mine.update(state="attended"):
            self.meeting.registrations.create(user=account, name=account.name, state="attended", confirmed=True)

    @precondition(lambda self: self.asked is not None)
    @rule()
    def run_the_network(self) -> None:
        found, _ = Membership.objects.get_or_create(user=self.account(), network=self.meeting.network)
        Membership.objects.filter(pk=found.pk).update(state="active", role="note-taker")

    @precondition(lambda self: self.user is not None)
    @rule(state=st.sampled_from(["active", "paused", "left"]))
    def become_a_plain_member(self, state: str) -> None:
        Membership.objects.filter(user=self.user).update(role="member", state=state)

    @precondition(lambda self: self.asked is not None)
    @rule()
    def speak(self) -> None:
        talk = self.meeting.agenda.get(kind="talk")
        email = "" if self.user else "ana@guest.example"
        Speaker.objects.create(agenda_item=talk, name="Ana Prieto", user=self.user, email=email)

    @precondition(lambda self: self.asked is not None)
    @rule()
    def no_longer_speak(self) -> None:
        Speaker.objects.filter(name__startswith="Ana").delete()

    @precondition(lambda self: self.asked is not None)
    @rule()
    def give_the_place_back(self) -> None:
        self.meeting.registrations.filter(name__startswith="Ana").update(state="cancelled")

    @precondition(lambda self: self.asked is not None)
    @rule()
    def be_struck_from_the_list(self) -> None:
        self.meeting.registrations.filter(name__startswith="Ana").delete()

    @precondition(lambda self: self.asked is not None)
    @rule(name=st.sampled_from(["Ana Prieto", "Ana Prieto Lobo"]))
    def be_renamed(self, name: str) -> None:
        self.meeting.registrations.filter(name__startswith="Ana").update(name=name)
        User.objects.filter(name__startswith="Ana").update(name=name)

    @precondition(lambda self: self.user is not None)
    @rule(number=st.integers(0, 1))
    def move_to_another_address(self, number: int) -> None:
        self.account().email = f"ana{number}@new.example"
        self.account().save(update_fields=["email"])

    @precondition(lambda self: self.user is not None)
    @rule()
    def delete_the_account(self) -> None:
        self.account().delete()
        self.user = None

    @precondition(lambda self: self.asked is not None)
    @rule()
    def take_it_back(self) -> None:
        self.choose(Attribution.NONE)

    @invariant()
    def the_page_answers_and_shows_their_point(self) -> None:
        if self.asked is None:
            return
        page = Client().get(reverse("notes:consent", args=[personal_token("consent", self.asked.pk)]))
        assert page.status_code == 200
        assert WORDS in page.content.decode()
        assert "Ana Prieto" in page.content.decode()

    @invariant()
    def nothing_shows_more_than_was_agreed(self) -> None:
        if self.asked is None:
            return
        lines = [line for section in redact(draft_of(self.notebook)).sections for line in section.lines]
        assert [line.text for line in lines] == [WORDS]
        assert lines[0].attribution in {"", self.agreed[1]}
        edition = Edition.objects.newest().circulated().first()
        if edition is not None:
            shown = [line["attribution"] for section in edition.content for line in section["lines"]]
            assert shown in ([""], [self.agreed[1]])

    @invariant()
    def they_are_one_contributor_under_one_key(self) -> None:
        if self.asked is None:
            return
        assert Note.objects.get().contributor == self.asked.contributor
        assert [one.key for one in roster(self.meeting)].count(self.asked.contributor) == 1
        assert Contributor.objects.count() == 1


@pytest.mark.django_db
def test_a_contributor_stays_the_same_person_in_any_order_of_changes(meeting: Meeting, olive: User) -> None:
    """R1, R10: and nothing shows more than they agreed to."""
    ContributorMachine.meeting, ContributorMachine.olive = meeting, olive
    run_state_machine_as_test(
        ContributorMachine,
        settings=settings(
            max_examples=examples(15), stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def circulated_naming(user: User, notebook: Notebook, olive: User) -> ConsentRequest:
    (one,) = [one for one in roster(notebook.meeting) if one.user == user]
    add_note(notebook, text=WORDS, contributor=one.key)
    ask_contributors(notebook, by=olive, at=NOW)
    asked = ConsentRequest.objects.get()
    choices = {note.pk: Choice(level=Attribution.NAME, text_hash=text_hash(note.text)) for note in own_notes(asked)}
    save_choices(asked, choices, at=NOW)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=NOW).seen, at=NOW)
    circulating.circulate(notebook, by=olive, at=NOW)
    return asked


def test_a_note_taker_who_is_one_no_more_takes_their_name_back(notebook: Notebook, noor: User, olive: User) -> None:
    """R10: their key in the roster came from their role, which is gone."""
    asked = circulated_naming(noor, notebook, olive)
    Membership.objects.filter(user=noor).update(role="member", state="left")
    assert [line["attribution"] for part in Edition.objects.get().content for line in part["lines"]] == ["Noor Haddad"]
    (note,) = own_notes(asked)
    save_choices(asked, {note.pk: Choice(level=Attribution.NONE, text_hash=text_hash(note.text))}, at=NOW)
    assert [line["attribution"] for part in Edition.objects.get().content for line in part["lines"]] == [""]


def test_a_consent_holds_while_the_phrase_does(notebook: Notebook, noor: User, olive: User) -> None:
    """R2: leaving a role changes nothing about the words and the name that were agreed to."""
    circulated_naming(noor, notebook, olive)
    Membership.objects.filter(user=noor).update(role="member")
    lines = [line for section in redact(draft_of(notebook)).sections for line in section.lines]
    assert [line.attribution for line in lines] == ["Noor Haddad"]
    User.objects.filter(pk=noor.pk).update(name="Noor Haddad-Lee")
    lines = [line for section in redact(draft_of(notebook)).sections for line in section.lines]
    assert [line.attribution for line in lines] == [""]


def test_an_address_that_passes_to_somebody_else_passes_no_points_on(
    notebook: Notebook, ana: Registration, meeting: Meeting
) -> None:
    """R12: two accounts are two people."""
    account = User.objects.create_user("ana@guest.example", name="Ana Prieto")
    Registration.objects.filter(pk=ana.pk).update(user=account, guest_email="")
    add_note(notebook, text=WORDS, contributor=key(ana))
    User.objects.filter(pk=account.pk).update(email="ana@new.example")
    other = User.objects.create_user("ana@guest.example", name="Anneke Vos")
    place = Registration.objects.create(meeting=meeting, user=other, name="Anneke Vos", state="attended")
    assert {one.name: one.key for one in roster(meeting)}["Anneke Vos"] == key(place)
    assert [one.key for one in roster(meeting) if one.key == key(ana)] == [key(ana)]


def test_a_row_that_becomes_somebody_elses_leaves_the_points_where_they_are(
    notebook: Notebook, ana: Registration, meeting: Meeting
) -> None:
    first, second = person("ana@a.example", "Ana Prieto"), person("bo@b.example", "Bo Lind")
    Registration.objects.filter(pk=ana.pk).update(user=first, guest_email="")
    add_note(notebook, text=WORDS, contributor=key(ana))
    Registration.objects.filter(pk=ana.pk).update(user=second, name="Bo Lind")
    assert {one.name: one.key for one in roster(meeting) if one.user in {first, second}} == {
        "Ana Prieto": key(ana),
        "Bo Lind": f"{key(ana)}-",
    }


def test_the_key_of_any_row_finds_its_person(notebook: Notebook, meeting: Meeting, noor: User) -> None:
    """A page that was opened before somebody registered still says who they are."""
    (before,) = [one.key for one in roster(meeting) if one.user == noor]
    place = Registration.objects.create(meeting=meeting, user=noor, name=noor.name)
    for sent in (before, key(place)):
        found = person_with(sent, roster(meeting))
        assert found is not None
        assert found.user == noor
    assert person_with("r999999", roster(meeting)) is None
    note = add_note(notebook, text=WORDS, contributor=before)
    assert note.contributor == key(place)


def test_somebody_known_twice_is_two_contributors_until_they_are_told_apart_no_more(
    notebook: Notebook, meeting: Meeting, ana: Registration, noor: User
) -> None:
    """Each of their two pages stays good; the roster counts them once for a sector."""
    add_note(notebook, text=WORDS, contributor=key(ana))
    (noors,) = [one.key for one in roster(meeting) if one.user == noor]
    add_note(notebook, text="Ask early.", contributor=noors)
    Registration.objects.filter(pk=ana.pk).update(user=noor, guest_email="")
    people = [one for one in roster(meeting) if one.key in {key(ana), noors}]
    assert sorted(one.participant.attended for one in people) == [False, True]


def test_a_point_of_somebody_who_left_is_edited_like_any_other(
    notebook: Notebook, ana: Registration, discussion: AgendaItem
) -> None:
    note = add_note(notebook, text=WORDS, contributor=key(ana))
    ana.delete()
    edited = edit_note(
        note,
        revision=1,
        text="Juries need months.",
        agenda_item=discussion,
        contributor=note.contributor,
        kind="point",
        confidential=False,
        may_lift=False,
    )
    assert (edited.text, edited.contributor) == ("Juries need months.", note.contributor)


def test_a_speaker_without_an_account_reads_the_exact_sentences_and_approves_or_edits_each(
    notebook: Notebook, meeting: Meeting, olive: User
) -> None:
    """B49: by the signed link from the letter; each sentence stands there as it would in the notes, with their name."""
    Speaker.objects.update(email="tove@fjord.example")
    [tove] = [one for one in roster(meeting) if one.name == "Tove Berg"]
    first = add_note(notebook, text="A jury costs as much as a bus.", contributor=tove.key)
    second = add_note(notebook, text="We would not do it again.", contributor=tove.key)
    ask_contributors(notebook, by=olive, at=timezone.now())
    [letter] = [one for one in letters_sent() if one.to == ["tove@fjord.example"]]
    [link] = set(re.findall(r"/p/[^/\s]+/consent/", str(letter.body)))
    client = Client()
    page = client.get(link).text
    for note in (first, second):
        rows = page.split(f'aria-labelledby="said-{note.pk}"')[1].split("</section>")[0]
        assert f"<p>{note.text}</p>" in rows
        named = [
            " ".join(strip_tags(row).split())
            for row in re.findall(r'class="choice-result">(.*?)</label>', rows, re.DOTALL)
        ]
        assert any(row.startswith(f"{note.text} Tove Berg") for row in named)
    sent = dict(re.findall(r'name="((?:seen|look)-\d+)"\s+value="(\w+)"', page))
    sent |= {f"level-{first.pk}": "3", f"level-{second.pk}": "0", f"words-{second.pk}": "We would do it otherwise."}
    page = client.post(link, sent, follow=True).text
    assert "You have answered." in page
    assert "We would do it otherwise.</textarea>" in page
    edition = redact(draft_of(Notebook.objects.get(pk=notebook.pk)))
    lines = {line.text: line.attribution for section in edition.sections for line in section.lines}
    assert lines[first.text].startswith("Tove Berg")
    assert lines[second.text] == ""
