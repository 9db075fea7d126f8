"""Which kind of file it is, by what is in it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from notes.formats.brought.files import read_notes
from notes.formats.brought.passages import LARGEST_FILE, LARGEST_TEXT, Unreadable, Why


def zipped(**files: str) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return whole.getvalue()


def word() -> bytes:
    document, whole = Document(), BytesIO()
    document.add_paragraph("Juries need time.")
    document.save(whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    "whole",
    [
        word(),
        b"\n<!DOCTYPE html><html><body><p>Juries need time.</p>",
        b"<p>Juries need time.</p>",
        zipped(Notes_html="<html><p>Juries need time.</p></html>", image1_png="x"),
        b"- Juries need time.",
        "\ufeffJuries need time.".encode(),
        "Juries need time.".encode("utf-16"),
    ],
    ids=["word", "page", "piece of a page", "zipped page", "markdown", "with a mark", "utf-16"],
)
def test_every_kind_gives_the_same_point(whole: bytes) -> None:
    assert [passage.text for passage in read_notes(whole)] == ["Juries need time."]


def test_older_windows_letters_are_read() -> None:
    assert [passage.text for passage in read_notes("“Juries” – dear".encode("cp1252"))] == ["“Juries” – dear"]


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (b"", Why.EMPTY),
        (b" \n ", Why.EMPTY),
        (b"<html><head><title>x</title></head></html>", Why.EMPTY),
        (b"x" * (LARGEST_FILE + 1), Why.TOO_LARGE),
        (b"x\n\n" * (LARGEST_TEXT // 3 + 1), Why.TOO_LARGE),
        (b"x\n\n" * 500, Why.TOO_LONG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Why.OLD_WORD),
        (b"%PDF-1.7", Why.OTHER_KIND),
        (b"{\\rtf1 x}", Why.OTHER_KIND),
        (b"MZ\x00\x00", Why.OTHER_KIND),
        (zipped(a_txt="x"), Why.OTHER_KIND),
        (zipped(a_html="x", b_html="y"), Why.OTHER_KIND),
        (b"PK\x03\x04 x", Why.BROKEN),
        (word()[:-100], Why.BROKEN),
    ],
)
def test_other_files_are_refused_with_the_reason(whole: bytes, why: Why) -> None:
    with pytest.raises(Unreadable) as refused:
        read_notes(whole)
    assert (refused.value.why, str(refused.value)) == (why, why.value)
