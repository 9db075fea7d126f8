"""What the letter about a move is about, when an organiser looks at it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop.ending.models import Answer, Move
from members.models import Membership
from members.samples import Made, sample


@sample({"moving": _("To members: do you agree to move to a new home?")})
def _move(made: Made) -> int:
    words = {"home_name": "The new home", "home_link": "https://example.org/", "started_at": timezone.now()}
    Move.objects.filter(network=made.network).delete()
    move = Move.objects.create(network=made.network, erase_on=timezone.localdate() + timedelta(days=30), **words)
    membership = Membership.objects.create(network=made.network, user=made.reader)
    return Answer.objects.create(move=move, membership=membership).pk
