"""What a report about a list says: how many of whom, what becomes of them, and which rows are bad and why."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from members.formats.people import Standing, Why
from members.models import Batch
from members.rules.bringing import Outcome

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """So many people, who they are, and what becomes of them."""

    count: int
    who: Words
    what: Words


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that was not taken: of which file, on which line, and why."""

    file: Words
    line: int
    why: Words


FOUND: dict[Outcome, tuple[Words, Words]] = {
    Outcome.NEW: (gettext_lazy("new to the network"), gettext_lazy("can be brought in")),
    Outcome.MEMBER: (gettext_lazy("here already"), gettext_lazy("stay as they are")),
    Outcome.LEFT: (gettext_lazy("left the network, or were turned down"), gettext_lazy("stay out")),
    Outcome.KEPT_OFF: (gettext_lazy("asked not to be written to"), gettext_lazy("stay out")),
    Outcome.NEVER: (gettext_lazy("never asked for letters themselves"), gettext_lazy("stay out")),
    Outcome.UNSUBSCRIBED: (
        gettext_lazy("have unsubscribed"),
        gettext_lazy("get no letter, and no later list brings them in"),
    ),
    Outcome.CLEANED: (
        gettext_lazy("cannot be reached: letters came back"),
        gettext_lazy("get no letter, and no later list brings them in"),
    ),
    Outcome.REPEATED: (gettext_lazy("stand on the list twice"), gettext_lazy("count once")),
}

WHY: dict[Why, Words] = {
    Why.UNREADABLE: gettext_lazy("It cannot be read. A quotation mark may be missing, here or a few lines above."),
    Why.TOO_MANY_CELLS: gettext_lazy("It has more cells than there are headings: a comma may lack quotation marks."),
    Why.NO_ADDRESS: gettext_lazy("There is no e-mail address."),
    Why.BAD_ADDRESS: gettext_lazy("What stands for the e-mail address is none."),
    Why.TOO_LONG: gettext_lazy("A cell is longer than 200 characters."),
    Why.GARBLED: gettext_lazy("Some letters cannot be read. Save the file as UTF-8."),
    Why.UNKNOWN_STATUS: gettext_lazy("It says something about wanting letters that we do not know."),
}

FILES: dict[Standing, Words] = {
    Standing.SUBSCRIBED: gettext_lazy("Subscribed"),
    Standing.UNSUBSCRIBED: gettext_lazy("Unsubscribed"),
    Standing.CLEANED: gettext_lazy("Cleaned"),
    Standing.NEVER: gettext_lazy("Never subscribed"),
}


def found_lines(batch: Batch) -> list[Line]:
    """What was found in a list, the new people first; what there is none of is left out."""
    counts = {outcome: int(batch.counts.get(outcome, 0)) for outcome in FOUND}
    return [Line(counts[one], *FOUND[one]) for one in FOUND if counts[one] or one == Outcome.NEW]


def done_lines(batch: Batch) -> list[Line]:
    """What was done with a list. The difference to what was found happened in between, by people themselves."""
    did = {
        "did-new": (_("people were brought in"), _("until they agree to the ground rules they can read nothing")),
        "did-unsubscribed": (_("have unsubscribed"), _("no list brings them in")),
        "did-cleaned": (_("cannot be reached"), _("no list brings them in")),
        "undone": (_("were taken out again"), ""),
        "stayed": (_("stayed"), _("they have agreed, left or used their account since")),
    }
    return [Line(int(batch.counts[key]), *words) for key, words in did.items() if batch.counts.get(key)]


def bad_rows(batch: Batch) -> list[Bad]:
    """The bad rows, as many as are kept, in the order of the files."""
    return [
        Bad(FILES[Standing(batch.files[part]["standing"])], line, WHY[Why(why)])
        for part, line, why in sorted(batch.bad)
    ]


def to_bring(batch: Batch) -> int:
    """How many rows there is something to do about: people to bring in, and people to keep off."""
    return sum(int(batch.counts.get(one, 0)) for one in (Outcome.NEW, Outcome.UNSUBSCRIBED, Outcome.CLEANED))
