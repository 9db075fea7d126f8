"""A passkey in software: what a device does, byte by byte (WebAuthn §6), so that its answers can also be wrong."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass(kw_only=True)
class SoftKey:
    """One key for one host. `count` is what it says next; `verifies` whether it knows who holds it."""

    host: str = "testserver"
    origin: str = "http://testserver"
    count: int = 0
    verifies: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """What the browser posts after `navigator.credentials.create`."""
        known = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]  # it has none
        public = cbor.encode(dict(known))
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        data = self._data(ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(options, "webauthn.create", attestationObject=attestation)

    def use(self, options: dict[str, Any]) -> str:
        """What the browser posts after `navigator.credentials.get`."""
        data, said = self._data(0), self._said(options, "webauthn.get")
        signature = self.private.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(options, "webauthn.get", authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, options: dict[str, Any], kind: str) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, options: dict[str, Any], kind: str, **parts: bytes) -> str:
        parts["clientDataJSON"] = self._said(options, kind)
        name = websafe_encode(self.credential_id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
