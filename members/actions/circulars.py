"""Writing to many: who gets it, trying it out, setting it off, and ten minutes to think again (B75, complaint 10)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from members.actions.mailing import Recipient, send_letter, willing
from members.audiences import Chosen, chosen_in
from members.models import Circular, Delivery, Mailing, User
from members.tasks import go_on

UNDO_WITHIN = timedelta(minutes=10)


class CannotSetOff(Exception):
    """A circular does not go out as it stands; the words say why, and what to do."""


def chosen(circular: Circular) -> Chosen | None:
    """The audience of a circular, while there is such."""
    return chosen_in(circular.network, circular.audience)


def recipients_of(circular: Circular) -> list[Recipient]:
    """Exactly those who would get it now, each address once, in the order of the audience."""
    audience = chosen(circular)
    if audience is None:
        return []
    first: dict[str, Recipient] = {}
    for one in audience.people():
        first.setdefault(one.email.lower(), one)
    return list(willing(audience.audience.letter, circular.network, first).values())


def try_out(circular: Circular, by: User) -> Mailing:
    """Send it to whoever asks, and nobody else."""
    to = [Recipient(by.email, by.name, by)]
    return send_letter("circular/try", to, network=circular.network, about_id=circular.pk, created_by=by)


@transaction.atomic
def set_off(circular: Circular, *, seen: int, by: User) -> Mailing:
    """Have it sent, in ten minutes, to exactly as many as whoever pressed had `seen`; `CannotSetOff` otherwise."""
    circular = _locked(circular)
    audience, people = chosen(circular), recipients_of(circular)
    if circular.mailing is not None:
        raise CannotSetOff("This letter has been set off already.")
    if audience is None or not people:
        raise CannotSetOff("Nobody would get this letter. Choose other people to write to.")
    if len(people) != seen:
        said = ngettext("It would go to %d person now", "It would go to %d people now", len(people)) % len(people)
        raise CannotSetOff(f"{said}, and you had seen {seen}. Please look again, and press once more.")
    later = timezone.now() + UNDO_WITHIN
    letter = audience.audience.letter
    circular.mailing = send_letter(
        letter, people, network=circular.network, about_id=circular.pk, created_by=by, not_before=later
    )
    circular.save(update_fields=["mailing"])
    return circular.mailing


@transaction.atomic
def call_back(circular: Circular) -> None:
    """Make it a draft again, as long as not one letter has gone; `CannotSetOff` with a sentence afterwards."""
    mailing = _locked(circular).mailing
    if mailing is None:
        return
    mailing.deliveries.filter(state=Delivery.State.WAITING, tries=0).delete()
    if mailing.deliveries.exclude(state=Delivery.State.UNWANTED).exists():
        raise CannotSetOff("The first letters have gone, so it is too late to call it back. You can pause the rest.")
    mailing.delete()


def pause(mailing: Mailing) -> None:
    """Hold the letters that have not gone; those that a worker has in hand still go."""
    Mailing.objects.filter(pk=mailing.pk, paused_at=None).update(paused_at=timezone.now())


@transaction.atomic
def resume(mailing: Mailing) -> None:
    """Let the rest go."""
    if Mailing.objects.filter(pk=mailing.pk, paused_at__isnull=False).update(paused_at=None):
        go_on(mailing.pk)


def _locked(circular: Circular) -> Circular:
    return Circular.objects.select_for_update(of=("self",)).select_related("network", "mailing").get(pk=circular.pk)
