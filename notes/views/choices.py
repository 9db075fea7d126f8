"""The ways a point may appear, as they are offered: each with the exact words that will stand beside it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _, gettext_lazy

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way an item may appear, with the exact words set beside it."""

    value: str
    name: str
    attribution: str
    caution: str
    chosen: bool


def offered_levels(person: Participant, cap: Attribution) -> list[Attribution]:
    """What there is to choose from: nothing above the meeting's cap, and nothing there are no words for."""
    return [
        level for level in NAMES if level <= cap and (level == Attribution.NONE or attribution_phrase(person, level))
    ]


def preselected(usual: Attribution, levels: list[Attribution]) -> Attribution:
    """The most that is offered of what somebody usually wants."""
    return max(level for level in levels if level <= usual)


def options_for(
    person: Participant, cap: Attribution, chosen: str, people: tuple[Participant, ...] = ()
) -> list[Option]:
    """The ways their contributor chooses from; `people` are everybody, to say where an organisation would point to one
    of them."""
    alone = "" if colleagues_there(person, people) else _("Nobody else from there attended, so this points to you.")
    cautions = {
        Attribution.SECTOR: _("Shown only if enough people of your sector came; otherwise not attributed."),
        Attribution.ORGANISATION: alone,
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
