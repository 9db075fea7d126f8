"""What is packed to be taken away, and how long it lies here."""

from django.utils.translation import gettext as _, gettext_lazy

from cop.ending.models import Answer, Carried, Parcel, ParcelPart
from cop.ending.parcels import forget_parcels
from members.retention import Kept, days, keep

keep(
    Kept(
        name="parcels",
        what=gettext_lazy("What an organiser had packed to take away: the public site, or what moves; encrypted"),
        why=gettext_lazy("So that the network outlives this server."),
        until=lambda network: days(Parcel.KEPT_FOR.days),
        holds=(Parcel, ParcelPart),
        job=forget_parcels,
    )
)
keep(
    Kept(
        name="moves",
        what=gettext_lazy("Whether you move along to a network's new home, or came with one from another"),
        why=gettext_lazy("So that nothing of yours is moved without your yes, and the yes can be shown."),
        until=lambda network: _("Until the old copy is erased on the day the letter says, or you erase yourself"),
        holds=(Answer, Carried),
    )
)
