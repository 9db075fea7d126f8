"""What was written beside what would be read, and everything that stands in the way of an edition."""

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cop.lib.encryption import is_keyed_digest, keyed_digest
from cop.lib.markdown import render_markdown
from notes.actions import refusals
from notes.actions.asking import unanswered, unasked
from notes.actions.noting import edit_note, open_for_writing
from notes.drafting import credited_speakers, draft_of, ordered_notes, section_of, section_titles
from notes.models.drafts import LeakAnswer, Note, Notebook
from notes.rendering import edition_digest
from notes.rules.leaks import find_leaks
from notes.rules.leaks.finding import Finding
from notes.rules.redaction import consented_level, redact
from notes.rules.vocabulary import Attribution, Audience, Draft, Edition, Line, Participant

Allowed = Mapping[str, Attribution]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding in place: `words` are those it is about, `digest` ties an answer to this exact text."""

    finding: Finding
    words: str
    instead: str
    digest: str
    answered: bool
    # False where it is not in the text as typed but in what the page makes of it, or in the phrase beside it.
    is_in_text: bool = True

    @property
    def is_open(self) -> bool:
        return not self.answered


def as_read(text: str) -> str:
    """The words of the page that is made of `text`, and whatever its links and titles say."""
    page = str(render_markdown(text))
    attributes = re.findall(r'\b(?:href|title|alt|src)="([^"]*)"', page)
    return html.unescape("\n".join([re.sub(r"<[^>]*>", "", page), *attributes]))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line's text; `kind` is "block" or "ask" where it is a finding."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item of the draft: as written, and the line readers get; no line where it is left out."""

    note: Note
    section: str
    contributor: str
    line: Line | None
    found: tuple[Found, ...]

    @property
    def pieces(self) -> list[Piece]:
        """The line's text cut at its findings, so that each is marked in place; where two overlap, the first is."""
        text, end, pieces = self.line.text if self.line else "", 0, []
        for one in sorted(self.found, key=lambda one: one.finding.start):
            if one.finding.start >= end and one.is_open and one.is_in_text:
                pieces += [Piece(text[end : one.finding.start]), Piece(one.words, one.finding.severity)]
                end = one.finding.end
        return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything on the review page. `seen` is the digest of the edition that would be made from it now."""

    edition: Edition
    rows: tuple[Row, ...]
    headings: tuple[tuple[str, tuple[Found, ...]], ...]
    unasked: int
    unanswered: int
    overdue: bool
    seen: str

    @property
    def open_findings(self) -> int:
        everywhere = [*(row.found for row in self.rows), *(found for _, found in self.headings)]
        return sum(one.is_open for found in everywhere for one in found)

    @property
    def waits_for_contributors(self) -> bool:
        return bool(self.unasked) or (bool(self.unanswered) and not self.overdue)

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Parts with several points whose order nobody has chosen: it is still that of the talk (R7)."""
        read = [row for row in self.rows if row.line]
        points = Counter(row.section for row in read)
        return tuple(dict.fromkeys(row.section for row in read if points[row.section] > 1 and not row.note.placed))

    @property
    def is_ready(self) -> bool:
        return not self.open_findings and not self.waits_for_contributors and not self.unsettled


class LeakCheck:
    """The leak check over one meeting's notes, with the answers organisers have given so far (R8)."""

    def __init__(self, notebook: Notebook, draft: Draft) -> None:
        self.people: Sequence[Participant] = draft.participants
        self.credited = credited_speakers(notebook.meeting)
        self.answers = [answer.digest for answer in notebook.answers.all()]

    def line(self, text: str, section: str, shown: Allowed) -> tuple[Found, ...]:
        """Findings in one line of an edition; `shown` is who may be recognised in it, and how far."""
        allowed = {**self.credited.get(section, {}), **shown}
        found = self._findings(text, allowed)
        # What readers see is checked as well as what was typed: Markdown may join what stood apart (threats 6 to 9).
        seen = {one.finding.participant for one in found}
        page = self._findings(as_read(text), allowed, is_in_text=False)
        return (*found, *(one for one in page if one.finding.participant not in seen))

    def phrase(self, phrase: str, shown: Allowed) -> tuple[Found, ...]:
        """Findings in the words set beside a line: somebody's organisation may name somebody else."""
        others = [
            Participant(key=one.key, name=one.name)
            for one in self.people
            if one.key not in shown and one.name != phrase
        ]
        found = find_leaks(phrase, tuple(others)) if phrase else []
        return tuple(self._found(phrase, finding, is_in_text=False) for finding in found)

    def heading(self, text: str) -> tuple[Found, ...]:
        return self._findings(text, self.credited.get(text, {}))

    def _findings(self, text: str, consented: Allowed, *, is_in_text: bool = True) -> tuple[Found, ...]:
        found = find_leaks(text, self.people, consented)
        return tuple(self._found(text, finding, is_in_text=is_in_text) for finding in found)

    def _found(self, text: str, finding: Finding, *, is_in_text: bool) -> Found:
        parts = (text, str(finding.start), str(finding.end), finding.participant, finding.kind)
        answered = any(is_keyed_digest(digest, *parts) for digest in self.answers)
        words = text[finding.start : finding.end]
        instead = neutral_words(text, finding)
        return Found(
            finding=finding,
            words=words,
            instead=instead,
            digest=keyed_digest(*parts),
            answered=answered,
            is_in_text=is_in_text,
        )


