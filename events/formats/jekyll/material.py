"""Recordings, slides and write-ups that a page links to or embeds, where it says what they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from .markup import Line, Span
from .people import is_name
from .vocabulary import Document, DocumentKind, Recording, Value

_VIDEO_HOSTS = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com"})
_OPEN_HOSTS = frozenset({"docs.google.com", "drive.google.com", "hackmd.io", "pad.riseup.net", "dropbox.com"})
_CALL_HOSTS = ("zoom.us", "zoom.com", "teams.microsoft.com", "teams.live.com", "meet.google.com", "webex.com")
_CALL = re.compile(r"/(?:j|my|w|wc|meeting|webinar|meetup-join|l|meet)/|meet\.google\.com/\w|webex\.com/\w")
_FILMED = re.compile(r"📹|\b(?:record(?:ing|ed)|watch|video|youtube|vimeo|presentation by)\b", re.IGNORECASE)
_MINUTES = re.compile(r"(?<!\d)(?P<minutes>\d{1,3})\s*min(?:ute)?s?\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:presentation|talk|recording|video)s?\s+(?:by|from|of)\s+(?P<who>[^(:]+?)\s*(?:[(:]|$)", re.IGNORECASE
)
_OWN = re.compile(r"(?P<who>[^\W\d_][\w.'’ -]+?)['’]s? (?:presentation|talk|session)\b")
_SLIDES = re.compile(r"\b(?:slides?|slide deck|deck)\b", re.IGNORECASE)
_SLIDE_ADDRESS = re.compile(
    r"docs\.google\.com/presentation|slideshare\.net|speakerdeck\.com|\.pptx?(?:$|\?)|\.odp$", re.IGNORECASE
)
_WRITE_UP = re.compile(r"\bwrite[- ]?ups?\b|\bwritten up\b|\bmeeting notes\b", re.IGNORECASE)
_HERE = re.compile(
    r"\s*\b(?:(?:is|are|can be|has been)\b.*|(?:now )?available\b.*|(?:over )?here|"
    r"(?:in )?this (?:document|doc|link|page))$",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:here|now available)\b", re.IGNORECASE)
_IMPERATIVE = re.compile(r"^(?:read|watch|find|see|view|download)\s+(?:(?:a|the|our|full)\s+)*", re.IGNORECASE)
_ANOTHER_EVENT = re.compile(r"/events/\d{4}-\d")
_BARE = re.compile(r"(?<!\]\()(?<!\]\(\()(?<!\]\(<)\bhttps?://[^\s<>()\[\]\"']+", re.IGNORECASE)
_FRAME = re.compile(r"<iframe\b[^>]*?\bsrc\s*=\s*[\"'](?P<url>[^\"'<>\s]+)[\"']", re.IGNORECASE)
_NOTES = re.compile(r"\bnotes\b|\bminutes\b(?! long)|\bsummary\b", re.IGNORECASE)
_MEMBERS_ONLY = re.compile(r"\b(?:available|circulated|shared)\b.*\bmembers only\b", re.IGNORECASE)


def host_of(url: str) -> str:
    """The host an address names, without "www." and "m."; "" where it names none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m)\.", "", host.lower())


def is_open_document(url: str) -> bool:
    """Whether everybody who has the address may read what it leads to, as with a shared Google Doc."""
    return host_of(url) in _OPEN_HOSTS


def bare_addresses(source: str) -> tuple[str, ...]:
    """The web addresses in a line of Markdown that are in no inline link: bare, in pointed brackets, in HTML."""
    return tuple(match[0].rstrip(".,;:!?'*_") for match in _BARE.finditer(source))


def leads_to_call(url: str) -> bool:
    """Whether an address opens a video call or its registration form."""
    host = host_of(url)
    return any(host == call or host.endswith(f".{call}") for call in _CALL_HOSTS) and bool(_CALL.search(url))


def video_key(url: str) -> str:
    """What is the same for every address of one film: host family and identifier; "" for what is no film."""
    host = host_of(url)
    if host not in _VIDEO_HOSTS and host != "player.vimeo.com":
        return ""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    found = parse_qs(parts.query).get("v", [last])[0]
    return f"{'vimeo' if 'vimeo' in host else 'youtube'}:{found}" if found and found not in ("watch", "embed") else ""


def find_recordings(
    lines: Sequence[Line], front_matter: Mapping[str, Value], line_of: Mapping[str, int]
) -> tuple[Recording, ...]:
    """Every film of the event, each once: under a key of the front matter, linked on a line that says it is one, or
    embedded."""
    found: dict[str, Recording] = {}
    for key in ("video", "recording", "youtube", "vimeo"):
        url = front_matter.get(key)
        if isinstance(url, str) and video_key(url):
            found.setdefault(video_key(url), Recording(title="Recording", url=url, line=line_of[key]))
    for line in lines:
        for recording in (*_linked_films(line), *_embedded_films(line)):
            found.setdefault(video_key(recording.url), recording)
    return tuple(found.values())


