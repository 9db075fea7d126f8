"""A form: one way of writing a participant, an organisation, a role or a sector, and how it is to be judged."""

from dataclasses import dataclass
from enum import Enum, IntEnum, auto


class Shape(IntEnum):
    """What sort of string a form is; it decides how boundaries, case and surroundings are weighed."""

    PHRASE = auto()  # several words that are somebody's name together
    WORD = auto()  # one word of a name, or a short form of it
    LETTERS = auto()  # initials, in capitals
    ADDRESS = auto()  # an e-mail address, a domain, a handle: any case, unmistakable
    BODY = auto()  # an organisation's full name
    BODY_WORD = auto()  # one word that stands for an organisation
    BODY_PART = auto()  # several words of an organisation's name
    ACRONYM = auto()  # an organisation's acronym, case as given in `cased`
    PLACE = auto()  # the town or nation in an organisation's name
    ROLE = auto()  # a job title
    JOB = auto()  # a job title cut short
    POST = auto()  # a job title's acronym, case as given in `cased`
    HEAD = auto()  # the noun of a job title, telling only with a place or a body beside it
    SECTOR = auto()  # a phrase that says somebody of a small sector was there


class Scope(Enum):
    """What a consent must cover for a form to pass."""

    NAME = auto()
    ROLE = auto()
    ORGANISATION = auto()
    SECTOR = auto()
    CONTACT = auto()  # an address or handle, which no consent to attribution covers


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing somebody: `text` is folded, `cased` is the form with its capitals where those matter.

    `person` is an index into the roster. `sure` is False for guesses, which only ever ask.
    """

    text: str
    kind: str
    person: int
    shape: Shape
    scope: Scope = Scope.NAME
    cased: str = ""
    sure: bool = True
