"""Photos and logos: whatever comes in, a small JPEG or PNG goes out that holds nothing but the picture."""

import warnings
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from cop.lib.files.refusing import Refused, Why

LARGEST_BYTES = 15_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 640
LOGO_SIZE = (480, 160)
KINDS = ("JPEG", "PNG", "WEBP")


def clean_picture(raw: bytes) -> bytes:
    """A JPEG of at most 640 pixels a side, turned the way it was taken, without EXIF, comments or anything behind it.

    The pixels are painted onto a new picture, so no byte of the old one is carried over. Raises `Refused`.
    """
    return _painted_anew(raw, _photo)


def clean_logo(raw: bytes) -> bytes:
    """A PNG of at most 480 by 160 pixels; what can be seen through stays so. As `clean_picture` otherwise."""
    return _painted_anew(raw, _logo)


def _painted_anew(raw: bytes, paint: Callable[[Image.Image], bytes]) -> bytes:
    if not raw:
        raise Refused(Why.EMPTY)
    if len(raw) > LARGEST_BYTES:
        raise Refused(Why.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return paint(_upright(raw))
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise Refused(Why.TOO_LARGE) from None
    except UnidentifiedImageError:
        raise Refused(Why.OTHER_KIND) from None
    except Exception:
        raise Refused(Why.BROKEN) from None


def _upright(raw: bytes) -> Image.Image:
    with Image.open(BytesIO(raw), formats=KINDS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(Why.TOO_LARGE)
        picture.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
        picture.load()
        return ImageOps.exif_transpose(picture).convert("RGBA")


def _photo(upright: Image.Image) -> bytes:
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _logo(upright: Image.Image) -> bytes:
    upright.thumbnail(LOGO_SIZE)
    fresh = Image.new("RGBA", upright.size)
    fresh.paste(upright)
    out = BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return out.getvalue()
