"""What has been noted so far, as the desk shows it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from cop.lib.encryption import keyed_digest
from cop.lib.markdown import render_markdown
from events.models import AgendaItem
from notes.drafting import openings, ordered_notes, roster, section_of, section_titles
from notes.models.drafts import Note, Notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One item on the desk."""

    note: Note
    html: SafeString
    who: str

    @property
    def stamp(self) -> str:
        """Differs whenever what is shown of the item does, so that a page knows which of its items are old."""
        marks = (self.note.is_excluded, self.note.suggested_text, self.note.revision)
        return keyed_digest(self.html, self.who, repr(marks))[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the meeting on the desk; `agenda_id` is what the composer's choice of part calls it."""

    title: str
    anchor: str
    basis: str
    agenda_id: int | None
    items: list[Shown]


def parts_of(notebook: Notebook) -> list[Part]:
    """Every part of the agenda with its items, then what stands elsewhere."""
    meeting = notebook.meeting
    titles = section_titles(meeting)
    names = {one.key: one.name for one in roster(meeting)}
    agenda = {titles[part.pk]: part for part in meeting.agenda.all()}
    # What opens an edition has its place after the agenda here, whichever was noted first; "Also said" is last.
    under: dict[str, list[Shown]] = {title: [] for title in (*titles.values(), *openings())}
    for note in ordered_notes(notebook):
        shown = Shown(note=note, html=render_markdown(note.text), who=names.get(note.contributor, ""))
        under.setdefault(section_of(note, titles), []).append(shown)
    return [
        _part(title, f"part-{place}", agenda.get(title), items)
        for place, (title, items) in enumerate(under.items(), start=1)
        if items or title in agenda
    ]


def etag_of(parts: list[Part], *more: str) -> str:
    """Of everything the desk shows of these parts, and `more` that it depends on."""
    everything = [(part.title, part.basis, [(one.note.pk, one.stamp) for one in part.items]) for part in parts]
    return f'"{keyed_digest(repr(everything), *more)[:32]}"'


def unnoted_names(notebook: Notebook) -> list[str]:
    """Who asked that their comments are not noted: note-takers have to know while they listen."""
    return [one.name for one in roster(notebook.meeting) if one.do_not_note]


def _part(title: str, anchor: str, on_agenda: AgendaItem | None, items: list[Shown]) -> Part:
    return Part(
        title=title,
        anchor=anchor,
        basis=str(on_agenda.get_basis_display()) if on_agenda else "",
        agenda_id=on_agenda.pk if on_agenda else None,
        items=items,
    )
