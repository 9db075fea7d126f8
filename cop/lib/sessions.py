"""Sessions that a stolen copy of the database neither reads nor takes over.

What a session holds (while somebody signs in: their address and their code) is encrypted; the key that the browser
sends is kept as a digest only. `SESSION_ENGINE` names this module.
"""

import hashlib
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from cop.lib.encryption import decrypt, encrypt


class SessionStore(db.SessionStore):
    """Django's sessions in the database, under the digest of their key and encrypted with `NOTES_KEYS`."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return encrypt(self.serializer().dumps(session_dict).decode("latin-1"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a row holds; nothing where no key fits any more, which signs its owner out."""
        try:
            held: dict[str, Any] = self.serializer().loads(decrypt(str(session_data)).encode("latin-1"))
        except InvalidToken:
            return {}
        return held

    def load(self) -> dict[str, Any]:
        standing = self.model.objects.filter(pk=stored_key(self.session_key or ""), expire_date__gt=timezone.now())
        row = standing.first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str | None) -> bool:
        return super().exists(stored_key(session_key or ""))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(stored_key(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row


def stored_key(session_key: str) -> str:
    """Under what the session with this key lies: as long as the column is.

    The key is random and long, so nothing has to be mixed in, and no rotation loses it.
    """
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]
