"""The key to setting up: on the server's terminal, so that no stranger who comes first becomes the owner."""

from base64 import b32encode

from django.utils.crypto import constant_time_compare, salted_hmac


def set_up_key() -> str:
    """Sixteen letters and digits in groups of four. It follows from the installation's secret, so it is not kept."""
    digest = salted_hmac("key to setting up", "", algorithm="sha256").digest()
    letters = b32encode(digest[:10]).decode("ascii")
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def is_the_key(typed: str) -> bool:
    """Whether this is the key, however it is spaced and capitalised."""
    return constant_time_compare(_bare(typed), _bare(set_up_key()))


def _bare(key: str) -> str:
    return "".join(letter for letter in key.upper() if letter.isalnum())
