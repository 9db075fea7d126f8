"""What is known of a person here, for them to take along (B25)."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from cop.ending.models import Parcel
from members.actions.telling import part_of
from members.formats.own_data import Part
from members.models import User
from members.signals import gathering_own_data


@receiver(gathering_own_data)
def tell_what_we_know(user: User, **kwargs: object) -> list[Part]:
    asked = Parcel.objects.filter(created_by=user).select_related("network")
    return [part_of(Parcel, asked, about=_("What you had packed to take away, as an organiser."))]
