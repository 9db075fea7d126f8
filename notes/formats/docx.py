"""A copy as a Word document (Office Open XML): headings, lists and links a screen reader knows; no author, no times.

Our own writer, because libraries put in what must not be there: a template's author, the moment of writing, a picture
of the first page. The zip's own times are the oldest it can hold, so the same paper gives the same bytes.
"""

from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from notes.formats import docx_parts as parts
from notes.formats.paper import Block, Paper, Part, Point, Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = parts.OFFICE_RELATIONSHIPS
LINK = f"{R}/hyperlink"
# Margins in twentieths of a point: 28 mm, and 12.5 mm to the foot.
SIDES = ("w:top", "w:right", "w:bottom", "w:left")
EDGES = ("w:header", "w:footer")
BULLETS = 1
DEEPEST = 8
_OLDEST = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper) -> bytes:
    """`paper` as a .docx file."""
    body = _Body()
    for style, words in [("Over", paper.over), ("Title", paper.title), ("Facts", "  ·  ".join(paper.facts))]:
        body.paragraph(style, (Run(words),))
    for line in paper.rule.splitlines():
        body.paragraph("Rule", (Run(line),))
    for part in paper.parts:
        body.part(part, paper.nothing)
    language, _, region = paper.language.partition("-")
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELATIONSHIPS,
        "docProps/core.xml": parts.core(paper.title, paper.language),
        "word/document.xml": body.finished(),
        "word/styles.xml": parts.styles(f"{language}-{region.upper()}" if region else language),
        "word/settings.xml": parts.SETTINGS,
        "word/numbering.xml": parts.numbering(body.starts),
        "word/footer1.xml": parts.footer(paper.foot),
        "word/_rels/document.xml.rels": _relationships(body.links),
    }
    return _zipped(files)


class _Body:
    """The document's body as it grows; `links` are addresses in order, `starts` the first numbers of numbered lists."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.starts: list[int] = []
        self._root = Element("w:document", {"xmlns:w": W, "xmlns:r": R})
        self._body = SubElement(self._root, "w:body")

    def part(self, part: Part, nothing: str) -> None:
        self.paragraph("Heading1", (Run(part.title),))
        for point in part.points:
            self.point(point)
        if not part.points:
            self.paragraph("Facts", (Run(nothing),))

    def point(self, point: Point) -> None:
        self.item(point.blocks, BULLETS, 0)
        if point.attribution:
            self.paragraph("Attribution", (Run(f"— {point.attribution}"),))

    def item(self, blocks: tuple[Block, ...], number: int, level: int) -> None:
        """The blocks of one list item: the mark stands before the first, the others are set in."""
        for place, block in enumerate(blocks):
            self.block(block, number if place == 0 else 0, level)

    def block(self, block: Block, number: int, level: int) -> None:
        if block.kind in {"bullets", "numbers"}:
            inner = self._numbered(block)
            for item in block.children:
                self.item(item.children, inner, min(level + 1, DEEPEST))
        elif block.children:
            for child in block.children:
                self.paragraph("Quote", child.runs, level=level) if child.runs else self.block(child, 0, level)
        else:
            styles = {"code": "Code", "heading": "Strong"}
            self.paragraph(styles.get(block.kind, "Point"), block.runs, number=number, level=level)

    def paragraph(self, style: str, runs: tuple[Run, ...], *, number: int = 0, level: int = -1) -> None:
        paragraph = SubElement(self._body, "w:p")
        properties = SubElement(paragraph, "w:pPr")
        SubElement(properties, "w:pStyle", {"w:val": style})
        if number:
            numbered = SubElement(properties, "w:numPr")
            SubElement(numbered, "w:ilvl", {"w:val": str(level)})
            SubElement(numbered, "w:numId", {"w:val": str(number)})
        elif level >= 0:
            SubElement(properties, "w:ind", {"w:left": str(360 * (level + 1))})
        for run in runs:
            self._run(self._linked(paragraph, run.link) if run.link else paragraph, run)

    def finished(self) -> str:
        section = SubElement(self._body, "w:sectPr")
        SubElement(section, "w:footerReference", {"w:type": "default", "r:id": "rId3"})
        SubElement(section, "w:pgSz", {"w:w": "11906", "w:h": "16838"})
        SubElement(section, "w:pgMar", {**dict.fromkeys(SIDES, "1587"), **dict.fromkeys(EDGES, "709"), "w:gutter": "0"})
        return _document(self._root)

    def _numbered(self, block: Block) -> int:
        if block.kind == "bullets":
            return BULLETS
        self.starts.append(block.start)
        return BULLETS + len(self.starts)

    def _linked(self, paragraph: Element, address: str) -> Element:
        self.links.append(address)
        return SubElement(paragraph, "w:hyperlink", {"r:id": f"link{len(self.links)}"})

    def _run(self, parent: Element, run: Run) -> None:
        element = SubElement(parent, "w:r")
        properties = SubElement(element, "w:rPr")
        if run.link:
            SubElement(properties, "w:rStyle", {"w:val": "Hyperlink"})
        elif run.code:
            SubElement(properties, "w:rStyle", {"w:val": "CodeWords"})
        for tag, wanted in [("w:b", run.bold), ("w:i", run.italic), ("w:strike", run.struck)]:
            if wanted:
                SubElement(properties, tag)
        for place, line in enumerate(run.text.split("\n")):
            if place:
                SubElement(element, "w:br")
            SubElement(element, "w:t", {"xml:space": "preserve"}).text = line


def _relationships(links: list[str]) -> str:
    root = Element("Relationships", {"xmlns": f"{parts.PACKAGE}/relationships"})
    for key, kind, target in parts.RELATIONSHIPS:
        SubElement(root, "Relationship", {"Id": key, "Type": f"{R}/{kind}", "Target": target})
    for place, address in enumerate(links, start=1):
        to = {"Id": f"link{place}", "Type": LINK, "Target": address, "TargetMode": "External"}
        SubElement(root, "Relationship", to)
    return _document(root)


def _document(root: Element) -> str:
    return parts.DECLARATION + tostring(root, encoding="unicode")


def _zipped(files: dict[str, str]) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, text in files.items():
            member = ZipInfo(name, _OLDEST)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 0  # not which system it was made on
            archive.writestr(member, text)
    return whole.getvalue()
