"""Passkeys (WebAuthn level 3): what a browser is asked, and whether its answer proves anything.

The protocol is Yubico's `fido2`; here it is set to what we want: the person is verified by their device, the key is
found by the device itself, and nothing is asked of its maker.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

State = dict[str, Any]
WRONG = (AssertionError, InvalidSignature, KeyError, TypeError, ValueError)


class NotProven(Exception):
    """The answer is not that of a key to what was asked."""


@dataclass(frozen=True, slots=True)
class Site:
    """Whose keys these are: the host that they are bound to, and the one origin that may use them."""

    host: str
    origin: str
    name: str

    @property
    def server(self) -> Fido2Server:
        entity = PublicKeyCredentialRpEntity(id=self.host, name=self.name)
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True, slots=True)
class Proof:
    """A key that was proven: the digest it is known by, what is kept of it, and how often it says it was used."""

    key: str
    credential: str
    uses: int


def ask_for_new(site: Site, *, handle: bytes, name: str, known: Sequence[str]) -> tuple[State, State]:
    """What a browser is asked in order to make a key, and the state to keep; none on a device with a `known` one."""
    options, state = site.server.register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name),
        credentials=[_stored(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options.public_key), state


def prove_new(site: Site, state: State, answer: State) -> Proof:
    """The new key; raises `NotProven`."""
    try:
        made = site.server.register_complete(state, answer)
    except WRONG as error:
        raise NotProven from error
    if made.credential_data is None:
        raise NotProven
    credential = b64encode(made.credential_data).decode("ascii")
    return Proof(_digest(made.credential_data.credential_id), credential, made.counter)


def ask_for_known(site: Site) -> tuple[State, State]:
    """What a browser is asked in order to sign in with any key it has for this site, and the state to keep."""
    options, state = site.server.authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return _plain(options.public_key), state


def claimed_key(answer: State) -> str:
    """The digest of the key that an answer claims to be of, before anything is checked; raises `NotProven`."""
    try:
        return _digest(AuthenticationResponse.from_dict(answer).raw_id)
    except WRONG as error:
        raise NotProven from error


def prove_known(site: Site, state: State, answer: State, *, credential: str, uses: int) -> Proof:
    """That the answer is of the key kept as `credential`; raises `NotProven`.

    A key that counts must have counted on since (WebAuthn §6.1.1): if not, there are two of it.
    """
    try:
        found = site.server.authenticate_complete(state, [_stored(credential)], answer)
        counted = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except WRONG as error:
        raise NotProven from error
    if (uses or counted) and counted <= uses:
        raise NotProven
    return Proof(_digest(found.credential_id), credential, counted)


def _stored(credential: str) -> AttestedCredentialData:
    return AttestedCredentialData(b64decode(credential))


def _digest(credential_id: bytes) -> str:
    return sha256(credential_id).hexdigest()


def _plain(options: object) -> State:
    """As JSON has it, with bytes as base64url (WebAuthn §5.1.8)."""
    plain: State = json.loads(json.dumps(options, default=_as_json))
    return plain


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, bytes):
        return websafe_encode(value)
    raise TypeError
