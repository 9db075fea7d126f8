"""What a meeting still needs of somebody who speaks at it."""

from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """In the order in which the speaker's page asks for it."""

    ABSTRACT = "abstract"
    ROLE = "role"
    BIOGRAPHY = "biography"
    PHOTO = "photo"
    SLIDES = "slides"
    NAME_CHOICE = "name choice"
    SLIDES_CHOICE = "slides choice"
    RECORDING_CHOICE = "recording choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What there is of a speaker so far; a choice is "" until it is made."""

    abstract: str
    role: str
    organisation: str
    biography: str
    has_photo: bool
    has_slides: bool
    name_choice: str
    slides_choice: str
    recording_choice: str


def missing(given: Given) -> tuple[Missing, ...]:
    """What is still to be asked for. Either of role and organisation will do; a name for nobody needs neither."""
    is_named = given.name_choice != "nobody"
    wanted = {
        Missing.ABSTRACT: given.abstract.strip(),
        Missing.ROLE: not is_named or given.role.strip() or given.organisation.strip(),
        Missing.BIOGRAPHY: not is_named or given.biography.strip(),
        Missing.PHOTO: not is_named or given.has_photo,
        Missing.SLIDES: given.has_slides or given.slides_choice == "nobody",
        Missing.NAME_CHOICE: given.name_choice,
        Missing.SLIDES_CHOICE: given.slides_choice,
        Missing.RECORDING_CHOICE: given.recording_choice,
    }
    return tuple(item for item, there in wanted.items() if not there)
