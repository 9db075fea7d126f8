"""Passkeys: made on a person's device, used instead of a code, thrown away (B19)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop.lib.encryption import keyed_digest
from cop.lib.passkeys import NotProven, Site, ask_for_new, claimed_key, prove_known, prove_new
from members.actions.mailing import Recipient, send_letter
from members.models import Passkey, User
from members.rules.devices import device_in_words


def ask_for_passkey(user: User, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked, and the state to keep. The device keeps a number for the person, not who they are."""
    handle = bytes.fromhex(keyed_digest("passkeys of", str(user.pk)))
    known = [one.credential for one in user.passkeys.all()]
    return ask_for_new(site, handle=handle, name=user.email, known=known)


def add_passkey(
    user: User, site: Site, state: dict[str, Any], answer: dict[str, Any], *, user_agent: str, on: date
) -> Passkey:
    """Keep a new key, and write to its owner; raises `NotProven`."""
    proof = prove_new(site, state, answer)
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                user=user,
                name=device_in_words(user_agent) or _("A device"),
                key=proof.key,
                credential=proof.credential,
                uses=proof.uses,
                added_on=on,
            )
            me = [Recipient(user.email, user.name, user)]
            send_letter("passkey_added", me, network=None, about_id=passkey.pk)
    except IntegrityError as error:
        raise NotProven from error
    return passkey


@transaction.atomic
def open_with(site: Site, state: dict[str, Any], answer: dict[str, Any], *, on: date) -> User:
    """Whose key this is, who has just used it; raises `NotProven`."""
    rows = Passkey.objects.select_for_update(of=("self",)).select_related("user")
    passkey = rows.filter(key=claimed_key(answer)).first()
    if passkey is None:
        raise NotProven
    proof = prove_known(site, state, answer, credential=passkey.credential, uses=passkey.uses)
    passkey.uses, passkey.last_used_on = proof.uses, on
    passkey.save(update_fields=["uses", "last_used_on"])
    return passkey.user