def review(notebook: Notebook, *, at: datetime) -> Review:
    """The notes as they stand, checked as they would be stored."""
    draft = draft_of(notebook)
    edition = redact(draft)
    check = LeakCheck(notebook, draft)
    return Review(
        edition=edition,
        rows=tuple(_rows(notebook, draft, edition, check)),
        headings=tuple(
            (title, check.heading(title)) for title in [edition.title, *(s.title for s in edition.sections)]
        ),
        unasked=len(unasked(notebook)),
        unanswered=len(list(unanswered(notebook))),
        overdue=notebook.is_overdue(at),
        seen=edition_digest(edition),
    )


def _rows(notebook: Notebook, draft: Draft, edition: Edition, check: LeakCheck) -> list[Row]:
    """Items in the order of their sections, each with its line: redaction keeps the order within a section."""
    lines = {section.title: iter(section.lines) for section in edition.sections}
    titles = section_titles(notebook.meeting)
    names = {person.key: person.name for person in draft.participants}
    rows = []
    for note, item in zip(ordered_notes(notebook), draft.items, strict=True):
        section = section_of(note, titles)
        line = None if item.confidential else next(lines[section])
        level = consented_level(item, audience=Audience.NETWORK, cap=draft.cap)
        shown = {item.contributor: level} if line and line.attribution and item.contributor else {}
        found = (*check.line(line.text, section, shown), *check.phrase(line.attribution, shown)) if line else ()
        rows.append(
            Row(note=note, section=section, contributor=names.get(note.contributor, ""), line=line, found=found)
        )
    order = [section.title for section in edition.sections]
    return sorted(rows, key=lambda row: order.index(row.section) if row.section in order else len(order))


def answer_finding(notebook: Notebook, digest: str, *, reason: str, at: datetime, may_unblock: bool = True) -> None:
    """Say that a finding is all right, and why. The answer holds for that exact text and no other.

    `may_unblock` is whether the answerer is an organiser: a note-taker answers what asks, not what blocks (R8).
    """
    if not reason.strip():
        raise refusals.ReasonIsMissing
    with open_for_writing(notebook) as held:
        severities = {one.digest: one.finding.severity for one in _all_found(review(held, at=at))}
        if severities.get(digest) == "block" and not may_unblock:
            raise refusals.AnOrganiserDecides
        if digest in severities:
            LeakAnswer.objects.update_or_create(notebook=held, digest=digest, defaults={"reason": reason.strip()})


def use_neutral_words(notebook: Notebook, digest: str, *, at: datetime, may_lift: bool) -> bool:
    """Put the suggested words where the finding is. False where the text has changed and it is no longer there."""
    with open_for_writing(notebook) as held:
        for row in review(held, at=at).rows:
            for one in row.found:
                if one.digest == digest and one.is_in_text:
                    _replace(row.note, one.finding, may_lift=may_lift)
                    return True
    return False


def neutral_words(text: str, finding: Finding) -> str:
    """The suggestion as it fits there: with a capital where a sentence begins."""
    before = text[: finding.start].rstrip("*_#>-\"'([ \t")
    begins = not before or before[-1] in ".!?:\n"
    return finding.suggestion[:1].upper() + finding.suggestion[1:] if begins else finding.suggestion


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


def _all_found(whole: Review) -> list[Found]:
    return [one for found in [*(row.found for row in whole.rows), *(f for _, f in whole.headings)] for one in found]
