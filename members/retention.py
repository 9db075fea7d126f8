"""What is kept how long, and the job that deletes it. The retention table is made of what really runs (B93).

Each app says in a `retention.py` of its own what it keeps; whoever adds a kind of row finds a test that asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from members.actions import keeping
from members.actions.bouncing import KEEP_BOUNCES, forget_bounces
from members.actions.importing import forget_lists
from members.actions.joining import CONFIRM_WITHIN, forget_sign_ups
from members.actions.limiting import forget_tallies
from members.actions.moving import forget_address_changes
from members.actions.recording import KEEP_ACTS, forget_acts
from members.letters import CONFIRM_ADDRESS_WITHIN, OBJECT_WITHIN
from members.models import (
    Act,
    AddressChange,
    AddressKey,
    Agreement,
    Batch,
    Brought,
    Decision,
    Deletion,
    Delivery,
    KeptOff,
    Mailbox,
    Mailing,
    Membership,
    Network,
    Passkey,
    Piece,
    Refusal,
    SignIn,
    SignUp,
    Slice,
    Tally,
    User,
)
from members.signals import ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One line of the table: `name` is for records, `holds` are the models it is about.

    `until` says when it goes, as this network has it set (or any network: None). `job` deletes what is due at an
    instant, and answers how many rows; without one it goes when somebody presses a button, which `until` names.
    """

    name: str
    what: Promise
    why: Promise
    until: Callable[[Network | None], str]
    holds: tuple[type[Model], ...]
    job: Callable[[datetime], int] | None = None


_kept: dict[str, Kept] = {}


def keep(*lines: Kept) -> None:
    """Put lines into the table, and their jobs among those that run."""
    for one in lines:
        if one.name in _kept:
            raise ValueError(f"Two kinds of data are called {one.name}.")
        _kept[one.name] = one


def everything_kept() -> list[Kept]:
    return list(_kept.values())


@receiver(ticked)
def delete_what_is_due(now: datetime, **_: object) -> None:
    """Run every job, also where another goes wrong, and record what it did; what went wrong is raised in the end."""
    wrong = []
    for one in everything_kept():
        try:
            if one.job:
                keeping.record(one.name, one.job(now), at=now)
        except Exception as error:
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("Some of what is due could not be deleted.", wrong)


def days(count: int) -> str:
    return ngettext("%d day", "%d days", count) % count


def _until_erased(network: Network | None) -> str:
    return _("Until you erase yourself")


def _also_after_leaving(network: Network | None) -> str:
    return _("Until you erase yourself. That you left a network is kept, so that it stays so.")


def _after_hours(network: Network | None) -> str:
    return _("%d hours, if you do not press the button in the letter") % (CONFIRM_WITHIN.total_seconds() // 3600)


keep(
    Kept(
        name="accounts",
        what=gettext_lazy("Your account, your memberships, your passkeys, and what you agreed to and chose"),
        why=gettext_lazy("To know who is a member, and to be able to show what was agreed to."),
        until=_also_after_leaving,
        holds=(User, EmailAddress, Membership, Agreement, Decision, Refusal, Passkey),
    ),
    Kept(
        name="sign-ups",
        what=gettext_lazy("What was typed into a join form and not confirmed"),
        why=gettext_lazy("To wait for the owner of the address."),
        until=_after_hours,
        holds=(SignUp,),
        job=forget_sign_ups,
    ),
    Kept(
        name="bounces",
        what=gettext_lazy("That letters to you came back, and when"),
        why=gettext_lazy("So that we do not go on writing to a mailbox that is not there."),
        until=lambda network: _("%s after the last one, or once one arrives") % days(KEEP_BOUNCES.days),
        holds=(Mailbox,),
        job=forget_bounces,
    ),
    Kept(
        name="lists",
        what=gettext_lazy("A list of people that an organiser wants to bring in, encrypted"),
        why=gettext_lazy("To show what would become of whom before anybody is brought in."),
        until=lambda network: _("%s, or once it has been decided about") % days(Batch.KEPT_FOR.days),
        holds=(Piece, Slice),
        job=forget_lists,
    ),
    Kept(
        name="imports",
        what=gettext_lazy("That you came from an older list, who brought it in, and how many were on it"),
        why=gettext_lazy("So that you can be told where we have you from, and it can be undone."),
        until=_until_erased,
        holds=(Batch, Brought),
    ),
    Kept(
        name="kept off",
        what=gettext_lazy("A code made of your address, if you unsubscribed from an older list or were erased"),
        why=gettext_lazy("So that no list brings you in again. It cannot be turned back into your address."),
        until=lambda network: _("Until you join by yourself"),
        holds=(KeptOff, AddressKey),
    ),
    Kept(
        name="codes",
        what=gettext_lazy("That a code to sign in, or a link to confirm an address, was sent"),
        why=gettext_lazy("To send it again where the mail server asks for that."),
        until=lambda network: _("%d hours") % (CONFIRM_WITHIN.total_seconds() // 3600),
        holds=(Mailing, Delivery),
        job=keeping.forget_passing_letters,
    ),
    Kept(
        name="letters",
        what=gettext_lazy("That a letter was sent to you: its kind, when, and whether it arrived. Not its words"),
        why=gettext_lazy("So that nobody gets a letter twice, and organisers see what did not arrive."),
        until=lambda network: days(keeping.KEEP_LETTERS.days),
        holds=(Mailing, Delivery),
        job=keeping.forget_letters,
    ),
    Kept(
        name="sessions",
        what=gettext_lazy("That you are signed in, and in which kind of browser"),
        why=gettext_lazy("So that you need not sign in on every page."),
        until=lambda network: _("%s, or until you sign out") % days(settings.SESSION_COOKIE_AGE // (24 * 60 * 60)),
        holds=(Session, SignIn),
        job=keeping.forget_sessions,
    ),
    Kept(
        name="address changes",
        what=gettext_lazy("That you asked for another address, and both addresses"),
        why=gettext_lazy("So that the old mailbox can object."),
        until=lambda network: days((CONFIRM_ADDRESS_WITHIN + OBJECT_WITHIN).days),
        holds=(AddressChange,),
        job=forget_address_changes,
    ),
    Kept(
        name="counts",
        what=gettext_lazy("How often something was asked from one place; which place, nobody can read"),
        why=gettext_lazy("Against forms being used to send letters to strangers."),
        until=lambda network: _("An hour at most"),
        holds=(Tally,),
        job=forget_tallies,
    ),
    Kept(
        name="tasks",
        what=gettext_lazy("That a piece of work was done, without what it was about"),
        why=gettext_lazy("To find out what went wrong."),
        until=lambda network: days(keeping.KEEP_FINISHED_TASKS.days),
        holds=(DBTaskResult,),
        job=keeping.forget_finished_tasks,
    ),
    Kept(
        name="history",
        what=gettext_lazy("Who did what in the organisers' panel, without names of others and without words of notes"),
        why=gettext_lazy("So that those who run a network answer for what they do."),
        until=_until_erased,
        holds=(LogEntry,),
    ),
    Kept(
        name="acts",
        what=gettext_lazy("Who did what in the panel of a network, for its owners; after you are erased, without you"),
        why=gettext_lazy("So that those who run a network answer for what they do."),
        until=lambda network: days(KEEP_ACTS.days),
        holds=(Act,),
        job=forget_acts,
    ),
    Kept(
        name="deletions",
        what=gettext_lazy("How many rows of this table were deleted on a day"),
        why=gettext_lazy("To show that it is done."),
        until=lambda network: days(keeping.KEEP_RECORDS.days),
        holds=(Deletion,),
        job=keeping.forget_records,
    ),
)
