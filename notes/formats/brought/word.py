"""A Word document (Office Open XML, also as Google Docs writes it), read as a stream: no tree, no recursion.

Read are the document's own text and, of its styles, which are headings. Comments, footnotes, headers, footers,
properties and pictures are files or marks of their own, and are not looked at.
"""

from collections.abc import Mapping, Set
from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as zlib_error

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from notes.formats.brought.passages import LARGEST_TEXT, Passage, Passages, Unreadable, Why, Words, web_address
from notes.formats.docx_parts import OWN_STYLES
from notes.formats.paper import Run

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
RELATIONSHIPS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted or moved away; how something looked before; what no words stand in.
MUTED = frozenset(
    {"del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"}
    | {"instrText", "delText", "delInstrText", "drawing", "pict", "object", "sdtPr", "rt"}
)
OFF = frozenset({"0", "false", "off", "none"})
# What zipfile and the parser raise for a file that is cut short, locked, forged or no XML.
BROKEN = (
    BadZipFile,
    zlib_error,
    ParseError,
    DefusedXmlException,
    LookupError,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
)
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "\u2011"}
LEVELS = 9


def read_word(whole: bytes) -> list[Passage]:
    """The passages of a .docx file; raises `Unreadable`."""
    try:
        with ZipFile(BytesIO(whole)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                raise Unreadable(Why.MACROS)
            main = _main_part(archive)
            folder, _, name = main.rpartition("/")
            beside = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
            targets = _Targets()
            _feed(archive, beside, targets, must_be=False)
            styles = _Styles()
            _feed(archive, f"{folder}/styles.xml" if folder else "styles.xml", styles, must_be=False)
            story = _Story(styles.headings(), targets.addresses, styles.own)
            _feed(archive, main, story, must_be=True)
    except BROKEN as wrong:
        raise Unreadable(Why.BROKEN) from wrong
    return story.passages.found


def unpacked(archive: ZipFile, name: str) -> bytes:
    """One file of the archive, and never more than `LARGEST_TEXT`, whatever its own header claims."""
    if archive.getinfo(name).compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Unreadable(Why.BROKEN)
    with archive.open(name) as part:
        text = part.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise Unreadable(Why.TOO_LARGE)
    return text


def _main_part(archive: ZipFile) -> str:
    targets = _Targets()
    _feed(archive, "_rels/.rels", targets, must_be=False)
    return targets.document.removeprefix("/") or "word/document.xml"


def _feed(archive: ZipFile, name: str, target: "_Targets | _Styles | _Story", *, must_be: bool) -> None:
    if not must_be and name not in archive.namelist():
        return
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    parser.feed(unpacked(archive, name))
    parser.close()


class _Target:
    """What a parser without a tree talks to."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


class _Targets(_Target):
    """Relationships: where links lead, and which file is the document itself."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}
        self.document = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.endswith("/officeDocument"):
            self.document = target
        elif kind.endswith("/hyperlink") and attributes.get("TargetMode") == "External":
            self.addresses[attributes.get("Id", "")] = target


class _Styles(_Target):
    """Paragraph styles: whether each is a heading, by its own name, its outline level, or what it is based on.

    `own` are those of what our copies say besides the points: date, Rule, who is named beside a point.
    """

    def __init__(self) -> None:
        self.own: set[str] = set()
        self._level: dict[str, int] = {}
        self._based_on: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, value = _name(tag), _value(attributes, "val")
        if name == "style":
            self._style = _value(attributes, "styleId")
        elif name == "name" and value.lower().startswith("heading "):
            self._set(value[len("heading ") :], 0)
        elif name == "name" and value.lower() == "title":
            self._set("1", 0)
        elif name == "name" and value.startswith(OWN_STYLES):
            self.own.add(self._style)
        elif name == "basedOn":
            self._based_on[self._style] = value
        elif name == "outlineLvl":
            self._set(value, 1)

    def headings(self) -> dict[str, int]:
        """Style id to level, for those that are headings."""
        return {style: level for style in {*self._level, *self._based_on} if (level := self._level_of(style))}

    def _set(self, level: str, more: int) -> None:
        if level.isascii() and level.isdigit() and len(level) < 3:
            self._level.setdefault(self._style, int(level) + more if int(level) + more <= LEVELS else 0)

    def _level_of(self, style: str) -> int:
        for _step in range(LEVELS):
            if style in self._level:
                return self._level[style]
            style = self._based_on.get(style, "")
        return 0


class _Story(_Target):
    """The document's text as it is read."""

    def __init__(self, headings: Mapping[str, int], addresses: Mapping[str, str], left_out: Set[str]) -> None:
        self.passages = Passages()
        self._left_out = left_out
        self._headings = headings
        self._addresses = addresses
        self._path: list[str] = []
        self._muted_at = 0
        self._words = Words()
        self._manner = Run("")
        self._link = ""
        self._heading = 0
        self._is_hidden = False
        self._is_left_out = False
        self._goes_on = False
        self._tables = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        self._path.append(name)
        if self._muted_at:
            return
        inside = self._path[-3:-1]
        if name == "del" and inside == ["pPr", "rPr"]:
            self._goes_on = True  # the end of this paragraph was deleted
        elif name in MUTED or tag == FALLBACK:
            self._muted_at = len(self._path)
        elif inside == ["r", "rPr"]:
            self._set_manner(name, is_on=_value(attributes, "val") not in OFF)
        elif inside[-1:] == ["pPr"]:
            self._set_heading(name, _value(attributes, "val"))
        else:
            self._open(name, attributes)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._muted_at:
            if len(self._path) < self._muted_at:
                self._muted_at = 0
            return
        if name == "p":
            self._end_paragraph()
        elif name == "hyperlink":
            self._link = ""
        elif name == "tr" and self._tables == 1:
            self.passages.close_row()
        elif name == "tbl":
            self._tables -= 1

    def data(self, text: str) -> None:
        if self._path[-1:] == ["t"] and not self._muted_at and not self._is_hidden:
            self._words.write(text.replace("\n", " "), self._manner)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._begin_paragraph()
        elif name == "r":
            self._manner, self._is_hidden = Run("", link=self._link), False
        elif name in BREAKS and not self._is_hidden:
            self._words.write(BREAKS[name], self._manner)
        elif name == "hyperlink":
            self._link = web_address(self._addresses.get(_relationship(attributes), ""))
        elif name == "tbl":
            self._tables += 1
        elif name == "tr" and self._tables == 1:
            self.passages.open_row()
        elif name == "tc" and self._tables == 1:
            self.passages.open_cell()

    def _set_manner(self, name: str, *, is_on: bool) -> None:
        if name == "b":
            self._manner = replace(self._manner, bold=is_on)
        elif name == "i":
            self._manner = replace(self._manner, italic=is_on)
        elif name in {"vanish", "strike", "dstrike"}:
            self._is_hidden = self._is_hidden or is_on

    def _set_heading(self, name: str, value: str) -> None:
        if name == "pStyle":
            self._heading = self._headings.get(value, 0)
            self._is_left_out = value in self._left_out
        elif name == "outlineLvl" and value.isascii() and value.isdigit() and len(value) < 2:
            self._heading = int(value) + 1 if int(value) < LEVELS else 0

    def _begin_paragraph(self) -> None:
        if not self._goes_on:
            self._words = Words()
        self._heading, self._goes_on, self._is_left_out = 0, False, False

    def _end_paragraph(self) -> None:
        if self._goes_on:
            return
        if not self._is_left_out:
            self.passages.add(self._words.passage(self._heading))
        self._words = Words()

    def close(self) -> None:
        self._goes_on = False
        self._end_paragraph()
        self.passages.close_row()


def _name(tag: str) -> str:
    """The local name of one of Word's own elements, "" for others."""
    return next((tag[len(space) :] for space in WORD if tag.startswith(space)), "")


def _value(attributes: Mapping[str, str], name: str) -> str:
    return next((attributes[space + name] for space in WORD if space + name in attributes), "")


def _relationship(attributes: Mapping[str, str]) -> str:
    return next((attributes[f"{space}id"] for space in RELATIONSHIPS if f"{space}id" in attributes), "")
