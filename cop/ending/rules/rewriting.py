"""A page of the site as a page that stands by itself: relative links, nothing to fill in, nothing that runs."""

from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

# Given a link as the page has it: the link that a file has there, or None where nothing of ours lies behind it.
Link = Callable[[str], str | None]
# Which attribute of which element leads somewhere.
LEADING = {
    "a": "href",
    "link": "href",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "use": "href",
}
WITHOUT = {"form", "script", "iframe"}
DATA = "application/ld+json"
SPRITE_PREFIX = "icon-"


def links_in(html: str) -> list[str]:
    """Where a page leads, in its order: what a reader can follow or a browser fetches with it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def stand_alone(html: str, link: Link, *, sprite: str = "") -> str:
    """`html` with each link replaced by what `link` says.

    Where it says None, or the page has no such place, the words stay and no longer lead anywhere. Forms and scripts are
    left out. `sprite` are the site's icons as one SVG: browsers fetch none from another file on a disk, so they are put
    into the page.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    writer = _Writer(link, sprite, reader.places)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.places.update(value for name, value in attrs if name in {"id", "name"} and value)
        said = dict(attrs).get(LEADING.get(tag, ""))
        if said and not said.startswith("#") and tag != "use":
            self.found.append(said)


class _Writer(HTMLParser):
    """Writes everything as it came, but for what leads somewhere or is left out."""

    def __init__(self, link: Link, sprite: str, places: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._link = link
        self._sprite = sprite
        self._places = places
        self._left_out: list[str] = []
        self._anchors: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, attrs, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, attrs, self.get_starttag_text() or "", closes=True)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
        elif tag != "a" or not self._anchors or self._anchors.pop():
            self._say(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._say(data)

    def handle_entityref(self, name: str) -> None:
        self._say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._say(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._say(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._say(f"<!{decl}>")

    def _say(self, words: str) -> None:
        if not self._left_out:
            self.out.append(words)

    def _open(self, tag: str, attrs: list[tuple[str, str | None]], source: str, *, closes: bool = False) -> None:
        said = dict(attrs)
        if tag in WITHOUT and not (tag == "script" and said.get("type") == DATA):
            if not closes:
                self._left_out.append(tag)
            return
        if self._left_out or (tag == "link" and said.get("rel") == "canonical"):
            return
        stays = self._leads(tag, said)
        if tag == "a" and not closes:
            self._anchors.append(stays)
        if stays:
            self._say(_tag(tag, said, closes=closes) if said != dict(attrs) else source)
        if tag == "body" and self._sprite:
            self._say(_own_ids(self._sprite))

    def _leads(self, tag: str, said: dict[str, str | None]) -> bool:
        """Whether the element stays; its link is put right in `said`."""
        name = LEADING.get(tag, "")
        href = said.get(name)
        if not href:
            return True
        if href.startswith("#"):
            return unquote(href[1:]) in self._places
        if tag == "use":
            said[name] = f"#{SPRITE_PREFIX}{href.rpartition('#')[2]}"
            return True
        file = self._link(href)
        said[name] = file
        return file is not None


def _tag(name: str, attributes: dict[str, str | None], *, closes: bool) -> str:
    return f"<{name}{''.join(_written(attributes))}{' /' if closes else ''}>"


def _written(attributes: dict[str, str | None]) -> Iterator[str]:
    for name, value in attributes.items():
        yield f" {name}" if value is None else f' {name}="{escape(value)}"'


def _own_ids(sprite: str) -> str:
    """The icons with names that no heading of a page has, and hidden until they are used."""
    inside = sprite[sprite.index("<svg") :].replace('id="', f'id="{SPRITE_PREFIX}')
    return inside.replace("<svg", '<svg class="visually-hidden" aria-hidden="true"', 1)
