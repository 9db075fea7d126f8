"""A sheet of questions to answer, and what came of all answers, drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.actions.answering import box_of
from events.models import Survey, SurveyQuestion
from events.rules.questions import folded, holds_hidden_marks
from events.rules.surveys import LONGEST_WORDS, Box, Line, Sheet, best_first, lines, may_be_seen, mean

Kind = SurveyQuestion.Kind


class SheetForm(forms.Form):
    """One field a question. None has to be answered; that there is an answer at all, the act looks for.

    Nothing typed here is spell-checked elsewhere or offered again by a browser (threat 55).
    """

    def __init__(self, *args: Any, questions: Iterable[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.key}"] = _field(question)

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and holds_hidden_marks(folded(value)):
                self.add_error(name, _("The text holds marks that cannot be seen. Type it again without them."))
        return self.cleaned_data

    def sheet(self) -> Sheet:
        """The answers; only of a form that is valid."""
        chosen: dict[str, list[str]] = {}
        written: dict[str, str] = {}
        for name, value in self.cleaned_data.items():
            key = name.removeprefix("q")
            if isinstance(self.fields[name], forms.CharField):
                written[key] = folded(value)
            else:
                chosen[key] = value if isinstance(value, list) else [value] if value else []
        return Sheet(chosen=chosen, written=written)


def _field(question: SurveyQuestion) -> forms.Field:
    asks, choices = question.asks, list(question.answers.items())
    if question.kind == Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"})
        return forms.CharField(label=asks, required=False, max_length=LONGEST_WORDS, widget=widget)
    if question.kind == Kind.MANY:
        ticks = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=asks, required=False, choices=choices, widget=ticks)
    short = question.kind in {Kind.SCALE, Kind.TIME}
    buttons = forms.RadioSelect(attrs={"class": "in-row"} if short else {})
    return forms.ChoiceField(label=asks, required=False, choices=choices, widget=buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of one question."""

    question: SurveyQuestion
    lines: tuple[Line, ...]
    mean: float | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What may be seen of a survey: how many answered, and where nothing else may, no `answered`."""

    count: int
    answered: list[Answered]
    times: list[Answered]


def results_of(survey: Survey) -> Results:
    """For those who may see them: times, the best first, then the other questions in order."""
    box = box_of(survey)
    if not may_be_seen(box, is_closed=survey.state == Survey.State.CLOSED):
        return Results(count=box.count, answered=[], times=[])
    rows = {one.key: _answered(box, one) for one in survey.questions.select_related("survey__network")}
    times = [key for key, row in rows.items() if row.question.kind == Kind.TIME]
    return Results(
        count=box.count,
        answered=[row for key, row in rows.items() if key not in times],
        times=[rows[key] for key in best_first(box, times)],
    )


def _answered(box: Box, question: SurveyQuestion) -> Answered:
    return Answered(
        question=question,
        lines=lines(box, question.key, question.answers),
        mean=mean(box, question.key) if question.kind == Kind.SCALE else None,
        texts=box.texts.get(question.key, ()),
    )
