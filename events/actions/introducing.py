"""Introducing members to one another: only those who let themselves be seen are asked, and both say yes (B71)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from events.models import Introduction
from events.rules.introductions import Answer, Unfit, why_unfit
from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User

SENTENCES: dict[Unfit, Promise] = {
    Unfit.EMPTY: gettext_lazy("Say in a sentence what you would like to talk about."),
    Unfit.LONG: gettext_lazy("This is too long. Say it in 300 characters or fewer."),
    Unfit.HIDDEN: gettext_lazy("The text holds marks that cannot be seen. Type it again without them."),
    Unfit.MANY: gettext_lazy(
        "Five members you asked have not said yes. Please wait some weeks before you ask another."
    ),
}


class IntroducingRefused(Exception):
    """The message is for whoever pressed, and says what to do. Of what others said it says nothing."""


def may_be_asked(network: Network) -> QuerySet[Membership]:
    """The members who let other members see that they are one."""
    rows = Membership.objects.active().filter(network=network, is_listed=True).exclude(user__name="")
    return rows.select_related("user")


def of(network: Network, user: User) -> QuerySet[Introduction]:
    """Somebody's introductions in a network, whoever asked, among people who are still members."""
    members = Membership.objects.active().filter(network=network).values("user")
    both = Q(asker__in=members, asked__in=members)
    rows = Introduction.objects.filter(both, Q(asker=user) | Q(asked=user), network=network, is_taken_back=False)
    return rows.select_related("asker", "asked")


@transaction.atomic
def ask_for_introduction(network: Network, asker: User, membership_id: int, *, words: str, on: date) -> None:
    """Ask; the other gets a letter that says so, and neither name nor words. Asking again sends no other letter.

    Raises `IntroducingRefused`.
    """
    Membership.objects.select_for_update().get(network=network, user=asker)
    found = may_be_asked(network).filter(pk=membership_id).exclude(user=asker).first()
    if found is None:
        raise IntroducingRefused(_("This member is no longer in the list."))
    if network.is_resting:
        raise IntroducingRefused(_("The network is at rest, so nobody is written to any more."))
    own = Introduction.objects.filter(network=network, asker=asker)
    if own.filter(asked=found.user).exists():
        own.filter(asked=found.user).update(is_taken_back=False)
        return
    unfit = why_unfit(words.strip(), under_way=sum(one.answer != Answer.YES for one in own))
    if unfit is not None:
        raise IntroducingRefused(str(SENTENCES[unfit]))
    made = own.create(
        network=network, asker=asker, asked=found.user, words=words.strip(), asked_on=on, answer=Answer.NOTHING
    )
    _tell("events/introduction_asked", made, found.user)


@transaction.atomic
def take_back(network: Network, asker: User, introduction_id: int) -> None:
    """Ask no more. What both have agreed to stays."""
    rows = Introduction.objects.select_for_update().filter(network=network, asker=asker, pk=introduction_id)
    for row in rows:
        if row.answer != Answer.YES:
            row.is_taken_back = True
            row.save(update_fields=["is_taken_back"])


@transaction.atomic
def answer_introduction(network: Network, asked: User, introduction_id: int, answer: Answer) -> bool:
    """Say yes or no, once; whether there was something to answer. Only of a yes somebody else hears."""
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("asker", "asked", "network")
    held = rows.filter(network=network, asked=asked, pk=introduction_id).first()
    if held is None or held.answer != Answer.NOTHING or not of(network, asked).filter(pk=held.pk).exists():
        return False
    held.answer = answer
    held.save(update_fields=["answer"])
    if answer == Answer.YES:
        for user in (held.asker, held.asked):
            _tell("events/introduced", held, user)
    return True


def forget_introductions(at: datetime) -> int:
    """Delete what was asked three months ago, whatever was said; how many. Safe to run at any time."""
    return Introduction.objects.filter(asked_on__lte=(at - Introduction.KEPT_FOR).date()).delete()[0]


def _tell(letter: str, introduction: Introduction, user: User) -> None:
    to = [Recipient(user.email, user.name, user, introduction.pk)]
    send_letter(letter, to, network=introduction.network)
