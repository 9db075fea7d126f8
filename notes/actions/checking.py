"""The leak check over one meeting's notes, with the answers given so far (R8)."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cop.lib.encryption import is_keyed_digest, keyed_digest
from cop.lib.markdown import render_markdown
from notes.drafting import credited_speakers, section_titles
from notes.models.drafts import Notebook
from notes.rules.leaks import find_leaks
from notes.rules.leaks.finding import Finding
from notes.rules.vocabulary import Attribution, Audience, Participant

Allowed = Mapping[str, Attribution]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding in place: `words` are those it is about, `digest` ties an answer to this exact text.

    `reason` is why it may stand, in the words of whoever answered; "" while nobody has.
    """

    finding: Finding
    words: str
    instead: str
    digest: str
    reason: str
    # False where it is not in the text as typed but in what the page makes of it, or in the phrase beside it.
    is_in_text: bool = True

    @property
    def answered(self) -> bool:
        return bool(self.reason)

    @property
    def is_open(self) -> bool:
        return not self.reason


def words_of(page: str) -> str:
    """The words of a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def as_read(text: str) -> str:
    """The words of the page that is made of `text`, and whatever its links and titles say."""
    page = str(render_markdown(text))
    attributes = re.findall(r'\b(?:href|title|alt|src)="([^"]*)"', page)
    return "\n".join([words_of(page), *(html.unescape(one) for one in attributes)])


class LeakCheck:
    """Findings of one meeting's roster in the lines, headings and phrases of an edition for `audience`."""

    def __init__(
        self, notebook: Notebook, people: Sequence[Participant], *, audience: Audience = Audience.NETWORK
    ) -> None:
        self.people = people
        self.audience = audience
        self.credited = credited_speakers(notebook.meeting, for_members=audience == Audience.NETWORK)
        self.parts = {title: part for part, title in section_titles(notebook.meeting).items()}
        self.answers = [(answer.digest, answer.reason) for answer in notebook.answers.all()]

    def line(self, text: str, part: int | None, shown: Allowed) -> tuple[Found, ...]:
        """Findings in one line of an edition; `shown` is who may be recognised in it, and how far.

        `part` is the agenda item it is a point of: who presents there on the record may be credited for that.
        """
        allowed = {**self.credited.get(part or 0, {}), **shown}
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
        return self._findings(text, self.credited.get(self.parts.get(text, 0), {}))

    def _findings(self, text: str, consented: Allowed, *, is_in_text: bool = True) -> tuple[Found, ...]:
        found = find_leaks(text, self.people, consented)
        return tuple(self._found(text, finding, is_in_text=is_in_text) for finding in found)

    def _found(self, text: str, finding: Finding, *, is_in_text: bool) -> Found:
        parts = [text, str(finding.start), str(finding.end), finding.participant, finding.kind]
        if self.audience != Audience.NETWORK:
            # What may stand among members need not stand before everybody.
            parts.append(self.audience.name)
        reasons = [reason for digest, reason in self.answers if is_keyed_digest(digest, *parts)]
        return Found(
            finding=finding,
            words=text[finding.start : finding.end],
            instead=neutral_words(text, finding),
            digest=keyed_digest(*parts),
            reason=reasons[0] if reasons else "",
            is_in_text=is_in_text,
        )


def neutral_words(text: str, finding: Finding) -> str:
    """The suggestion as it fits there: with a capital where a sentence begins."""
    before = text[: finding.start].rstrip("*_#>-\"'([ \t")
    begins = not before or before[-1] in ".!?\n"
    return finding.suggestion[:1].upper() + finding.suggestion[1:] if begins else finding.suggestion
