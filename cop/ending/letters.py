"""The letter that asks members whether they move along."""

from django.urls import reverse

from cop.ending.models import Answer
from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from members.models import Delivery
from members.writing import about, called, letter

PURPOSE = "answer to a move"


@letter("moving", at_rest=True)
def moving(delivery: Delivery) -> Letter:
    """To a member: do you agree to move to the new home? Who says nothing is not moved (B99)."""
    given = Answer.objects.select_related("move__network").get(pk=about(delivery))
    words = {
        "name": called(delivery),
        "network": given.move.network,
        "move": given.move,
        "url": absolute_url(reverse("ending:move", args=[personal_token(PURPOSE, given.pk)])),
    }
    return render_letter("moving", words)
