"""Who may see something of a meeting: everybody, members, or nobody. Whoever has not said means nobody."""

from collections.abc import Iterable

EVERYBODY, MEMBERS, NOBODY = "public", "members", "nobody"
_WIDEST_FIRST = (EVERYBODY, MEMBERS, NOBODY)


def open_to(*, is_member: bool) -> tuple[str, ...]:
    """The words under which this reader may see something."""
    return (EVERYBODY, MEMBERS) if is_member else (EVERYBODY,)


def narrowest(said: Iterable[str]) -> str:
    """The word that keeps what each of several wants: any but the three known ones ("" too) means nobody.

    Of nobody at all it is everybody: where no one is asked, no one minds.
    """
    return max((_place(one) for one in said), key=_WIDEST_FIRST.index, default=EVERYBODY)


def is_wider(new: str, old: str) -> bool:
    """Whether more people see something under `new` than under `old`."""
    return _WIDEST_FIRST.index(_place(new)) < _WIDEST_FIRST.index(_place(old))


def _place(said: str) -> str:
    return said if said in _WIDEST_FIRST else NOBODY