def _linked_films(line: Line) -> Iterator[Recording]:
    for span in line.links:
        if video_key(span.url) and _FILMED.search(line.text):
            minutes = _MINUTES.search(line.label(span)) or _MINUTES.search(line.text)
            yield Recording(
                title=_film_title(line, span),
                url=span.url,
                presenters=_presenters(line.text[: span.start] + " (") or _presenters(line.label(span)),
                minutes=int(minutes["minutes"]) if minutes else 0,
                line=line.number,
            )


def _film_title(line: Line, span: Span) -> str:
    """The words before a link in brackets, or those of the link."""
    before = re.sub(r"^[\s>*📹\U0001f3a5-]+", "", line.text[: span.start]).strip(" (:–-")
    label = line.label(span).strip(" ().")
    return before if label.lower().startswith("on ") and before else _named(label, "Recording")


def _named(label: str, otherwise: str) -> str:
    """What a link's words call the thing, without what only says that it is here: "Slides" of "slides are here"."""
    words = _HERE.sub("", _IMPERATIVE.sub("", label.strip(" ().:>")))
    words = words.strip(" .,:")
    return words[:1].upper() + words[1:] if len(words) > 3 else otherwise


def _presenters(text: str) -> tuple[str, ...]:
    match = _BY.search(text) or _OWN.search(text)
    names = re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", match["who"]) if match else []
    return tuple(name.strip() for name in names) if names and all(is_name(name) for name in names) else ()


def _embedded_films(line: Line) -> Iterator[Recording]:
    for frame in _FRAME.finditer(line.source):
        url = frame["url"].replace("&amp;", "&")
        if video_key(url):
            yield Recording(title="Recording", url=_watch_address(url), line=line.number)


def _watch_address(url: str) -> str:
    """The page of a film in place of its player, which asks for cookies."""
    kind, _, key = video_key(url).partition(":")
    return f"https://vimeo.com/{key}" if kind == "vimeo" else f"https://www.youtube.com/watch?v={key}"


def find_documents(
    lines: Sequence[Line], front_matter: Mapping[str, Value], line_of: Mapping[str, int]
) -> tuple[Document, ...]:
    """Slides and write-ups, each address once. Slides stay as public as the page that shows them; an open write-up
    does not, because whoever it is handed to could read what was circulated to members."""
    found: dict[str, Document] = {}
    slides = front_matter.get("presentation")
    if isinstance(slides, str) and slides.startswith("http"):
        _add(found, Document(kind=DocumentKind.SLIDES, title="Slides", url=slides, line=line_of["presentation"]))
    link = front_matter.get("link")
    for line in lines:
        for document in _documents_of(line):
            _add(found, document)
    if isinstance(link, str) and is_open_document(link) and not _SLIDE_ADDRESS.search(link):
        at = line_of["link"]
        _add(found, Document(kind=DocumentKind.WRITE_UP, title="Write-up", url=link, is_open=True, line=at))
    return tuple(found.values())


def _add(found: dict[str, Document], document: Document) -> None:
    found.setdefault(address_key(document.url), document)


def address_key(url: str) -> str:
    """What all addresses of one film or one shared document have in common: only how to open it differs."""
    if "google.com" in host_of(url):
        return re.sub(r"(?:/u/\d+)?(?P<id>/d/[\w-]+).*$", r"\g<id>", url)
    return video_key(url) or url


def _documents_of(line: Line) -> Iterator[Document]:
    for span in line.links:
        if _ANOTHER_EVENT.search(span.url):
            continue
        label = line.label(span)
        if _SLIDE_ADDRESS.search(span.url) or _SLIDES.search(label):
            yield Document(kind=DocumentKind.SLIDES, title=_named(label, "Slides"), url=span.url, line=line.number)
        elif _is_write_up(line, span):
            open_to_all = is_open_document(span.url)
            yield Document(
                kind=DocumentKind.WRITE_UP,
                title=_named(label, "Write-up"),
                url=span.url,
                is_open=open_to_all,
                line=line.number,
            )
    if _WRITE_UP.search(line.text) or _NOTES.search(line.text):
        yield from (
            Document(kind=DocumentKind.WRITE_UP, title="Write-up", url=url, is_open=True, line=line.number)
            for url in bare_addresses(line.source)
            if is_open_document(url) and not _SLIDE_ADDRESS.search(url)
        )
    for frame in _FRAME.finditer(line.source):
        if _SLIDE_ADDRESS.search(frame["url"]):
            yield Document(kind=DocumentKind.SLIDES, title="Slides", url=frame["url"], line=line.number)


def _is_write_up(line: Line, span: Span) -> bool:
    """Whether a link leads to what was written about the event. Of an open document the line's word is enough: rather
    one too many for members only than one too few."""
    label, around = line.label(span), line.text[max(0, span.start - 60) : span.end]
    if is_open_document(span.url) and (_WRITE_UP.search(line.text) or _NOTES.search(line.text)):
        return True
    return bool(_WRITE_UP.search(label) or (_WRITE_UP.search(around) and _THERE.search(label)))


def find_promises(lines: Sequence[Line]) -> tuple[int, ...]:
    """Lines that say a write-up is there for members, and give no address."""
    return tuple(
        line.number
        for line in lines
        if _WRITE_UP.search(line.text) and _MEMBERS_ONLY.search(line.text) and not line.links
    )
