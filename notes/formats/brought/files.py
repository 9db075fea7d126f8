"""Which kind of file it is, told by what is in it and not by its name; then its passages."""

from io import BytesIO
from zipfile import ZipFile

from notes.formats.brought.marked import read_marked
from notes.formats.brought.passages import LARGEST_FILE, LARGEST_TEXT, Passage, Unreadable, Why
from notes.formats.brought.web import read_web
from notes.formats.brought.word import BROKEN, read_word, unpacked

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<meta", "<p", "<div", "<h1", "<h2", "<ul", "<?xml")


def read_notes(whole: bytes) -> list[Passage]:
    """The passages of a Word document, a page of HTML (also zipped, as Google Docs gives it) or a text in Markdown.

    Raises `Unreadable`.
    """
    if len(whole) > LARGEST_FILE:
        raise Unreadable(Why.TOO_LARGE)
    if whole.startswith(OLD_OFFICE):
        raise Unreadable(Why.OLD_WORD)
    if whole.startswith(OTHER_KINDS):
        raise Unreadable(Why.OTHER_KIND)
    found = _of_archive(whole) if whole.startswith(ZIP) else _of_text(whole)
    if not found:
        raise Unreadable(Why.EMPTY)
    return found


def _of_archive(whole: bytes) -> list[Passage]:
    try:
        with ZipFile(BytesIO(whole)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return read_word(whole)
            pages = [name for name in names if name.lower().endswith((".html", ".htm"))]
            if len(pages) != 1:
                raise Unreadable(Why.OTHER_KIND)
            return _of_text(unpacked(archive, pages[0]))
    except BROKEN as wrong:
        raise Unreadable(Why.BROKEN) from wrong


def _of_text(whole: bytes) -> list[Passage]:
    if len(whole) > LARGEST_TEXT:
        raise Unreadable(Why.TOO_LARGE)
    text = _decoded(whole)
    return read_web(text) if text.lstrip()[:40].lower().startswith(HTML_STARTS) else read_marked(text)


def _decoded(whole: bytes) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or as older Windows programs write it."""
    if whole.startswith((b"\xff\xfe", b"\xfe\xff")):
        return whole.decode("utf-16", errors="replace")
    if b"\x00" in whole:
        raise Unreadable(Why.OTHER_KIND)
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return whole.decode("cp1252", errors="replace")
