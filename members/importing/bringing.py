"""Bringing people in: a slice of the list and what became of it in one transaction, so nobody comes in twice."""

import secrets
import time
from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError
from django_tasks import task

from members.formats.people import Entry
from members.importing.matching import Match, from_row, match, sector_of
from members.importing.turns import SECONDS_A_TURN, NotMine, add, step, take_turn
from members.models import Batch, Brought, KeptOff, Membership, User
from members.rules.bringing import Outcome

REASONS = {
    Outcome.UNSUBSCRIBED: KeptOff.Reason.UNSUBSCRIBED,
    Outcome.CLEANED: KeptOff.Reason.CLEANED,
}
MOST_CLASHES = 5


@task
def bring_in(batch_id: int) -> None:
    """Bring in what was read, as long as a turn lasts; the rest has its turn after what else is waiting."""
    until = time.monotonic() + SECONDS_A_TURN
    try:
        batch = take_turn(batch_id, Batch.State.BRINGING)
        while bring_slice(batch):
            if time.monotonic() > until:
                bring_in.enqueue(batch_id)
                return
    except NotMine:
        return


def bring_slice(batch: Batch) -> bool:
    """Bring in the next slice; whether there was one. Where somebody signs up at this instant, it is tried again."""
    for _ in range(MOST_CLASHES):
        try:
            return _bring_slice(batch)
        except IntegrityError:
            continue
    return _bring_slice(batch)


def _bring_slice(mine: Batch) -> bool:
    with step(mine) as batch:
        piece = batch.slices.order_by("number").first()
        if piece is None:
            batch.state = Batch.State.DONE
            return False
        found = match(batch.network, [from_row(row) for row in piece.rows()])
        off = [one for one in found if one.outcome in REASONS]
        keep_off(batch, off)
        digests = {one.digest for one in off}
        make_members(batch, [one for one in found if one.outcome == Outcome.NEW and one.digest not in digests])
        add(batch, {f"did-{name}": count for name, count in Counter(one.outcome for one in found).items()})
        batch.done += len(found)
        piece.delete()
    return True


def keep_off(batch: Batch, found: Sequence[Match]) -> None:
    """Have these brought in by no list, and take those out again whom an earlier list brought and who never agreed."""
    KeptOff.objects.bulk_create(
        [KeptOff(network=batch.network, digest=one.digest, reason=REASONS[one.outcome], batch=batch) for one in found],
        ignore_conflicts=True,
    )
    theirs = [one.membership.pk for one in found if one.membership]
    Membership.objects.filter(pk__in=theirs, state=Membership.State.BROUGHT).update(state=Membership.State.LEFT)


def make_members(batch: Batch, found: Sequence[Match]) -> None:
    """An account for whoever has none, and a membership that waits for its owner's yes to the ground rules.

    An account that is there is left as its owner has it.
    """
    made = User.objects.bulk_create([account(one.entry) for one in found if one.user is None])
    new = {user.email: user for user in made}
    rows = [
        Membership(network=batch.network, user=one.user or new[one.entry.address], state=Membership.State.BROUGHT)
        for one in found
    ]
    Brought.objects.bulk_create(
        Brought(membership=membership, batch=batch, made_account=membership.user.email in new)
        for membership in Membership.objects.bulk_create(rows)
    )


def account(entry: Entry) -> User:
    """An account, not saved yet, of somebody on a list. It has no password, as nobody's has: Django's `make_password`
    would say so in forty draws of a letter, which is a quarter of the whole work."""
    return User(
        email=entry.address,
        name=entry.name,
        organisation=entry.organisation,
        job_title=entry.job_title,
        sector=sector_of(entry.sector),
        password=UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20),
    )
