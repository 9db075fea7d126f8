"""`manage.py import_events DIR --network SLUG`: bring in a folder of event files, and say what was odd about each."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.text import slugify

from events.actions.importing import Outcome, What, find_disagreements, import_event, number_by_date
from events.formats.jekyll import EventFile, Oddity, UnreadableEventFile, read
from events.models import Meeting, Series
from members.models import Network

ENDINGS = {".md", ".markdown"}


class Command(BaseCommand):
    help = (
        "Bring in event files (YAML front matter and Markdown) as meetings. Safe to run again: what has not changed is "
        "left alone, and what somebody changed here is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the .md files")
        parser.add_argument("--network", required=True, help="the network's address, as in /<network>/")
        parser.add_argument("--series", help="short name of the series for the network's own meetings; made if missing")
        parser.add_argument("--site", default="", help="address of the old site, to make relative links whole")

    def handle(self, *args: Any, **options: Any) -> None:
        network = _network(options["network"])
        paths = _paths(options["folder"])
        if options["series"] and slugify(options["series"]) != options["series"]:
            raise CommandError("A series' short name has small letters, digits and hyphens only.")
        failed = _Run(self, network, options["series"], options["site"]).bring_in(paths)
        if failed:
            raise CommandError(f"{failed} of {len(paths)} files could not be read; the others are in.", returncode=1)


def _network(slug: str) -> Network:
    try:
        return Network.objects.get(slug=slug)
    except Network.DoesNotExist:
        known = ", ".join(Network.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no network at “{slug}”. There are: {known}.") from None


def _paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder.")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.is_dir())
    if not paths:
        raise CommandError(f"There are no .md files in {folder}.")
    return paths


class _Run:
    """One run over a folder: what has come in, what was odd, and how many files failed."""

    def __init__(self, command: Command, network: Network, series: str | None, site: str) -> None:
        self.out, self.err = command.stdout, command.stderr
        self.network, self.series_slug, self.site = network, series, site
        self.series: Series | None = None
        self.now = timezone.now()
        self.files: list[EventFile] = []
        self.counts: Counter[str] = Counter()
        self.report: list[tuple[str, Oddity]] = []

    def bring_in(self, paths: list[Path]) -> int:
        """Import each file, number the series, report. Returns how many files failed."""
        failed: list[str] = []
        for done, path in enumerate(paths, start=1):
            try:
                self._one(path)
            except UnreadableEventFile as error:
                failed.append(str(error))
            except OSError as error:
                failed.append(f"{path.name}:1: The file cannot be opened ({error.strerror}).")
            except DatabaseError as error:
                failed.append(f"{path.name}:1: The database refused it ({type(error).__name__}).")
            self._show_progress(done, len(paths))
        self._number()
        self._tell(len(paths), failed)
        return len(failed)

    def _one(self, path: Path) -> None:
        if not _is_text(path.name):
            raise UnreadableEventFile(_printable(path.name), 1, "The file's name is not UTF-8.")
        event_file = read(path.name, path.read_bytes())
        with transaction.atomic():
            series = self._series_for(event_file) if event_file.is_community_of_practice else self.series
            outcome = import_event(self.network, event_file, at=self.now, series=series, site=self.site)
        self.series = series
        self.files.append(event_file)
        self.counts[outcome.what] += 1
        self.counts["kept"] += len(outcome.kept)
        self.counts["numbers"] += _needs_number(outcome)
        self.counts["drafts"] += outcome.what is What.CREATED and outcome.meeting.state == Meeting.State.DRAFT
        self.report += [(path.name, oddity) for oddity in (*event_file.oddities, *outcome.oddities)]
        self.report += [(path.name, oddity) for oddity in self._out_of_date(event_file, outcome.meeting)]

    def _series_for(self, event_file: EventFile) -> Series:
        """The series named, or the network's only one, or a new one called by the file's title."""
        if self.series is not None:
            return self.series
        own = Series.objects.filter(network=self.network)
        slug = self.series_slug or (own.get().slug if own.count() == 1 else "community-of-practice")
        series, _ = own.get_or_create(slug=slug, defaults={"network": self.network, "title": event_file.title[:200]})
        series.refresh_from_db()
        return series

    def _out_of_date(self, event_file: EventFile, meeting: Meeting) -> Iterator[Oddity]:
        if event_file.future_line and meeting.is_over(self.now):
            sentence = "The text speaks of the event as still to come, though it is over."
            yield Oddity(line=event_file.future_line, sentence=sentence)

    def _number(self) -> None:
        if self.series is None:
            return
        if self.counts["numbers"]:
            number_by_date(self.series)
        self.report += find_disagreements(self.series, self.files)

    def _show_progress(self, done: int, total: int) -> None:
        """A counter that overwrites itself on a terminal; nothing in a file or a pipe."""
        if self.out.isatty():
            self.out.write(f"\r{done} of {total} files", ending="\n" if done == total else "")
            self.out.flush()

    def _tell(self, total: int, failed: list[str]) -> None:
        for name, oddity in sorted(self.report):
            self.out.write(_printable(f"{name}:{oddity.line}: {oddity.sentence}"))
        for sentence in failed:
            self.err.write(_printable(f"error: {sentence}"))
        counts = self.counts
        self.out.write(
            f"{total} files: {counts[What.CREATED]} meetings made, {counts[What.UPDATED]} updated, "
            f"{counts[What.UNCHANGED]} unchanged, {len(failed)} not read; {len(self.report)} oddities."
        )
        if counts["kept"]:
            self.out.write(f"{counts['kept']} values that were changed here since the last import are kept.")
        if counts["drafts"]:
            self.out.write(f"{counts['drafts']} meetings are still to come and are drafts: publish them when ready.")


def _needs_number(outcome: Outcome) -> bool:
    """Whether a meeting of a series is new, or may have moved."""
    return outcome.meeting.series_id is not None and (
        outcome.what is not What.UNCHANGED or outcome.meeting.number is None
    )


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(text: str) -> str:
    """Words out of a file, without what could move a terminal's cursor or dye it."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
