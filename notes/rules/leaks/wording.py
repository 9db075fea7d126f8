"""What the organiser is told about a finding, and what could be written instead."""

from notes.rules.leaks.forms import Shape

_REASONS = {
    "full_name": "The name of somebody at the meeting.",
    "first_name": "The first name of somebody at the meeting.",
    "surname": "The surname of somebody at the meeting.",
    "single_name": "The name of somebody at the meeting.",
    "name_subset": "Part of the name of somebody at the meeting.",
    "reversed_name": "The name of somebody at the meeting, surname first.",
    "name_order": "The name of somebody at the meeting, in another order.",
    "title_surname": "A title and the surname of somebody at the meeting.",
    "initials": "The initials of somebody at the meeting.",
    "initials_dotted": "The initials of somebody at the meeting.",
    "initial_surname": "An initial and the surname of somebody at the meeting.",
    "surname_initial": "The first name and an initial of somebody at the meeting.",
    "nickname": "A short form of the name of somebody at the meeting.",
    "nickname_nonenglish": "A short form of the name of somebody at the meeting.",
    "misspelling": "It may be the name of somebody at the meeting, misspelt.",
    "phonetic_transcript": "It may be the name of somebody at the meeting as a transcript heard it.",
    "email": "The e-mail address of somebody at the meeting.",
    "organisation": "The organisation of somebody at the meeting.",
    "org_partial": "Part of the name of an organisation that was at the meeting.",
    "org_acronym": "The acronym of an organisation that was at the meeting.",
    "org_acronym_derived": "Capitals that stand for an organisation that was at the meeting.",
    "org_misspelling": "It may be an organisation that was at the meeting, misspelt.",
    "org_translation": "Another name of an organisation that was at the meeting.",
    "org_domain": "An address of an organisation that was at the meeting.",
    "email_domain": "The domain that somebody at the meeting writes from.",
    "role": "The job of somebody at the meeting.",
    "role_variant": "The job of somebody at the meeting, in other words.",
    "role_acronym": "Capitals that stand for the job of somebody at the meeting.",
    "small_sector": "Too few people of this sector were there to hide who it was.",
    "self_reference": "The speaker says who they are.",
}
_SUGGESTIONS = {
    Shape.BODY: "an organisation",
    Shape.BODY_WORD: "an organisation",
    Shape.BODY_PART: "an organisation",
    Shape.ACRONYM: "an organisation",
    Shape.PLACE: "one area",
    Shape.ROLE: "somebody in a relevant role",
    Shape.JOB: "somebody in a relevant role",
    Shape.POST: "somebody in a relevant role",
}


def reason(kind: str) -> str:
    """A sentence for the organiser."""
    return _REASONS.get(kind, "A way of writing the name of somebody at the meeting.")


def suggestion(shape: Shape) -> str:
    """Neutral words to put in the place of a finding."""
    return _SUGGESTIONS.get(shape, "a participant")
