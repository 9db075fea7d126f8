"""Suggesting topics, wanting what others suggested, and what organisers make of it (B66, B67).

Every act holds the suggestion's row (a new one: the network's), so that a vote counts once and none is lost.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from events.models import Backing, Suggestion
from events.rules.suggestions import (
    Unfit,
    is_deleted_with_its_suggester,
    known_as,
    why_unfit,
)
from members.actions.limiting import is_within
from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User

State = Suggestion.State
MOST_AN_HOUR = 5
SENTENCES: dict[Unfit, Promise] = {
    Unfit.EMPTY: gettext_lazy("There is no topic yet. Write it in a few words, then press the button."),
    Unfit.LONG_TITLE: gettext_lazy("The topic is too long. Say it in a line, and the rest below."),
    Unfit.LONG_TEXT: gettext_lazy("What you say about it is too long. Say it in 600 characters or fewer."),
    Unfit.HIDDEN: gettext_lazy("The text holds marks that cannot be seen. Type it again without them."),
    Unfit.THERE: gettext_lazy("This topic is in the list already. Press “I want this too” beside it."),
}


class SuggestingRefused(Exception):
    """The message is for whoever pressed, and says what to do."""


@transaction.atomic
def suggest_topic(network: Network, user: User, *, title: str, text: str = "", shows_name: bool = False) -> Suggestion:
    """Put a topic into the list; whoever does wants it, too. Raises `SuggestingRefused`."""
    if Network.objects.select_for_update().get(pk=network.pk).is_resting:
        raise SuggestingRefused(_("The network is at rest, so no meeting will follow. Nothing can be suggested now."))
    title, text = " ".join(title.split()), text.strip()
    there = frozenset(known_as(one) for one in Suggestion.objects.of(network).wanted().values_list("title", flat=True))
    unfit = why_unfit(title, text, there=there)
    if unfit is not None:
        raise SuggestingRefused(str(SENTENCES[unfit]))
    if not is_within("suggest a topic", f"{network.pk} {user.pk}", most=MOST_AN_HOUR, every=timedelta(hours=1)):
        raise SuggestingRefused(_("That is many topics in an hour. Please keep the next one for later."))
    made = Suggestion.objects.create(network=network, title=title, text=text, suggester=user, shows_name=shows_name)
    made.backings.create(user=user)
    return made


@transaction.atomic
def want(network: Network, user: User, suggestion_id: int) -> None:
    """Count `user` among those who want it, once. Raises `SuggestingRefused`."""
    _wanted(network, suggestion_id).backings.get_or_create(user=user)


@transaction.atomic
def want_no_more(network: Network, user: User, suggestion_id: int) -> None:
    """Count them no longer; where they were not counted, nothing changes. Raises `SuggestingRefused`."""
    _wanted(network, suggestion_id).backings.filter(user=user).delete()


@transaction.atomic
def withdraw(network: Network, user: User, suggestion_id: int) -> bool:
    """Take one's own suggestion back; whether it is gone. What others want stays, and nothing says whose it was.

    Raises `SuggestingRefused`.
    """
    held = _held(network, suggestion_id)
    if held.suggester_id != user.pk:
        raise SuggestingRefused(_("Only whoever suggested a topic can withdraw it."))
    held.backings.filter(user=user).delete()
    if is_deleted_with_its_suggester(is_wanted=held.state == State.WANTED, others=held.backings.count()):
        held.delete()
        return True
    Suggestion.objects.filter(pk=held.pk).update(suggester=None, shows_name=False)
    return False


@transaction.atomic
def merge(chosen: Iterable[Suggestion]) -> Suggestion | None:
    """Make one of several that say the same: the one most wanted. Who wants any of them wants it, once.

    None where there are not at least two that are wanted, of one network.
    """
    keys = {one.pk for one in chosen}
    rows = list(Suggestion.objects.select_for_update().filter(pk__in=keys, state=State.WANTED).order_by("pk"))
    if len(rows) < 2 or len({one.network_id for one in rows}) > 1:
        return None
    into = Suggestion.objects.filter(pk__in=[one.pk for one in rows]).counted()[0]
    others = [one.pk for one in rows if one.pk != into.pk]
    people = Backing.objects.filter(suggestion__in=others).values_list("user", flat=True)
    Backing.objects.bulk_create([Backing(suggestion=into, user_id=one) for one in people], ignore_conflicts=True)
    Backing.objects.filter(suggestion__in=others).delete()
    Suggestion.objects.filter(pk__in=others).update(
        state=State.MERGED, merged_into=into, suggester=None, shows_name=False
    )
    return into


def may_tell(suggestion: Suggestion, *, at: datetime) -> bool:
    """Whether there is something to tell those who wanted it, and they have not been told."""
    meeting = suggestion.shown_meeting
    ready = suggestion.state == State.TAKEN_UP and suggestion.told_at is None
    return ready and meeting is not None and not meeting.is_over(at)


def to_tell(suggestion: Suggestion) -> list[Recipient]:
    """The members who want it."""
    users = Membership.objects.active().filter(
        network=suggestion.network_id, user__in=suggestion.backings.values("user")
    )
    return [Recipient(one.user.email, one.user.name, one.user) for one in users.select_related("user")]


@transaction.atomic
def tell_supporters(suggestion: Suggestion, *, by: User, at: datetime) -> int:
    """Tell them, once, that there is a meeting about what they wanted; how many letters went (B67)."""
    held = Suggestion.objects.select_for_update(of=("self",)).select_related("network", "meeting").get(pk=suggestion.pk)
    if not may_tell(held, at=at):
        return 0
    Suggestion.objects.filter(pk=held.pk).update(told_at=at)
    sent = send_letter("events/topic_taken_up", to_tell(held), network=held.network, about_id=held.pk, created_by=by)
    return sent.deliveries.count()


def _held(network: Network, suggestion_id: int) -> Suggestion:
    found = Suggestion.objects.select_for_update().filter(network=network, pk=suggestion_id).first()
    if found is None:
        raise SuggestingRefused(_("This topic is no longer in the list."))
    return found


def _wanted(network: Network, suggestion_id: int) -> Suggestion:
    """The suggestion, while it can be wanted; where it was merged meanwhile, what it was merged into."""
    found = _held(network, suggestion_id)
    if found.state == State.MERGED and found.merged_into_id:
        found = _held(network, found.merged_into_id)
    if found.state != State.WANTED:
        raise SuggestingRefused(_("The organisers have answered this topic meanwhile: see below."))
    return found
