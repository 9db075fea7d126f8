"""A copy as a tagged PDF that a screen reader reads (PDF/UA-1), without author, program or time."""

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from notes.formats.paper import Paper

_PAGE = Path(__file__).with_name("edition.typ")
# Typst signs what it makes, in three places outside the compressed streams. Blanks keep every offset in the file right.
_SIGNED = re.compile(rb"/Creator\s*\([^()]*\)|<xmp:CreatorTool>[^<]*</xmp:CreatorTool>| x:xmptk=\"[^\"]*\"")


def write_pdf(paper: Paper) -> bytes:
    """`paper` as A4. The words go in as data, so no line can be read as Typst's markup or code.

    A letter that the fonts within Typst do not have is looked for in the machine's own. If it is not there either, the
    page says so, and does not claim the standard, which asks for a picture of every letter.
    """
    whole = _claiming(paper, alone=True) or _claiming(paper, alone=False) or _incomplete(paper)
    return _SIGNED.sub(lambda found: b" " * len(found[0]), whole)


def _words(paper: Paper) -> dict[str, object]:
    language, _, region = paper.language.partition("-")
    return {**asdict(paper), "language": language, "region": region or None}


def _claiming(paper: Paper, *, alone: bool) -> bytes | None:
    """The file as PDF/UA-1, or None where a letter is missing; `alone` is without the machine's own fonts."""
    try:
        return _set({**_words(paper), "incomplete": ""}, "ua-1", alone=alone)
    except typst.TypstError:
        return None


def _incomplete(paper: Paper) -> bytes:
    return _set(_words(paper), "1.7", alone=False)


def _set(words: dict[str, object], standard: Literal["ua-1", "1.7"], *, alone: bool) -> bytes:
    data = {"paper": json.dumps(words)}
    return typst.compile(_source(), sys_inputs=data, format="pdf", pdf_standards=[standard], ignore_system_fonts=alone)


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _PAGE.read_bytes()
