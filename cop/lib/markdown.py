"""Markdown to a page's HTML, through the one list of what is allowed.

What people wrote elsewhere comes as it is: Liquid from a Jekyll site, raw HTML, pictures on other hosts. The source is
kept; here it is made safe to show. Nothing that comes out makes a reader's browser ask another host for anything (B9).
"""

import re
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

WORDS = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "strong", "sub", "sup"}
BLOCKS = {"blockquote", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

# Python-Markdown looks from every opening bracket to the end of its paragraph, and goes a call deeper for every
# quotation within a quotation. Texts that people write stay far below these; what is beyond is shown as it was typed.
LONGEST_TEXT = 40_000
MOST_OPENINGS = 4_000
MOST_OPENINGS_A_PARAGRAPH = 250
DEEPEST_NESTING = 20
_BLANK_LINE = re.compile(r"\n\s*\n")
_OPENING = re.compile(r"[\[<!*_`&\\]")
_NESTING = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d+\.[ \t])){{{DEEPEST_NESTING}}}|^[ \t]{{{2 * DEEPEST_NESTING}}}", re.MULTILINE
)


def render_markdown(text: str, *, top_heading: int = 2) -> SafeString:
    """`text` as HTML with nothing in it but what is allowed; its highest heading becomes `<h2>`, or another."""
    text = text.replace("\r\n", "\n")
    if _is_beyond_reading(text):
        return mark_safe(f"<p>{escape(text)}</p>")
    html = _markdown().convert(with_room_for_lists(_mended_links(without_liquid(text))))
    clean = nh3.clean(
        html,
        tags=WORDS | BLOCKS | TABLES,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "iframe", "object", "noscript", "template"},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(_below(clean.replace("<p></p>", ""), top_heading))


def as_markdown(text: str) -> str:
    """One line of plain `text` as Markdown that reads as it was typed, set behind other words."""
    spelt = text.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")
    return re.sub(r"([\\`*_\[\]])", r"\\\1", spelt)


def without_liquid(text: str) -> str:
    """A Jekyll page's text without what only Jekyll understands: `{{ … }}`, `{% … %}`, `{: … }`, `<!--more-->`."""
    return re.sub(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{:[^{}\n]*\}|<!--\s*more\s*-->", "", text)


def _mended_links(text: str) -> str:
    """`[words]((https://…))`, which somebody's hand slipped into, as the link it was meant to be."""
    return re.sub(r"\]\(\((https?://[^\s()]+)\)\)", r"](\1)", text)


_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d+\.)\s")


def with_room_for_lists(text: str) -> str:
    """A blank line before each list that follows a paragraph directly: other Markdowns do without, ours does not."""
    lines: list[str] = []
    is_code = False
    for line in text.split("\n"):
        is_code ^= line.lstrip().startswith("```")
        before = lines[-1] if lines else ""
        if not is_code and _ITEM.match(line) and before.strip() and not before[0].isspace() and not _ITEM.match(before):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _is_beyond_reading(text: str) -> bool:
    if len(text) > LONGEST_TEXT or _NESTING.search(text):
        return True
    openings = [len(_OPENING.findall(paragraph)) for paragraph in _BLANK_LINE.split(text)]
    return max(openings) > MOST_OPENINGS_A_PARAGRAPH or sum(openings) > MOST_OPENINGS


def _below(html: str, top_heading: int) -> str:
    """Cleaned HTML with its headings moved, so that the highest is `top_heading` and none is lower than 6."""
    heading = re.compile(r"<(/?)h([1-6])>")
    levels = [int(level) for _slash, level in heading.findall(html)]
    shift = top_heading - min(levels, default=top_heading)
    return heading.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + shift, 6)}>", html)


class _PicturesAsWords(Treeprocessor):
    """A picture becomes a link to it, in the words of its description: to open it is the reader's choice."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "img":
                    self._put_into_words(child, is_linked=parent.tag == "a")

    def _put_into_words(self, picture: Element, *, is_linked: bool) -> None:
        source = picture.get("src", "")
        picture.text = AtomicString(_("Picture: %s") % (picture.get("alt") or _("without a description")))
        picture.attrib.clear()
        picture.tag = "em"
        if not is_linked and source.startswith(("https://", "http://")):
            picture.tag = "a"
            picture.set("href", source)


class _BareAddress(InlineProcessor):
    """A web address that stands alone becomes a link; inside a link it is left in peace."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802  # Markdown's name and its newer signature
        link = Element("a", href=m.group(0))
        link.text = AtomicString(m.group(0))
        return link, m.start(0), m.end(0)


class _House(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's name
        # Raw HTML is left to the allow-list: Markdown's own reader of it takes minutes for a page of "<a".
        md.preprocessors.deregister("html_block")
        # A text that is only set in is not code.
        md.parser.blockprocessors.deregister("code")
        md.treeprocessors.register(_PicturesAsWords(md), "pictures", 5)
        md.inlinePatterns.register(_BareAddress(r"https?://[^\s<>()\[\]\"']*[^\s<>()\[\]\"'.,;:!?*_]", md), "bare", 75)


def _markdown() -> Markdown:
    return Markdown(extensions=["sane_lists", "tables", "fenced_code", _House()], tab_length=2, output_format="html")
