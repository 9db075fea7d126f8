"""The real files of the first network, in and out again."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from events.models import Material, Meeting, Series, Speaker
from members.models import Network
from tests.events.real_files import FOLDER, PATHS, needs_real_files

pytestmark = needs_real_files


def run(command: str, folder: Path, network: Network) -> str:
    out = StringIO()
    call_command(command, folder, network=network.slug, stdout=out)
    return out.getvalue()


class Imported(NamedTuple):
    network: Network
    report: str


@pytest.fixture(scope="class")
def imported(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Imported]:
    """All files, read once for those who look at what came of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        network = Network.objects.create(name="Public voices", slug="voices")
        yield Imported(network, run("import_events", FOLDER, network))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("imported")
class TestImported:
    def test_every_real_file_comes_in_once(self, imported: Imported) -> None:
        """B7: and every old address leads to the meeting that came of it."""
        assert "85 files: 85 meetings made, 0 updated, 0 unchanged, 0 not read" in imported.report
        assert Meeting.objects.of(imported.network).published().count() == 85
        old = {path.name: Client().get(f"/events/{path.stem}") for path in PATHS}
        assert {name: (one.status_code, one["Location"]) for name, one in old.items()} == {
            meeting.source_name: (301, meeting.get_absolute_url()) for meeting in Meeting.objects.all()
        }
        again = run("import_events", FOLDER, imported.network)
        assert "85 files: 0 meetings made, 0 updated, 85 unchanged, 0 not read" in again
        assert "are kept" not in again

    def test_the_seventeen_meetings_are_numbered_by_date(self, imported: Imported) -> None:
        meetings = list(Series.objects.get().meetings.order_by("number"))
        days = [path.name[:10] for path in PATHS if path.name.endswith("-community-of-practice.md")]
        assert [(meeting.number, meeting.local_start.date().isoformat()) for meeting in meetings] == list(
            enumerate(days, 1)
        )
        assert {f"{meeting.local_start:%H:%M}" for meeting in meetings} == {"14:00"}
        assert {meeting.ends_at - meeting.starts_at for meeting in meetings} == {timedelta(minutes=75)}
        assert "by date it is" not in imported.report

    def test_what_is_clear_in_the_real_texts_is_found(self) -> None:
        in_series = Speaker.objects.filter(agenda_item__meeting__series__isnull=False)
        assert in_series.count() == 37
        assert Material.objects.filter(meeting__series__isnull=False, kind="recording").count() == 10
        write_ups = Material.objects.filter(meeting__series__isnull=False, kind="notes")
        assert sorted(write_ups.values_list("meeting__number", "visibility")) == [
            (4, "members"),
            (12, "members"),
            (13, "members"),
            (17, "members"),
        ]

    def test_every_real_file_goes_out_byte_for_byte(self, imported: Imported, tmp_path: Path) -> None:
        assert (
            run("export_events", tmp_path, imported.network)
            == "85 meetings: 85 files written, 0 were the same already.\n"
        )
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
            path.name: path.read_bytes() for path in PATHS
        }
