"""Who may do what in a network: six roles, six duties, one table (B80).

The table is asked everywhere: by pages through `members.access` and `members.admin.scoping`, by queries through
`roles_with`. A site's owner has every duty in every network; whoever is not an active member has none.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a network, beyond belonging to it."""

    MEMBER = "member"
    VIEWER = "viewer"
    SPEAKER_WRANGLER = "speaker-wrangler"
    NOTE_TAKER = "note-taker"
    ORGANISER = "organiser"
    OWNER = "owner"


class Duty(StrEnum):
    """What may be done. Each duty stands for itself: none follows from another."""

    # The run-sheet, the meetings and their agenda, how many registered, the figures. No person, no letter, no link.
    LOOK = "look"
    # What of a meeting is not out: who speaks and their addresses, materials, the link of the call.
    BACKSTAGE = "backstage"
    # Writing to speakers, their pages, materials of meetings.
    SPEAKERS = "speakers"
    # Drafts of notes, questions without a name, and who registered, so that a point can be given to whom it is from.
    NOTES = "notes"
    # Meetings, people, letters, what people need to take part; sending notes round.
    ORGANISE = "organise"
    # Who has which role, the network's settings, its rest, and what is taken away of it.
    OWN = "own"


DUTIES: Mapping[Role, frozenset[Duty]] = {
    Role.MEMBER: frozenset(),
    Role.VIEWER: frozenset({Duty.LOOK}),
    Role.SPEAKER_WRANGLER: frozenset({Duty.LOOK, Duty.BACKSTAGE, Duty.SPEAKERS}),
    Role.NOTE_TAKER: frozenset({Duty.LOOK, Duty.BACKSTAGE, Duty.NOTES}),
    Role.ORGANISER: frozenset(Duty) - {Duty.OWN},
    Role.OWNER: frozenset(Duty),
}


def duties_of(role: str) -> frozenset[Duty]:
    """What somebody in this role may do; nothing, where there is no such role."""
    return next((duties for one, duties in DUTIES.items() if one == role), frozenset())


def roles_with(duty: Duty) -> frozenset[Role]:
    """The roles that have this duty."""
    return frozenset(role for role, duties in DUTIES.items() if duty in duties)


def may_change_state(role: str, *, by_owner: bool) -> bool:
    """Whether a membership in this role may be paused or ended in the panel.

    Organisers look after members. To pause somebody who has a role is to take the role away, so owners alone do that.
    """
    return by_owner or not duties_of(role)
