"""What the notes know of a person, for them to take along (B25): their own points and words, and nobody else's (R12).

What the desk keeps confidential is in no copy, so not in this one either (R5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from events.models import Registration, Speaker
from members.actions.telling import part_of
from members.formats.own_data import Part
from members.models import User
from notes.models.corrections import Correction
from notes.models.drafts import Consent, ConsentRequest, Contributor, Jotting, Note, UsualAttribution
from notes.models.editions import Approval
from notes.rules.identity import Identity, identity_from_text, is_same
from notes.rules.vocabulary import Attribution, Audience

LEVELS = {
    Attribution.NONE: gettext_lazy("not attributed"),
    Attribution.SECTOR: gettext_lazy("with my sector"),
    Attribution.ORGANISATION: gettext_lazy("with my organisation"),
    Attribution.NAME: gettext_lazy("with my name"),
}


def tell(user: User) -> Iterator[Part]:
    """How they are known in notes that are not forgotten yet, what they said there, and what they chose."""
    theirs = _rows_of(user)
    yield part_of(
        Contributor,
        theirs.contributors,
        reading={"identity": _in_words},
        about=_("How the notes know you while they are written. Deleted when the drafts are forgotten."),
    )
    yield part_of(
        Note,
        theirs.notes,
        without=["contributor", "position", "placed", "revision", "token"],
        about=_("What you said, as it was noted. What note-takers keep confidential is in no copy."),
    )
    yield part_of(
        Consent,
        theirs.consents,
        without=["digest", "digest_of_other_words"],
        reading={"level": _level, "audience": _audience, "channel": _channel},
    )
    yield part_of(ConsentRequest, theirs.requests, without=["contributor"])
    usual = UsualAttribution.objects.filter(membership__user=user).select_related("membership__network")
    yield part_of(UsualAttribution, usual, reading={"level": _level})
    yield from _of_the_work(user)


def _level(level: int) -> str:
    return str(LEVELS[Attribution(level)])


def _audience(audience: int) -> str:
    return _("everybody") if audience == Audience.PUBLIC else _("members")


def _channel(channel: int) -> str:
    return str(Consent.Channel(channel).label)


def _in_words(identity: str) -> str:
    one = identity_from_text(identity)
    return ", ".join(part for part in (one.name, one.role, one.organisation, one.email, *one.aliases) if part)


def _of_the_work(user: User) -> Iterator[Part]:
    jottings = Jotting.objects.filter(writer=user).select_related("notebook__meeting")
    yield part_of(Jotting, jottings, without=["token", "changes"], about=_("What you typed and have not noted yet."))
    suggested = [one for one in Correction.objects.select_related("meeting") if one.suggester == str(user.pk)]
    # What organisers mean to put instead is theirs until readers have it.
    yield part_of(Correction, suggested, without=["suggester", "new_text"], about=_("Corrections that you suggested."))
    hands = Approval.objects.filter(Q(made_by=user) | Q(approved_by=user)).select_related("edition__meeting")
    yield part_of(Approval, hands, without=["seen"], about=_("Notes that you made ready or approved."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What drafts hold of one person."""

    contributors: Sequence[Contributor]
    notes: Sequence[Note]
    requests: Sequence[ConsentRequest]
    consents: Sequence[Consent]


def _rows_of(user: User) -> Theirs:
    """Only decrypting tells whose the rows are."""
    who = _identity(user)
    everybody = Contributor.objects.select_related("notebook__meeting")
    contributors = [one for one in everybody if is_same(who, one.who)]
    keys = {(one.notebook_id, one.who.key) for one in contributors}
    notebooks = {one.notebook_id for one in contributors}
    items = Note.objects.filter(notebook__in=notebooks).select_related("notebook__meeting", "agenda_item", "consent")
    notes = [
        one for one in items if (one.notebook_id, one.contributor) in keys and (one.left_out or not one.is_excluded)
    ]
    asked = ConsentRequest.objects.filter(notebook__in=notebooks).select_related("notebook__meeting")
    requests = [one for one in asked if (one.notebook_id, one.contributor) in keys]
    # Whoever has confidential points only finds nothing, or their own row would say that there are some (R5).
    told = {(one.notebook_id, one.contributor) for one in notes}
    told |= {(one.notebook_id, one.contributor) for one in requests}
    return Theirs(
        contributors=[one for one in contributors if (one.notebook_id, one.who.key) in told],
        notes=notes,
        requests=requests,
        consents=[one.consent for one in notes if hasattr(one, "consent")],
    )


def _identity(user: User) -> Identity:
    places = Registration.objects.of(user).values_list("pk", flat=True)
    talks = Speaker.objects.filter(Q(user=user) | Q(email__iexact=user.email)).values_list("pk", flat=True)
    rows = (*(f"r{pk}" for pk in places), *(f"s{pk}" for pk in talks))
    return Identity(key="", user=user.pk, rows=rows, email=user.email)
