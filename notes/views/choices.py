"""The ways a point may appear, as they are offered: each with the exact words that will stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from notes.drafting import Known
from notes.rules.redaction import attribution_phrase, colleagues_there
from notes.rules.vocabulary import Attribution, Participant

NAMES = {
    Attribution.NONE: gettext_lazy("Not attributed"),
    Attribution.SECTOR: gettext_lazy("As my sector"),
    Attribution.ORGANISATION: gettext_lazy("As my organisation"),
    Attribution.NAME: gettext_lazy("By name"),
}
# The same, said by somebody else.
THEIR_NAMES = {
    Attribution.NONE: gettext_lazy("Not attributed"),
    Attribution.SECTOR: gettext_lazy("As their sector"),
    Attribution.ORGANISATION: gettext_lazy("As their organisation"),
    Attribution.NAME: gettext_lazy("By name"),
}
MAY_POINT = gettext_lazy("Readers may know who comes from your organisation, so this may point to you.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way an item may appear, with the exact words set beside it."""

    value: str
    name: str
    attribution: str
    caution: str | Promise
    chosen: bool


def offered_levels(person: Participant, cap: Attribution) -> list[Attribution]:
    """What there is to choose from: nothing above the meeting's cap, and nothing there are no words for."""
    return [
        level for level in NAMES if level <= cap and (level == Attribution.NONE or attribution_phrase(person, level))
    ]


def preselected(usual: Attribution, levels: list[Attribution]) -> Attribution:
    """The most that is offered of what somebody usually wants."""
    return max(level for level in levels if level <= usual)


def caution_of_organisation(person: Known, people: Iterable[Participant]) -> str | Promise:
    """Whether the organisation would point to one person (R4). Nobody finds out who came by saying, afterwards, that
    they are from somewhere else (R13): then it only says that it may."""
    if person.organisation_is_new:
        return MAY_POINT
    return (
        ""
        if colleagues_there(person.participant, people)
        else _("Nobody else from there attended, so this points to you.")
    )


def options_for(
    person: Participant, cap: Attribution, chosen: str, *, caution: str | Promise = MAY_POINT
) -> list[Option]:
    """The ways their contributor chooses from; `caution` is what is said of their organisation beforehand."""
    cautions: dict[Attribution, str | Promise] = {
        Attribution.SECTOR: _("Shown only if enough people of your sector came; otherwise not attributed."),
        Attribution.ORGANISATION: caution,
    }
    return [
        Option(
            value=str(int(level)),
            name=str(NAMES[level]),
            attribution=attribution_phrase(person, level),
            caution=cautions.get(level, ""),
            chosen=chosen == str(int(level)),
        )
        for level in offered_levels(person, cap)
    ]


def options_for_them(person: Participant, cap: Attribution, chosen: str) -> list[Option]:
    """The same ways, to an organiser who writes down what a contributor agreed to."""
    return [
        replace(option, name=str(THEIR_NAMES[level_from(option.value)]), caution="")
        for option in options_for(person, cap, chosen)
    ]


def level_from(value: str) -> Attribution:
    """The level that was pressed; NONE for whatever is none (R1)."""
    return {str(int(level)): level for level in Attribution}.get(value, Attribution.NONE)
