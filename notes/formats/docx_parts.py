"""The parts of a Word document that hold no words of the notes: styles, numbering, the foot of the page."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LEVELS = 9
MARKS = ("•", "–", "·")

CONTENT_TYPES = f"""{DECLARATION}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{OFFICE}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{OFFICE}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="{OFFICE}.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{OFFICE}.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
PACKAGE_RELATIONSHIPS = f"""{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
# Of the document: key, kind, file.
RELATIONSHIPS = (
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "footer", "footer1.xml"),
    ("rId4", "settings", "settings.xml"),
)
# Whoever saves it again is not written into it either; and Word does not take it for a document of an older Word.
SETTINGS = f"""{DECLARATION}<w:settings {WORD}><w:removePersonalInformation/><w:removeDateAndTime/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15" w:uri="http://schemas.microsoft.com/office/word"/>
</w:compat></w:settings>"""

# What is in a copy besides the points has style names of its own, so that it is left out when the copy is brought in.
OWN_STYLES = "Notes: "
# Style, the name a word processor knows it by, its paragraph, its letters (sizes in half points).
PARAGRAPHS = (
    ("Over", "Notes: over the title", '<w:spacing w:after="60"/>', '<w:b/><w:color w:val="14513A"/><w:sz w:val="20"/>'),
    ("Title", "Title", '<w:spacing w:after="120"/>', '<w:b/><w:sz w:val="42"/>'),
    ("Facts", "Notes: facts", '<w:spacing w:after="120"/>', '<w:color w:val="4F4838"/><w:sz w:val="19"/>'),
    ("Rule", "Notes: the Rule", '<w:spacing w:before="120" w:after="240"/><w:ind w:left="240"/>', '<w:sz w:val="20"/>'),
    (
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:sz w:val="27"/>',
    ),
    ("Point", "Point", '<w:spacing w:after="120"/>', ""),
    ("Strong", "Strong line", '<w:spacing w:after="120"/>', "<w:b/>"),
    (
        "Attribution",
        "Notes: attribution",
        '<w:spacing w:after="160"/><w:ind w:left="360"/>',
        '<w:color w:val="4F4838"/><w:sz w:val="19"/>',
    ),
    ("Quote", "Quote", '<w:spacing w:after="120"/>', "<w:i/>"),
    (
        "Code",
        "Code",
        '<w:spacing w:after="120"/>',
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="20"/>',
    ),
    ("Footer", "footer", "", '<w:color w:val="4F4838"/><w:sz w:val="16"/>'),
)

FOOTER = f"""{DECLARATION}<w:ftr {WORD}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>
<w:r><w:t xml:space="preserve">FOOT · </w:t></w:r>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
</w:p></w:ftr>"""


def core(title: str, language: str) -> str:
    """The document's properties: what it is called and its language. Nobody made it, at no time."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def footer(foot: str) -> str:
    """What stands at the foot of each page, with its number."""
    return FOOTER.replace("FOOT", escape(foot))


def styles(language: str) -> str:
    """Every style the document uses; `language` is a code such as "en-GB"."""
    paragraphs = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for key, name, paragraph, letters in PARAGRAPHS
    )
    return (
        f"{DECLARATION}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:sz w:val="22"/>'
        f'<w:lang w:val="{escape(language)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f"{paragraphs}"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="14513A"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CodeWords"><w:name w:val="Code words"/>'
        '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/></w:rPr></w:style></w:styles>'
    )


def numbering(starts: Sequence[int]) -> str:
    """List 1 has bullets at every depth; each further list is numbered and begins with its own number."""
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{_beginning(start)}</w:num>'
        for number, start in enumerate(starts, start=2)
    )
    bullets, decimals = _levels("bullet"), _levels("decimal")
    return (
        f'{DECLARATION}<w:numbering {WORD}><w:abstractNum w:abstractNumId="0">{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{decimals}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{numbers}</w:numbering>'
    )


def _beginning(start: int) -> str:
    return "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level in range(LEVELS)
    )


def _levels(kind: str) -> str:
    marks = [MARKS[level % len(MARKS)] if kind == "bullet" else f"%{level + 1}." for level in range(LEVELS)]
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level, mark in enumerate(marks)
    )
