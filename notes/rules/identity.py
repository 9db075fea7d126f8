"""Who is who, whatever becomes of them: a contributor stays the same person when their part in a meeting changes."""

import json
from dataclasses import asdict, dataclass, replace

# What is stored is filled up to a multiple of this, so that its length does not tell whose it is.
BLOCK = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What somebody is known by, and as whom: an account, rows of the meeting ("r12", "s3", "m5"), an address.

    `key` is theirs in the roster of one meeting, and does not change once they have contributed.
    """

    key: str
    user: int | None = None
    rows: tuple[str, ...] = ()
    email: str = ""
    name: str = ""
    organisation: str = ""
    role: str = ""
    sector: str = ""
    aliases: tuple[str, ...] = ()
    confirmed: bool = True


def is_surely_same(one: Identity, other: Identity) -> bool:
    """Whether both have the same account, or stand in the same row. Two accounts are two people."""
    if one.user is not None and other.user is not None:
        return one.user == other.user
    return not set(one.rows).isdisjoint(other.rows)


def is_same(one: Identity, other: Identity) -> bool:
    """Whether they are one person as far as can be told: for sure, or by their address."""
    if one.user is not None and other.user is not None:
        return one.user == other.user
    return is_surely_same(one, other) or bool(one.email and one.email.casefold() == other.email.casefold())


def marks(one: Identity) -> set[str]:
    """What somebody is found by among many: two who are the same share at least one of these."""
    account = set() if one.user is None else {f"account {one.user}"}
    address = {f"address {one.email.casefold()}"} if one.email else set()
    return account | address | {f"row {row}" for row in one.rows}


def brought_up_to_date(known: Identity, now: Identity) -> Identity:
    """What is remembered of somebody: as they are now, under the key they had, with every row they ever stood in."""
    rows = tuple(dict.fromkeys([*known.rows, *now.rows]))
    return replace(now, key=known.key, rows=rows, user=now.user if now.user is not None else known.user)


def identity_as_text(identity: Identity) -> str:
    """For the database, filled up with blanks to a length that says nothing."""
    text = json.dumps(asdict(identity))
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)


def identity_from_text(text: str) -> Identity:
    """What `identity_as_text` wrote."""
    words = json.loads(text)
    return Identity(**{**words, "rows": tuple(words["rows"]), "aliases": tuple(words["aliases"])})
