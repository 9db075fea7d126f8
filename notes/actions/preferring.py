"""How somebody usually wants their points to appear. It is preselected for them, and never counts as a consent (R1)."""

from members.models import Membership, Network, User
from notes.models.drafts import UsualAttribution
from notes.rules.vocabulary import Attribution


def usual_attribution(user: User | None, network: Network) -> Attribution:
    """What this person usually wants in this network; NONE where they have not said, or have no account."""
    if user is None:
        return Attribution.NONE
    row = UsualAttribution.objects.filter(membership__user=user, membership__network=network).first()
    return Attribution(row.level) if row else Attribution.NONE


def keep_usual_attribution(membership: Membership, level: Attribution) -> None:
    """Remember it; "not attributed" is what is preselected anyway, and is not kept."""
    if level == Attribution.NONE:
        UsualAttribution.objects.filter(membership=membership).delete()
    else:
        UsualAttribution.objects.update_or_create(membership=membership, defaults={"level": level})
