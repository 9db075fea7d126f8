"""Taking a batch back: whom it brought and who has not touched anything since, and whom it kept off."""

import time
from collections.abc import Iterable

from django.db import models
from django.db.models import QuerySet
from django_tasks import task

from members.importing.turns import SECONDS_A_TURN, NotMine, add, step, take_turn
from members.models import Batch, Brought, Delivery, Mailbox, Membership, User

AT_ONCE = 500


@task
def undo(batch_id: int) -> None:
    """Take people out again, as long as a turn lasts; the rest has its turn after what else is waiting."""
    until = time.monotonic() + SECONDS_A_TURN
    try:
        batch = take_turn(batch_id, Batch.State.UNDOING)
        while undo_some(batch):
            if time.monotonic() > until:
                undo.enqueue(batch_id)
                return
    except NotMine:
        return


def undo_some(mine: Batch) -> bool:
    """Take out the next few; whether there were any."""
    with step(mine) as batch:
        rows = list(batch.brought.filter(pk__gt=batch.cursor).order_by("pk").select_related("membership")[:AT_ONCE])
        if not rows:
            batch.kept_off.all().delete()
            batch.state = Batch.State.UNDONE
            return False
        batch.cursor = rows[-1].pk
        gone = take_out(rows)
        add(batch, {"undone": gone, "stayed": len(rows) - gone})
    return True


def take_out(rows: Iterable[Brought]) -> int:
    """Delete the memberships that still wait for a yes, with accounts that nobody has used; how many memberships."""
    waiting = [row for row in rows if row.membership.state == Membership.State.BROUGHT]
    ours = [row.membership.user_id for row in waiting if row.made_account]
    unused = set(untouched(User.objects.filter(pk__in=ours), apart_from=[row.membership_id for row in waiting]))
    here_before = [row for row in waiting if not row.made_account]
    going = [*here_before, *(row for row in waiting if row.membership.user_id in unused)]
    Delivery.objects.filter(user__in=unused).delete()
    Membership.objects.filter(pk__in=[row.membership_id for row in going]).delete()
    User.objects.filter(pk__in=unused).delete()
    return len(going)


def untouched(users: QuerySet[User], *, apart_from: Iterable[int]) -> Iterable[int]:
    """Which of these accounts have never been signed in to, and have nothing anywhere that would go with them.

    Every kind of row that points to a person is asked, whichever app it belongs to. These memberships do not count, nor
    that a letter came back, which is nothing they did.
    """
    left = users.filter(last_login=None)
    for relation in User._meta.related_objects:
        goes_along = getattr(relation, "on_delete", None) in {models.CASCADE, models.PROTECT}
        if goes_along and relation.related_model is not Mailbox:
            rows = relation.related_model._default_manager.all()
            if relation.related_model is Membership:
                rows = rows.exclude(pk__in=list(apart_from))
            left = left.exclude(pk__in=rows.exclude(**{relation.field.name: None}).values(relation.field.name))
    return left.values_list("pk", flat=True)
