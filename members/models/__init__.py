"""Who people are to a network, and the mail that reaches them."""

from members.models.acts import Act
from members.models.addresses import AddressKey, KeptOff
from members.models.circulars import Circular
from members.models.imports import Batch, Brought, Piece, Slice
from members.models.joining import Agreement, SignUp
from members.models.keeping import Deletion
from members.models.limits import Tally
from members.models.looks import Logo
from members.models.mail import Delivery, Mailing, Pace, Postbag, Turn
from members.models.mailboxes import Mailbox
from members.models.networks import Membership, Network
from members.models.people import Sector, User
from members.models.signing_in import AddressChange, Passkey, SignIn
from members.models.subscribing import Decision, Kind, Refusal, Way
from members.models.wordings import Wording

__all__ = [
    "Act",
    "AddressChange",
    "AddressKey",
    "Agreement",
    "Batch",
    "Brought",
    "Circular",
    "Decision",
    "Deletion",
    "Delivery",
    "KeptOff",
    "Kind",
    "Logo",
    "Mailbox",
    "Mailing",
    "Membership",
    "Network",
    "Pace",
    "Passkey",
    "Piece",
    "Postbag",
    "Refusal",
    "Sector",
    "SignIn",
    "SignUp",
    "Slice",
    "Tally",
    "Turn",
    "User",
    "Way",
    "Wording",
]
