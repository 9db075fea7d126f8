"""A network's own look: colours that can be read, and a logo painted anew (B97)."""

from dataclasses import dataclass
from hashlib import sha256
from struct import unpack

from django.db import transaction

from cop.lib.apart import Busy, EndedBadly, run_apart
from cop.lib.files.refusing import Refused, Why
from members.formats.looks import Look
from members.models import Logo, Network
from members.rules.colours import DARK, LIGHT, passes

MOST_SECONDS = 20


class CannotBeRead(Exception):
    """One of the colours is below AA on our paper."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and how large it is, in pixels."""

    png: bytes
    width: int
    height: int


def keep_look(network: Network, look: Look) -> None:
    """Show `look` on everything of the network's. Raises `CannotBeRead`, which the form has looked for before."""
    if (look.accent and not passes(look.accent, LIGHT)) or (look.dark and not passes(look.dark, DARK)):
        raise CannotBeRead
    Network.objects.filter(pk=network.pk).update(accent=look.accent, accent_in_dark=look.dark, headings=look.headings)


def clean_logo(raw: bytes) -> Picture:
    """The logo as a PNG of our own painting, by a process apart. Raises `Refused`."""
    try:
        status, out = run_apart("cop.lib.files", "logo", given=raw, most_seconds=MOST_SECONDS)
    except EndedBadly:
        raise Refused(Why.BROKEN) from None
    except Busy:
        raise Refused(Why.BUSY) from None
    if status:
        raise Refused(Why(out.decode()))
    width, height = unpack(">II", out[16:24])  # PNG (ISO/IEC 15948) 11.2.2
    return Picture(out, width, height)


@transaction.atomic
def lay_by_logo(network: Network, picture: Picture) -> Logo:
    """Keep a logo to be looked at. The pages show the old one no more: there is one place, and it has another now."""
    digest = sha256(picture.png).hexdigest()[:16]
    logo, _ = Logo.objects.update_or_create(
        network=network,
        defaults={"png": picture.png, "digest": digest, "width": picture.width, "height": picture.height},
    )
    if network.logo_digest != digest:
        _show(network, None)
    return logo


@transaction.atomic
def show_logo(network: Network, digest: str) -> bool:
    """Show the logo that was looked at; whether it still is that one."""
    logo = Logo.objects.filter(network=network, digest=digest).first()
    if logo is not None:
        _show(network, logo)
    return logo is not None


@transaction.atomic
def remove_logo(network: Network) -> None:
    Logo.objects.filter(network=network).delete()
    _show(network, None)


def _show(network: Network, logo: Logo | None) -> None:
    Network.objects.filter(pk=network.pk).update(
        logo_digest=logo.digest if logo else "",
        logo_width=logo.width if logo else 0,
        logo_height=logo.height if logo else 0,
    )
