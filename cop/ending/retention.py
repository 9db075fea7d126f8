"""What is packed to be taken away, and how long it lies here."""

from django.utils.translation import gettext_lazy

from cop.ending.models import Parcel, ParcelPart
from cop.ending.parcels import forget_parcels
from members.retention import Kept, days, keep

keep(
    Kept(
        name="parcels",
        what=gettext_lazy("What an organiser had packed to take away: the public site, encrypted while it lies here"),
        why=gettext_lazy("So that the network's public pages outlive this server."),
        until=lambda network: days(Parcel.KEPT_FOR.days),
        holds=(Parcel, ParcelPart),
        job=forget_parcels,
    )
)
