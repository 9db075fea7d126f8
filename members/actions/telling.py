"""Telling a person all that is known of them (B25). Each app tells its part; nothing of anybody else is in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import Field, Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.formats.own_data import Cell, Part, Value
from members.models import (
    Act,
    AddressChange,
    Agreement,
    Batch,
    Brought,
    Decision,
    Delivery,
    Mailbox,
    Mailing,
    Membership,
    Passkey,
    Refusal,
    SignIn,
    SignUp,
    User,
)
from members.signals import gathering_own_data

# Of a list that somebody brought in: what the machine needs to go on with it, and counts of others.
WORKINGS = ("is_mailchimps", "files", "counts", "bad", "turn", "cursor", "starts", "moved_at")


def everything_about(user: User) -> list[Part]:
    """All parts there are, the members' own first. A part that cannot be told fails the whole: half is not all."""
    told = cast("list[tuple[object, list[Part]]]", gathering_own_data.send(sender=User, user=user))
    return [*_own_parts(user), *(part for _receiver, parts in told for part in parts)]


Reading = Callable[[Any], Value]


def part_of(
    kind: type[Model],
    rows: Iterable[Model],
    *,
    without: Iterable[str] = (),
    reading: Mapping[str, Reading] | None = None,
    about: str = "",
) -> Part:
    """Rows of one model with every column, so that a new one is told as well, but ids and those named in `without`.

    Who else a row leads to is never told: keys to people are left out. `reading` turns what only machines understand
    into words, by column.
    """
    return Part(
        kind=kind._meta.label,
        title=capfirst(str(kind._meta.verbose_name_plural)),
        rows=tuple(tuple(_cells(row, frozenset(without), reading or {})) for row in rows),
        about=about,
    )


def _cells(row: Model, without: frozenset[str], reading: Mapping[str, Reading]) -> Iterator[Cell]:
    for field in cast("Iterable[Field[object, object]]", row._meta.concrete_fields):
        if not field.primary_key and field.related_model is not User and field.name not in without:
            label = capfirst(str(field.verbose_name))
            read = reading.get(field.name)
            value = read(getattr(row, field.name)) if read else _told(row, field)
            yield Cell(key=field.name, label=label, value=value)


def _told(row: Model, field: "Field[object, object]") -> Value:
    value = getattr(row, field.name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Model | UUID):
        return str(value)
    raise TypeError(f"{row._meta.label}.{field.name} is of a kind that nobody can read.")


def _own_parts(user: User) -> Iterator[Part]:
    yield part_of(User, [user], without=["password"])
    yield part_of(EmailAddress, EmailAddress.objects.filter(user=user))
    yield part_of(AddressChange, user.address_changes.all(), without=["nonce"])
    yield part_of(SignIn, user.sign_ins.all(), without=["session_key"])
    yield part_of(Passkey, user.passkeys.all(), without=["key", "credential"])
    yield part_of(Membership, user.memberships.select_related("network"))
    yield part_of(Brought, Brought.objects.filter(membership__user=user).select_related("batch", "membership__network"))
    yield part_of(Mailbox, user.mailboxes.all(), without=["digest"])
    agreements = Agreement.objects.filter(membership__user=user).select_related("membership")
    yield part_of(Agreement, agreements.order_by("pk"))
    yield part_of(Decision, Decision.objects.filter(membership__user=user).select_related("membership"))
    mine = Q(user=user) | Q(guest_email__iexact=user.email)
    yield part_of(Refusal, Refusal.objects.filter(mine).select_related("network"), without=["guest_email"])
    sign_ups = SignUp.objects.filter(email__iexact=user.email).select_related("network")
    yield part_of(SignUp, sign_ups, without=["nonce"])
    yield from _letters(user)
    lists = Batch.objects.filter(created_by=user).select_related("network")
    yield part_of(Batch, lists, without=WORKINGS, about=_("Lists of people that you brought in, as an organiser."))
    panel = LogEntry.objects.filter(user=user).select_related("content_type")
    yield part_of(LogEntry, panel, about=_("What you did in the organisers' panel."))
    acts = Act.objects.filter(user=user).select_related("network")
    reading: dict[str, Reading] = {"values": lambda steps: "; ".join(f"{name}: {one}" for name, one in steps.items())}
    yield part_of(Act, acts, reading=reading, about=_("What the owners of your networks read of that."))


def _letters(user: User) -> Iterator[Part]:
    sent = Delivery.objects.filter(Q(user=user) | Q(email__iexact=user.email)).select_related("mailing")
    yield part_of(
        Delivery,
        sent,
        without=["about_id", "message_key", "postbag"],
        about=_("Letters to you. We keep that they were sent, and when, not what they said."),
    )
    made = Mailing.objects.filter(created_by=user).select_related("network")
    yield part_of(Mailing, made, without=["about_id"], about=_("Letters that you had sent to others, as an organiser."))
