"""Work for the worker: bringing letters to the mail server."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from cop.lib.space import overwrite_space
from members.models import Delivery, Mailing
from members.tasks.carrying import Line, carry, put_off
from members.tasks.pacing import free_at
from members.tasks.postbags import fetch_back, take_out

# A letter to a few, such as a sign-in code, does not queue behind one to everybody.
FEW, AT_ONCE = 20, 10


@task
def let_go_of_space() -> None:
    """What somebody's rows held is overwritten, once they are erased."""
    overwrite_space()


@task
def deliver(mailing_id: int) -> None:
    """Send letters of a mailing that are due, one bag of them; the rest has its turn after what else is waiting.

    Safe to run twice and by any number of workers at once: a letter belongs to whoever has it in their bag. Where the
    mail server cannot be reached, the letters wait, and a later tick tries again.
    """
    mailing = Mailing.objects.select_related("network").filter(pk=mailing_id, paused_at=None).first()
    if mailing is None:
        return
    fetch_back(timezone.now(), mailing=mailing)
    bag = take_out(mailing)
    line = Line()
    try:
        if bag.deliveries and not line.is_open():
            put_off(bag)
            return
        # Before the letters go, so that another worker can take the next bag meanwhile.
        if bag.is_full:
            go_on(mailing_id)
        if carry(bag, line) and not bag.is_full:
            go_on(mailing_id)
    finally:
        line.hang_up()


def go_on(mailing_id: int, *, not_before: datetime | None = None) -> None:
    """Have the next bag of a mailing sent as soon as the mail provider permits it; letters to a few come first."""
    some = Delivery.objects.filter(mailing_id=mailing_id).values_list("pk")[: FEW + 1]
    priority = AT_ONCE if len(some) <= FEW else 0
    deliver.using(priority=priority, run_after=not_before or free_at(timezone.now())).enqueue(mailing_id)
