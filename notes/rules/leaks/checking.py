"""The check itself: every view of the text, every form of everybody, judged and made into findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from notes.rules.leaks.context import Context
from notes.rules.leaks.finding import Finding, Severity
from notes.rules.leaks.folding import Mapped, fold_phrase
from notes.rules.leaks.judging import judge
from notes.rules.leaks.matching import Entry, Match, matches
from notes.rules.leaks.roster import Roster, gather
from notes.rules.leaks.speaking import self_references
from notes.rules.leaks.views import views
from notes.rules.leaks.wording import reason, suggestion
from notes.rules.leaks.words import FUNCTION_WORDS
from notes.rules.vocabulary import Attribution, Participant

_NOBODY: Mapping[str, Attribution] = {}


def find_leaks(
    text: str, participants: Sequence[Participant], consented: Mapping[str, Attribution] = _NOBODY
) -> list[Finding]:
    """Where `text` gives a participant away, in order of place.

    `consented` says at which level a participant, by key, may be shown in this text: NAME lets their name, role and
    organisation pass, ORGANISATION their organisation, SECTOR their sector.
    """
    roster = gather(tuple(participants))
    lexicon: dict[str, Entry] = {}
    found = [finding for view in views(text) for finding in _in_view(view, roster, lexicon, consented)]
    if participants:
        found += _self_references(text, roster, consented)
    return _settled(found)


def _self_references(text: str, roster: Roster, consented: Mapping[str, Attribution]) -> Iterator[Finding]:
    for start, end in self_references(text, roster.verbs):
        speaker = _likely_speaker(text[start:end], roster)
        if (
            speaker is not None
            and consented.get(roster.participants[speaker].key, Attribution.NONE) >= Attribution.NAME
        ):
            continue
        yield Finding(
            start=start,
            end=end,
            participant="" if speaker is None else roster.participants[speaker].key,
            kind="self_reference",
            severity="ask",
            suggestion="one participant",
            reason=reason("self_reference"),
        )


def _likely_speaker(phrase: str, roster: Roster) -> int | None:
    """Whose role, organisation or sector has most words in common with a phrase; None where nobody's has, or several have."""
    words = set(fold_phrase(phrase).replace("'s", "").split()) - FUNCTION_WORDS
    shared = [len(words & own) for own in roster.told_by]
    best = max(shared)
    return shared.index(best) if best and shared.count(best) == 1 else None


def _in_view(
    view: Mapped, roster: Roster, lexicon: dict[str, Entry], consented: Mapping[str, Attribution]
) -> Iterator[Finding]:
    met = list(matches(view.text, roster, lexicon))
    if not view.text.isascii():
        met += matches(view.text, roster, lexicon, lookalikes=True)
    shown = [(match.start, match.end) for match in met if roster.passes(match.form, consented)]
    contexts: dict[tuple[int, int], Context] = {}
    for match in met:
        if roster.passes(match.form, consented) or any(_has_within(start, end, match) for start, end in shown):
            continue
        place = match.start, match.end
        context = contexts.get(place) or contexts.setdefault(place, Context(view.text, *place))
        if verdict := judge(match, context, roster):
            yield _finding(view, roster, match, verdict)


def _has_within(start: int, end: int, match: Match) -> bool:
    """Whether a form that consent covers has these words in it: "Anna" in the Anna Ingram who may be named.

    Where it is all of the words, only a guess at somebody else is left alone; another Anna did not agree.
    """
    longer = start < match.start or match.end < end
    return start <= match.start and match.end <= end and (longer or match.guess)


def _finding(view: Mapped, roster: Roster, match: Match, severity: Severity) -> Finding:
    start, end = view.origin(match.start, match.end)
    return Finding(
        start=start,
        end=end,
        participant=roster.participants[match.form.person].key,
        kind=match.kind,
        severity=severity,
        suggestion=suggestion(match.form.shape),
        reason=reason(match.kind),
    )


def _settled(found: Iterable[Finding]) -> list[Finding]:
    """One finding a place and participant: the longest, and as severe as any it covers."""
    kept: dict[str, Finding] = {}
    settled: list[Finding] = []
    for finding in sorted(
        set(found), key=lambda one: (one.start, -one.end, one.severity == "ask", one.participant, one.kind)
    ):
        last = kept.get(finding.participant)
        if last is not None and finding.start < last.end:
            if finding.severity == "block" and last.severity == "ask":
                settled.remove(last)
            else:
                continue
        kept[finding.participant] = finding
        settled.append(finding)
    return settled
