"""What people said a meeting was worth, as far as anybody may see it (docs/decisions/0041)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from cop.figures.counting import Feedback
from cop.figures.counts import Counts
from cop.figures.rules import drawing
from cop.figures.rules.drawing import Point
from cop.figures.rules.periods import Grain, grain_of, span_of
from cop.figures.spoken import head, mean, number, stretch, under
from cop.figures.tables import Figure, Table
from events.rules.surveys import FEWEST, HIGHEST


def feedback(counts: Counts) -> Figure:
    title = _("Feedback")
    if not counts.feedback:
        nothing = _("There is none yet. Feedback can be seen once it is closed, a week after a meeting.")
        return Figure(key="feedback", title=title, nothing=nothing)
    grain = grain_of([one.day for one in counts.feedback])
    rows = _rows(counts.feedback, grain)
    points = [Point(under=under(day, grain), value=mean_of(those)) for day, _title, those in rows]
    drawn = drawing.curve(points, bottom=1, top=HIGHEST, steps=HIGHEST - 1)
    return Figure(
        key="feedback",
        title=title,
        said=said_of_feedback(counts.feedback),
        part=_("mean, from 1 (not worth my time) to %d (well worth it)") % HIGHEST,
        curve=drawn if any(point.value for point in points) else None,
        table=Table(
            caption=_("Was it worth your time? From 1 to %d") % HIGHEST,
            heads=(head(grain), _("Answers"), _("Mean")),
            rows=tuple((stretch(day, grain, title), *_cells(those)) for day, title, those in rows),
            foot=(_("Together"), *_cells(counts.feedback)),
        ),
        note=_("Where fewer than %d answered about a meeting, nobody sees more than how many.") % FEWEST,
    )


def _rows(said: Sequence[Feedback], grain: Grain) -> list[tuple[date, str, list[Feedback]]]:
    if grain is Grain.MEETING:
        return [(one.day, one.title, [one]) for one in said]
    found = dict[date, list[Feedback]]()
    for one in said:
        found.setdefault(span_of(one.day, grain), []).append(one)
    return [(day, "", those) for day, those in found.items()]


def _cells(said: Sequence[Feedback]) -> tuple[str, str]:
    return number(answers_in(said)), mean(mean_of(said))


def answers_in(said: Iterable[Feedback]) -> int:
    return sum(one.answers for one in said)


def mean_of(said: Iterable[Feedback]) -> float | None:
    """Of all answers that may be seen, to one figure after the point."""
    seen = [(one.mean, one.answers) for one in said if one.mean is not None]
    answers = sum(count for _mean, count in seen)
    return round(sum(value * count for value, count in seen) / answers, 1) if answers else None


def said_of_feedback(said: Sequence[Feedback]) -> str:
    """Its sentence."""
    average, answers = mean_of(said), number(answers_in(said))
    if average is None:
        return _("%s answers: to no one meeting enough to show what they say.") % answers
    words = {"mean": mean(average), "most": HIGHEST, "answers": answers}
    return _("“Was it worth your time?” %(mean)s of %(most)d, from %(answers)s answers.") % words
