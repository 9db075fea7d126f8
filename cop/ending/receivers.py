"""What is known of a person here, for them to take along (B25), and what is done when a minute has passed."""

from datetime import datetime

from django.dispatch import receiver
from django.utils.translation import gettext as _

from cop.ending.erasing import erase_due
from cop.ending.models import Answer, Carried, Parcel
from members.actions.telling import part_of
from members.formats.own_data import Part
from members.models import User
from members.signals import gathering_own_data, ticked


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


@receiver(ticked)
def erase_what_has_moved(now: datetime, **kwargs: object) -> None:
    """Old copies whose day has come."""
    erase_due(now)
