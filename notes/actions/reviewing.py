"""What was written beside what would be read, and everything that stands in the way of an edition."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from cop.lib.markdown import render_markdown
from notes.actions import refusals
from notes.actions.asking import unanswered, unasked
from notes.actions.checking import Found, LeakCheck, neutral_words, words_of
from notes.actions.noting import edit_note, open_for_writing
from notes.drafting import draft_of, ordered_notes, section_of, section_titles
from notes.models.drafts import LeakAnswer, Note, Notebook
from notes.rendering import edition_digest
from notes.rules.differences import Piece, cut_at, unread
from notes.rules.leaks.finding import Finding
from notes.rules.lints import Lint, find_lints
from notes.rules.redaction import (
    attribution_phrase,
    consented_level,
    is_for_everybody,
    named_in,
    redact,
    sectors_that_stand,
    write_up,
)
from notes.rules.vocabulary import Attribution, Audience, Draft, Edition, Item, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item of the draft: as written, and the line readers get; no line where it is left out.

    Of its contributor's choice it says no more than the line does (R12, threat 26): `awaits` is "question" or
    "choice" while they have not been asked or have not answered; `sector` is theirs where it cannot be named,
    whatever they chose. `higher` is what would stand beside it at each level above.
    """

    note: Note
    section: str
    contributor: str
    line: Line | None
    level: Attribution
    found: tuple[Found, ...]
    awaits: str = ""
    sector: str = ""
    higher: frozenset[str] = frozenset()

    @property
    def is_attributed(self) -> bool:
        return self.line is not None and bool(self.line.attribution)

    @property
    def pieces(self) -> list[Piece]:
        """The line's text cut at its findings, so that each is marked in place; where two overlap, the first is."""
        marks = [
            (one.finding.start, one.finding.end, one.finding.severity)
            for one in self.found
            if one.is_open and one.is_in_text
        ]
        return cut_at(self.line.text, marks) if self.line else []

    @property
    def hints(self) -> list[Lint]:
        """What a machine can only hint at in a point that nobody stands beside; it never stops an edition."""
        return find_lints(self.line.text) if self.line and not self.is_attributed else []

    @property
    def has_marks(self) -> bool:
        return any(piece.kind for piece in self.pieces)

    @property
    def html(self) -> SafeString:
        """The line as its readers get it."""
        return render_markdown(self.line.text if self.line else "")

    @property
    def written(self) -> list[Piece]:
        """What was typed, with whatever nobody reads of it marked as gone."""
        if self.line is None:
            return [Piece(self.note.text, "gone")]
        return unread(self.note.text, words_of(str(self.html)))

    @property
    def is_formatted(self) -> bool:
        return self.line is not None and any(piece.kind for piece in self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything on the review page. `seen` is the digest of the edition that would be made from it now.

    `sectors` are those of the people who came, and whether each is large enough to be named (R4).
    """

    edition: Edition
    rows: tuple[Row, ...]
    headings: tuple[tuple[str, tuple[Found, ...]], ...]
    sectors: dict[str, bool]
    unasked: int
    unanswered: int
    overdue: bool
    seen: str

    @property
    def found(self) -> list[Found]:
        """Every finding, open or answered."""
        everywhere = [*(row.found for row in self.rows), *(found for _, found in self.headings)]
        return [one for found in everywhere for one in found]

    @property
    def open_findings(self) -> int:
        return sum(one.is_open for one in self.found)

    @property
    def waits_for_contributors(self) -> bool:
        return bool(self.unasked) or (bool(self.unanswered) and not self.overdue)

    @property
    def suggestions(self) -> int:
        """Points for which other words are suggested that nobody has decided about; they stop nothing."""
        return sum(bool(row.note.suggested_text) for row in self.rows)

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Parts with several points whose order nobody has chosen: it is still that of the talk (R7)."""
        read = [row for row in self.rows if row.line]
        points = Counter(row.section for row in read)
        return tuple(dict.fromkeys(row.section for row in read if points[row.section] > 1 and not row.note.placed))

    @property
    def is_ready(self) -> bool:
        return not self.open_findings and not self.waits_for_contributors and not self.unsettled


def review(
    notebook: Notebook,
    *,
    at: datetime,
    audience: Audience = Audience.NETWORK,
    only: Collection[int] | None = None,
) -> Review:
    """The notes as they stand, checked as they would be stored.

    For PUBLIC it is the write-up: items whose contributors agreed to that, and of these `only` some, by id.
    """
    draft = draft_of(notebook)
    pairs = list(zip(ordered_notes(notebook), draft.items, strict=True))
    if audience == Audience.PUBLIC:
        pairs = [(note, item) for note, item in pairs if is_for_everybody(item) and (only is None or note.pk in only)]
        # Members read both: a sector that their notes withhold must not stand here (R4).
        named = named_in(draft, Audience.NETWORK)
        draft = replace(draft, items=tuple(item for _note, item in pairs), named_elsewhere=named)
    edition = redact(draft) if audience == Audience.NETWORK else write_up(draft)
    check = LeakCheck(notebook, draft.participants, audience=audience)
    missing, waiting = unasked(notebook), list(unanswered(notebook))
    awaits = {one.contributor: "choice" for one in waiting} | {one.key: "question" for one in missing}
    sectors = sectors_that_stand(draft, audience)
    rows = _Rows(notebook, draft, pairs, edition, check, awaits, sectors)
    titles = [edition.title, *(section.title for section in edition.sections)]
    return Review(
        edition=edition,
        rows=tuple(rows.in_order()),
        headings=tuple((title, check.heading(title)) for title in titles),
        sectors=sectors,
        unasked=len(missing),
        unanswered=len(waiting),
        overdue=notebook.is_overdue(at),
        seen=edition_digest(edition),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Puts each item beside its line."""

    notebook: Notebook
    draft: Draft
    pairs: list[tuple[Note, Item]]
    edition: Edition
    check: LeakCheck
    awaits: dict[str, str]
    sectors: dict[str, bool]

    def in_order(self) -> list[Row]:
        """In the order of the edition's sections; what is left out of it altogether comes last."""
        order = [section.title for section in self.edition.sections]
        return sorted(self._each(), key=lambda row: order.index(row.section) if row.section in order else len(order))

    def _each(self) -> Iterator[Row]:
        """Redaction keeps the order within a section, so each section's lines are given out one by one."""
        lines = {section.title: iter(section.lines) for section in self.edition.sections}
        titles = section_titles(self.notebook.meeting)
        for note, item in self.pairs:
            section = section_of(note, titles)
            yield self._row(note, item, section, None if item.confidential else next(lines[section]))

    def _row(self, note: Note, item: Item, section: str, line: Line | None) -> Row:
        level = consented_level(item, audience=self.edition.audience, cap=self.draft.cap)
        by = next((one for one in self.draft.participants if one.key == item.contributor), None)
        level = level if line and line.attribution else Attribution.NONE
        return Row(
            note=note,
            section=section,
            contributor=by.name if by else "",
            line=line,
            level=level,
            found=self._found(note, item, line, level) if line else (),
            awaits=self.awaits.get(by.key, "") if by else "",
            sector=by.sector if by and not self.sectors.get(by.sector, False) else "",
            higher=frozenset(attribution_phrase(by, more) for more in Attribution if more > level)
            if by
            else frozenset(),
        )

    def _found(self, note: Note, item: Item, line: Line, level: Attribution) -> tuple[Found, ...]:
        shown = {item.contributor: level} if line.attribution and item.contributor else {}
        part = note.agenda_item_id if note.kind == Note.Kind.POINT else None
        return (*self.check.line(line.text, part, shown), *self.check.phrase(line.attribution, shown))


def answer_finding(notebook: Notebook, digest: str, *, reason: str, at: datetime, may_unblock: bool = True) -> None:
    """Say that a finding is all right, and why. The answer holds for that exact text and no other.

    `may_unblock` is whether the answerer is an organiser: a note-taker answers what asks, not what blocks (R8).
    """
    if not reason.strip():
        raise refusals.ReasonIsMissing
    with open_for_writing(notebook) as held:
        severities = {one.digest: one.finding.severity for one in review(held, at=at).found}
        if severities.get(digest) == "block" and not may_unblock:
            raise refusals.AnOrganiserDecides
        if digest not in severities:
            raise refusals.TextHasChanged
        LeakAnswer.objects.update_or_create(notebook=held, digest=digest, defaults={"reason": reason.strip()})


def use_neutral_words(notebook: Notebook, digest: str, *, at: datetime, may_lift: bool) -> None:
    """Put the suggested words where the finding is."""
    with open_for_writing(notebook) as held:
        for row in review(held, at=at).rows:
            for one in row.found:
                if one.digest == digest and one.is_in_text:
                    _replace(row.note, one.finding, may_lift=may_lift)
                    return
    raise refusals.TextHasChanged


def _replace(note: Note, finding: Finding, *, may_lift: bool) -> None:
    text = note.text[: finding.start] + neutral_words(note.text, finding) + note.text[finding.end :]
    edit_note(
        note,
        revision=note.revision,
        text=text,
        agenda_item=note.agenda_item,
        contributor=note.contributor,
        kind=note.kind,
        confidential=note.confidential,
        may_lift=may_lift,
    )
