"""`make messages`: gathers what is to be translated, keeps the catalogues in `locale/` in step, and compiles them.

Reads templates and code itself, with Babel, so that nobody needs the gettext programs. The compiled catalogues are
kept beside the written ones: an installation has nothing to build, and a test tells when they differ.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("cy",)
WORDS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
CODE = ("cop", "events", "members", "notes")
# What only those see who run a network: translated last, and until then in English.
OF_ORGANISERS = re.compile(
    r"templates/admin/|/admin/|/(moves_)?admin\.py|/samples\.py|cop/(runsheet|starting|figures|seeing)|templates/(starting|figures)/|templates/emails/set_up/|cop/panel\.py|/models/|/models\.py"
    r"|templates/events/(calling|queue|speakers|told|_host_presses|_wanted_by|_work|came)\.html"
    r"|templates/notes/(_brought|_choose_points|asked|agreed|_composer|_correction|_finding|_found|_item|_keys|_noted|_order|_public_finding"
    r"|_reason|_review_row|_second_person|_stages|_suggested|bring|certificate|circulate|_circulated|corrections|desk"
    r"|item|publish|review|working)\.(html|txt)"
    r"|notes/(actions/refusals|admin|views/(bringing|contributors|correcting|desk|publishing|review))"
    r"|events/actions/(exporting|importing|inviting|notifying|reporting|scheduling|unnaming)"
    r"|events/views/(came|needs|speakers)|members/actions/(circulars|importing|resting)|members/audiences|events/audiences"
)


def main() -> None:
    """Bring each catalogue up to date; words that are no longer said are dropped, new ones have no translation yet."""
    if not settings.configured:
        settings.configure(USE_I18N=True)  # Django's reader of templates asks for it
    for language in LANGUAGES:
        written = catalogue(language)
        said = gathered()
        said.creation_date = written.creation_date
        written.update(said, no_fuzzy_matching=True)
        written.obsolete.clear()
        path(language).write_bytes(as_po(written))
        path(language).with_suffix(".mo").write_bytes(as_mo(written))
        blank = sum(1 for one in written if one.id and not is_translated(one) and is_for_everybody(one))
        print(f"{language}: {len(written)} texts, {blank} of what everybody reads are not translated")


def gathered() -> Catalog:
    """All texts that pages, letters and sentences are made of, and where they stand."""
    found = Catalog(locale="en_GB", fuzzy=False)
    for file in sources():
        for _line, text, _comments, context in texts_of(file):
            found.add(text, locations=[(file.relative_to(ROOT).as_posix(), 1)], context=context)
    return found


def sources() -> Iterator[Path]:
    """Templates and code, in order."""
    yield from sorted(one for one in (ROOT / "templates").rglob("*.*") if one.suffix in {".html", ".txt", ".xml"})
    for app in CODE:
        yield from sorted(one for one in (ROOT / app).rglob("*.py") if "migrations" not in one.parts)


def texts_of(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """What Babel finds in one file: line, text (or its two forms), comments, context."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django's reader blanks out all but the calls, which leaves no Python to speak of: a line at a time it is one.
        lines = templatize(source, origin=str(file)).splitlines()
        source = "\n".join(line.strip() for line in lines if "gettext(" in line)
    yield from extract("python", io.BytesIO(source.encode()), WORDS)


def catalogue(language: str) -> Catalog:
    """The catalogue as it is written; an empty one for a new language."""
    if not path(language).exists():
        head = f"# Communities of practice in {Locale(language).english_name}: see docs/translating.md"
        return Catalog(locale=language, project="Communities of practice", header_comment=head, fuzzy=False)
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def as_po(written: Catalog) -> bytes:
    """The catalogue for people: files without line numbers, so that a change shows what changed."""
    file = io.BytesIO()
    write_po(file, written, width=110, include_lineno=False, sort_by_file=True, omit_header=False)
    return file.getvalue()


def as_mo(written: Catalog) -> bytes:
    """The same for programs."""
    file = io.BytesIO()
    write_mo(file, written)
    return file.getvalue()


def is_translated(one: Message) -> bool:
    """Whether every form of it has words."""
    return all(one.string) if isinstance(one.string, tuple | list) else bool(one.string)


def is_for_everybody(one: Message) -> bool:
    """Whether members or visitors may read it, on a page or in a letter."""
    return any(not OF_ORGANISERS.search(file) for file, _line in one.locations)


if __name__ == "__main__":
    main()
