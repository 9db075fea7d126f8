"""Photos: whatever comes in, a small JPEG goes out that holds nothing but the picture."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from events.formats.files.refusing import Refused, Why

LARGEST_BYTES = 15_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 640
KINDS = ("JPEG", "PNG", "WEBP")


def clean_picture(raw: bytes) -> bytes:
    """A JPEG of at most 640 pixels a side, turned the way it was taken, without EXIF, comments or anything behind it.

    The pixels are painted onto a new picture, so no byte of the old one is carried over. Raises `Refused`.
    """
    if not raw:
        raise Refused(Why.EMPTY)
    if len(raw) > LARGEST_BYTES:
        raise Refused(Why.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _painted_anew(raw)
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise Refused(Why.TOO_LARGE) from None
    except UnidentifiedImageError:
        raise Refused(Why.OTHER_KIND) from None
    except Exception:
        raise Refused(Why.BROKEN) from None


def _painted_anew(raw: bytes) -> bytes:
    with Image.open(BytesIO(raw), formats=KINDS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(Why.TOO_LARGE)
        picture.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
        picture.load()
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
