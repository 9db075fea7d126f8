"""Who writes which letter: a registry for every app, and the members' own letters.

A letter is a function of one delivery, called when it is sent. What it is about is looked up then, so that it says
what is true on that day; if that is gone, the look-up's `DoesNotExist` is the right answer.
"""

from collections.abc import Callable

from cop.lib.mail import Letter
from members.models import Delivery

Writer = Callable[[Delivery], Letter]
_writers: dict[str, Writer] = {}


def letter(name: str) -> Callable[[Writer], Writer]:
    """Say that the decorated function writes the letter called `name`."""

    def remember(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return remember


def known_letters() -> list[str]:
    """The names of all letters there are."""
    return sorted(_writers)


def write(delivery: Delivery) -> Letter:
    """The letter for one recipient, as of now."""
    return _writers[delivery.mailing.letter](delivery)
