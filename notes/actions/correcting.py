"""Correcting circulated notes at a reader's suggestion (B57).

An edition does not change (R9): a corrected one is made from it, with one line put right, and takes its place. The
desk stays shut, so this works while there are drafts and after they are forgotten. A corrected line is attributed to
nobody, for what its contributor agreed to were other words (R2).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from members.models import User
from notes.actions import refusals
from notes.actions.checking import Found, LeakCheck
from notes.actions.freezing import circulated_edition, next_number, put_in_place, take_away
from notes.actions.noting import locked, open_notebook, refuse_words
from notes.drafting import participants, section_titles
from notes.models.corrections import Correction
from notes.models.drafts import Notebook
from notes.models.editions import Edition
from notes.rules import vocabulary as rules
from notes.rules.redaction import text_hash

State = Correction.State
LONGEST_ANSWER = 2000


def can_be_worded(correction: Correction) -> bool:
    """Whether the point still stands as it was read."""
    edition = circulated_edition(open_notebook(correction.meeting))
    return edition is not None and bool(correction.about) and correction.about in _texts(edition)


def word(correction: Correction, new_text: str, *, by: User, at: datetime) -> Correction:
    """Say what the point is to read instead; "" leaves it out. Nothing changes for readers until it is confirmed."""
    with locked(open_notebook(correction.meeting)):
        current = _still(correction, State.OPEN)
        if not can_be_worded(current):
            raise refusals.PointHasGone
        refuse_words(new_text)
        current.state, current.new_text, current.worded_by = State.WORDED, new_text.strip(), by
        return _moved(current, at)


def set_aside(correction: Correction, *, at: datetime) -> Correction:
    """Not these words after all: the suggestion waits again, and others can be made of them."""
    with locked(open_notebook(correction.meeting)):
        current = _still(correction, State.WORDED)
        current.state, current.worded_by = State.OPEN, None
        return _moved(current, at)


def decline(correction: Correction, reason: str, *, at: datetime) -> Correction:
    """Leave the point as it is; whoever suggested it reads why."""
    if not reason.strip():
        raise refusals.ReasonIsMissing
    if len(reason) > LONGEST_ANSWER:
        raise refusals.AnswerIsTooLong
    with locked(open_notebook(correction.meeting)):
        current = _still(correction, State.OPEN)
        current.state, current.answer, current.new_text = State.DECLINED, reason.strip(), ""
        return _moved(current, at)


def found_in(correction: Correction) -> tuple[Found, ...]:
    """What the leak check says of the new words, among everybody who is known of that meeting."""
    notebook = open_notebook(correction.meeting)
    edition = circulated_edition(notebook)
    if edition is None or not correction.new_text:
        return ()
    titles = {title: part for part, title in section_titles(correction.meeting).items()}
    part = next((titles.get(title) for title, text in _lines(edition) if text == correction.about), None)
    return LeakCheck(notebook, participants(correction.meeting)).line(correction.new_text, part, {})


def confirm(correction: Correction, *, by: User, looked: bool, at: datetime, seen: str | None = None) -> Edition:
    """Put the new words in the place of the old, for every reader, under the next number and with today's date.

    A name in them has to go; what only may be one needs somebody who says to have `looked`. `seen` is the `text_hash`
    of the new words they had before them, where there was a page: others may have been written since.
    """
    with locked(open_notebook(correction.meeting)) as held:
        current = _still(correction, State.WORDED)
        if seen not in {None, text_hash(current.new_text)}:
            raise refusals.OtherWordsHaveChanged
        if held.meeting.network.needs_second_reviewer and current.worded_by == by:
            raise refusals.SomebodyElseApproves
        severities = {one.finding.severity for one in found_in(current) if one.is_open}
        if "block" in severities:
            raise refusals.NewWordsGiveAway
        if severities and not looked:
            raise refusals.NobodyHasLooked
        before = circulated_edition(held)
        if before is None or current.about not in _texts(before):
            raise refusals.PointHasGone
        made = _replace(held, before, current, at)
        current.state, current.about, current.new_text = State.DONE, "", ""
        _moved(current, at)
        return made


def _replace(notebook: Notebook, before: Edition, correction: Correction, at: datetime) -> Edition:
    """The corrected edition, with whatever else holds the old line: the draft, the write-up, other suggestions."""
    day = notebook.meeting.day_of(at)
    _correct_draft(notebook, correction)
    _correct_write_up(notebook, correction, at)
    number = next_number(notebook, rules.Audience.NETWORK)
    edition = _with_line(before, correction.about, correction.new_text)
    made = put_in_place(before, edition, number=number, made_on=day, corrected_on=day)
    for other in Correction.objects.filter(meeting=notebook.meeting).exclude(pk=correction.pk):
        if other.about and other.about == correction.about:
            other.about = correction.new_text
            other.save()
    return made


def _correct_write_up(notebook: Notebook, correction: Correction, at: datetime) -> None:
    """Who agreed to be read by everybody agreed to the old words: the line goes, and with the last line the page."""
    before = circulated_edition(notebook, rules.Audience.PUBLIC)
    if before is None or correction.about not in _texts(before):
        return
    edition, day = _with_line(before, correction.about, ""), notebook.meeting.day_of(at)
    if edition.sections:
        number = next_number(notebook, rules.Audience.PUBLIC)
        put_in_place(before, edition, number=number, made_on=day, corrected_on=day)
    else:
        take_away(notebook.meeting, rules.Audience.PUBLIC)


def _correct_draft(notebook: Notebook, correction: Correction) -> None:
    """While there is a draft it says the same, or the next re-issue would take the line for one that was taken back."""
    for note in notebook.items.all():
        if note.text == correction.about and not note.is_excluded:
            note.text, note.confidential = correction.new_text or note.text, not correction.new_text
            note.suggested_text, note.revision = "", note.revision + 1
            note.save()
            return


def _with_line(edition: Edition, old: str, new: str) -> rules.Edition:
    """The same edition with the first line that says `old` saying `new`, attributed to nobody; "" leaves it out."""
    waiting = [old]
    sections = []
    for section in edition.content:
        lines = []
        for line in section["lines"]:
            one = rules.Line(text=line["text"], attribution=line["attribution"])
            if line["text"] in waiting:
                waiting.clear()
                one = replace(one, text=new, attribution="")
            lines.append(one)
        kept = tuple(line for line in lines if line.text)
        if kept or edition.audience == rules.Audience.NETWORK:
            sections.append(rules.Section(title=section["title"], lines=kept))
    return rules.Edition(title=edition.title, audience=rules.Audience(edition.audience), sections=tuple(sections))


def let_go_of_lines(edition: Edition) -> None:
    """Suggestions about lines that are no longer read are gone with them (R10)."""
    texts = _texts(edition)
    for one in Correction.objects.filter(meeting=edition.meeting):
        if one.about and one.about not in texts:
            one.delete()


def let_go_of_suggester(user: User) -> None:
    """Whatever somebody who is erased has suggested goes with them, answered or not."""
    for one in Correction.objects.all():
        if one.suggester == str(user.pk):
            one.delete()


def forget_corrections(at: datetime) -> int:
    """Delete suggestions as long after their last move as drafts after circulation (R11); how many."""
    rows = Correction.objects.select_related("meeting__network")
    due = [one.pk for one in rows if _is_due(one, at)]
    Correction.objects.filter(pk__in=due).delete()
    return len(due)


def _is_due(correction: Correction, at: datetime) -> bool:
    kept_for = timedelta(days=correction.meeting.network.retention_days)
    return correction.moved_on < correction.meeting.day_of(at - kept_for)


def _still(correction: Correction, state: str) -> Correction:
    """The row as it is now, locked with the notebook; refused if somebody else has decided meanwhile."""
    current = Correction.objects.select_related("meeting__network").filter(pk=correction.pk, state=state).first()
    if current is None:
        raise refusals.AlreadyDecided
    return current


def _moved(correction: Correction, at: datetime) -> Correction:
    correction.moved_on = correction.meeting.day_of(at)
    correction.save()
    return correction


def _lines(edition: Edition) -> list[tuple[str, str]]:
    return [(section["title"], line["text"]) for section in edition.content for line in section["lines"]]


def _texts(edition: Edition) -> set[str]:
    return {text for _title, text in _lines(edition)}
