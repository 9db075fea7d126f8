"""What is kept, or compared with what was kept, is the same in whatever language it was asked for (B96)."""

from django.utils import translation

from events.models import Meeting, Registration
from members.models import User
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note, open_notebook
from notes.models import ConsentRequest
from notes.rendering import html_of
from notes.rules.vocabulary import Attribution, Audience, Edition, Line, Section
from tests.notes.conftest import NOW
from tests.notes.steps import choose, lines, make


def test_r2_a_choice_made_in_welsh_stands_in_notes_made_in_english(
    meeting: Meeting, olive: User, ana: Registration, bola: Registration, cai: Registration
) -> None:
    """A consent is to the very words beside the point: they are the same for whoever asks."""
    notebook = open_notebook(meeting)
    add_note(notebook, text="Juries need time.", contributor=f"r{ana.pk}")
    ask_contributors(notebook, by=olive, at=NOW)
    with translation.override("cy"):
        choose(ConsentRequest.objects.get(), Attribution.ORGANISATION)
        assert lines(make(notebook)) == [("Juries need time.", "Tern Valley Council")]


def test_an_edition_is_the_same_bytes_whoever_makes_it() -> None:
    content = Edition(
        title="Notes",
        audience=Audience.NETWORK,
        sections=(
            Section(title="Also said", lines=(Line(text="Time.", attribution=""),)),
            Section(title="Actions", lines=()),
        ),
    )
    english = html_of(content)
    with translation.override("cy"):
        assert html_of(content) == english
    assert "Nothing was noted here." in english
