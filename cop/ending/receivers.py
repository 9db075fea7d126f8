"""What is known of a person here, for them to take along (B25), and what is done when a minute has passed."""

from datetime import datetime

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from cop.ending.erasing import erase_due
from cop.ending.models import Answer, Carried, Parcel
from cop.ending.parcels import forget_handovers
from events.models import Speaker
from members.actions.telling import part_of
from members.formats.own_data import Part
from members.models import Membership, User
from members.signals import erasing, gathering_own_data, left, ticked


@receiver(gathering_own_data)
def tell_what_we_know(user: User, **kwargs: object) -> list[Part]:
    asked = Parcel.objects.filter(created_by=user).select_related("network")
    answers = Answer.objects.filter(membership__user=user).select_related("move", "membership__network")
    carried = Carried.objects.filter(membership__user=user).select_related("membership__network")
    return [
        part_of(Parcel, asked, about=_("What you had packed to take away, as an organiser.")),
        part_of(Answer, answers, about=_("What you said about moving to a new home.")),
        part_of(Carried, carried, about=_("The yes with which you came here from another home.")),
    ]


@receiver(left)
def forget_the_file_they_are_in(membership: Membership, **kwargs: object) -> None:
    forget_handovers([membership.network_id])


@receiver(erasing)
def forget_the_files_they_are_in(email: str, user: User | None, **kwargs: object) -> None:
    """As somebody who said yes, or as a speaker."""
    spoken = Speaker.objects.filter(Q(email__iexact=email) | Q(user__isnull=False, user=user))
    networks = set(spoken.values_list("agenda_item__meeting__network", flat=True))
    forget_handovers(networks | set(Membership.objects.filter(user=user).values_list("network", flat=True)))


@receiver(ticked)
def erase_what_has_moved(now: datetime, **kwargs: object) -> None:
    """Old copies whose day has come."""
    erase_due(now)
