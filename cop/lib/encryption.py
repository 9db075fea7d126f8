"""Text that is unreadable in the database without the keys from the environment (R11).

Keys are Fernet keys, newest first (`NOTES_KEYS`): the first encrypts, all decrypt, so keys can be changed without a
pause. A stolen dump, or a back-up that outlived its promise, shows neither draft text nor who contributed it.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """`text` as a token of printable ASCII, different each time."""
    # A token carries the time it was made in clear; who wrote when would say who said what.
    return _fernet(tuple(settings.NOTES_KEYS)).encrypt_at_time(text.encode(), 0).decode("ascii")


def decrypt(token: str) -> str:
    """The text of a token made by `encrypt`; raises `cryptography.fernet.InvalidToken` where no key fits."""
    return _fernet(tuple(settings.NOTES_KEYS)).decrypt(token.encode("ascii")).decode()


def seal(whole: bytes) -> bytes:
    """Bytes of a file as a token; as for `encrypt`, without the time."""
    return _fernet(tuple(settings.NOTES_KEYS)).encrypt_at_time(whole, 0)


def unseal(token: bytes) -> bytes:
    """The bytes of a token made by `seal`; raises `cryptography.fernet.InvalidToken` where no key fits."""
    return _fernet(tuple(settings.NOTES_KEYS)).decrypt(token)


def keyed_digest(*parts: str) -> str:
    """HMAC-SHA-256, in hex, over parts that cannot run into one another; made with the newest key."""
    return _digest(settings.NOTES_KEYS[0], parts)


def keyed_digests(*parts: str) -> list[str]:
    """The digests of these parts with each key, newest first: what a row made under an older key is found by."""
    return [_digest(key, parts) for key in settings.NOTES_KEYS]


def is_keyed_digest(digest: str, *parts: str) -> bool:
    """Whether `digest` was made from these parts with any of the keys; compared in constant time."""
    return any(hmac.compare_digest(digest, made) for made in keyed_digests(*parts))


def _digest(key: str, parts: tuple[str, ...]) -> str:
    message = b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # Django's fields take no type at run time
    """A text column that holds a token; an empty text stays empty. It cannot be searched or compared in SQL."""

    def get_prep_value(self, value: Any) -> str | None:
        text: str | None = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return decrypt(value) if value else value


class EncryptedNumberField(models.Field):  # type: ignore[type-arg]  # Django's fields take no type at run time
    """A small whole number, 0 to `most`, as a token: every one is as long as every other. A level, a yes or no."""

    # What django-stubs reads: what may be set, and what is got.
    _pyi_private_set_type: int
    _pyi_private_get_type: int

    def __init__(self, *args: Any, most: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return str(name), path, list(args), {**kwargs, "most": self.most}

    def get_internal_type(self) -> str:
        return "TextField"

    def get_prep_value(self, value: Any) -> str:
        """The token; the database cannot see the number, so what it would refuse is refused here, as `ValueError`."""
        if not 0 <= int(value) <= self.most:
            raise ValueError(f"{self.name} is a number from 0 to {self.most}.")
        return encrypt(str(int(value)))

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> int | None:
        """The number; none where a join found no row."""
        return int(decrypt(value)) if value else None


class EncryptedYesField(EncryptedNumberField):
    """Yes or no, as a token."""

    _pyi_private_set_type: bool
    _pyi_private_get_type: bool

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> bool | None:
        return decrypt(value) == "1" if value else None
