"""R2, R3, R5, R10 as a state machine: edit, consent, leave out, seal, circulate, in any order, on a real database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from events.models import Meeting, Registration
from members.models import User
from notes.actions import circulating, correcting, refusals, reviewing
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.noting import add_note, delete_note, edit_note, open_notebook
from notes.actions.suggesting import points_of, suggest
from notes.drafting import draft_of
from notes.models import Edition, Note, Notebook
from notes.rules.redaction import redact, text_hash
from notes.rules.vocabulary import Attribution
from tests.engines import examples
from tests.notes.conftest import NOW, attended

# Words in which no check finds anybody.
TEXTS = ("Juries need time.", "Panels cost less than courts.", "Ask early.")
LEVELS = (Attribution.NONE, Attribution.ORGANISATION, Attribution.NAME)


@dataclass
class Said:
    """What the test knows of an item, without asking the application."""

    text: str
    contributor: str
    agreed_text: str = ""
    level: Attribution = Attribution.NONE
    left_out: bool = False
    sealed: bool = False

    def shown(self, phrases: dict[tuple[str, Attribution], str]) -> tuple[str, str] | None:
        """The line readers get, or none."""
        if self.left_out or self.sealed:
            return None
        agreed = self.level if self.agreed_text == self.text else Attribution.NONE
        return self.text, phrases.get((self.contributor, agreed), "")


class NotesMachine(RuleBasedStateMachine):
    """One meeting's notes; every example starts from the same empty notebook and is rolled back."""

    meeting: Meeting
    olive: User

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        people = [attended(self.meeting, "Ana Prieto", "Tern Council", "public")]
        people.append(attended(self.meeting, "Bola Adeyemi", "Marsh Forum", "private"))
        self.phrases = self.phrases_of(people)
        self.keys = [f"r{one.pk}" for one in people]
        self.notebook = open_notebook(self.meeting)
        self.said: dict[int, Said] = {}
        self.at: datetime = NOW

    @staticmethod
    def phrases_of(people: list[Registration]) -> dict[tuple[str, Attribution], str]:
        named = {(f"r{one.pk}", Attribution.NAME): one.name for one in people}
        return {**named, **{(f"r{one.pk}", Attribution.ORGANISATION): one.organisation for one in people}}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @property
    def is_open(self) -> bool:
        return Notebook.objects.get().state in {"drafting", "asking"}

    @property
    def is_circulated(self) -> bool:
        return Notebook.objects.get().state == "circulated"

    @precondition(lambda self: self.is_open and len(self.said) < 4)
    @rule(text=st.sampled_from(TEXTS), who=st.integers(0, 1), sealed=st.booleans())
    def note(self, text: str, who: int, sealed: bool) -> None:
        made = add_note(self.notebook, text=text, contributor=self.keys[who], confidential=sealed)
        self.said[made.pk] = Said(text, self.keys[who], sealed=sealed)

    @precondition(lambda self: self.is_open and self.said)
    @rule(which=st.integers(0, 3), text=st.sampled_from(TEXTS), sealed=st.booleans())
    def edit(self, which: int, text: str, sealed: bool) -> None:
        key, said = self.pick(which)
        note = Note.objects.get(pk=key)
        edit_note(
            note,
            revision=note.revision,
            text=text,
            agenda_item=None,
            contributor=note.contributor,
            kind="point",
            confidential=sealed,
            may_lift=True,
        )
        said.text, said.sealed = text, sealed

    @precondition(lambda self: self.is_open and self.said)
    @rule(which=st.integers(0, 3))
    def strike(self, which: int) -> None:
        key, _ = self.pick(which)
        delete_note(Note.objects.get(pk=key))
        del self.said[key]

    @precondition(lambda self: self.is_open)
    @rule()
    def ask(self) -> None:
        try:
            ask_contributors(self.notebook, by=self.olive, at=self.at)
        except refusals.NobodyToAsk:
            assert self.everybody_with_a_point_was_asked()

    def everybody_with_a_point_was_asked(self) -> bool:
        asked = {request.contributor for request in self.notebook.requests.all()}
        return {said.contributor for said in self.said.values() if not said.sealed} <= asked

    @precondition(lambda self: self.notebook.requests.exists())
    @rule(who=st.integers(0, 1), level=st.sampled_from(LEVELS), leave_out=st.booleans())
    def choose(self, who: int, level: Attribution, leave_out: bool) -> None:
        request = next((one for one in self.notebook.requests.all() if one.contributor == self.keys[who]), None)
        if request is None:
            return
        own = {note.pk: note for note in own_notes(request)}
        choices = {
            pk: Choice(level=level, text_hash=text_hash(note.text), leave_out=leave_out) for pk, note in own.items()
        }
        was_circulated = self.is_circulated
        try:
            save_choices(request, choices, at=self.at)
        except refusals.OnlyLowerNow:
            assert was_circulated
            return
        for pk in own:
            said = self.said[pk]
            said.agreed_text, said.level, said.left_out = said.text, level, leave_out

    @rule()
    def let_a_day_pass(self) -> None:
        self.at += timedelta(days=1)

    @precondition(lambda self: self.is_open and self.said)
    @rule()
    def circulate(self) -> None:
        self.at += timedelta(days=8)
        settle_order(self.notebook)
        try:
            seen = reviewing.review(self.notebook, at=self.at).seen
            circulating.make_edition(self.notebook, seen=seen, at=self.at)
        except refusals.ContributorsAreChoosing:
            assert not self.everybody_with_a_point_was_asked() or self.is_open
            return
        circulating.circulate(self.notebook, by=self.olive, at=self.at)

    @precondition(lambda self: self.is_circulated)
    @rule(which=st.integers(0, 3), leave_out=st.booleans())
    def correct(self, which: int, leave_out: bool) -> None:
        """B57: a corrected line is attributed to nobody, and the draft follows it."""
        edition = Edition.objects.get()
        points = list(points_of(edition))
        if not points:
            return
        old = points[which % len(points)].text
        suggestion = suggest(edition, points[which % len(points)], "It was not like that.", by=self.olive, at=self.at)
        correcting.word(suggestion, "" if leave_out else "Ask twice.", by=self.olive, at=self.at)
        correcting.confirm(suggestion, by=self.olive, looked=False, at=self.at)
        said = next(one for _key, one in sorted(self.said.items()) if one.text == old and one.shown(self.phrases))
        said.text, said.sealed = (old, True) if leave_out else ("Ask twice.", False)

    @precondition(lambda self: self.is_circulated)
    @rule()
    def withdraw(self) -> None:
        circulating.withdraw(self.notebook)
        assert not Edition.objects.exists()

    @invariant()
    def the_draft_shows_what_was_agreed_and_no_more(self) -> None:
        lines = [line for section in redact(draft_of(self.notebook)).sections for line in section.lines]
        expected = [shown for said in self.said.values() if (shown := said.shown(self.phrases))]
        assert [(line.text, line.attribution) for line in lines] == expected

    @invariant()
    def what_is_read_is_what_stands_now(self) -> None:
        """R10: a circulated edition follows every consent that is taken back, at once."""
        if not self.is_circulated:
            return
        newest = Edition.objects.newest().circulated().get()
        lines = [(line["text"], line["attribution"]) for section in newest.content for line in section["lines"]]
        assert lines == [shown for said in self.said.values() if (shown := said.shown(self.phrases))]

    def pick(self, which: int) -> tuple[int, Said]:
        key = sorted(self.said)[which % len(self.said)]
        return key, self.said[key]


@pytest.mark.django_db
def test_notes_in_any_order_of_acts(meeting: Meeting, olive: User) -> None:
    NotesMachine.meeting, NotesMachine.olive = meeting, olive
    run_state_machine_as_test(
        NotesMachine,
        settings=settings(
            max_examples=examples(15), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
