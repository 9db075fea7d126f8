"""`manage.py import_events` and `export_events`, on folders of all kinds."""

import contextlib
import os
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.models.signals import pre_save

from events.models import Meeting, Series, Topic
from tests.events.real_files import PATHS

MEETING = "---\ntitle: Rivers\ndate: {day}\n---\nOn that day we held the first meeting of a community of practice.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day in ("2021-01-13", "2021-02-10"):
        (tmp_path / f"{day}-community-of-practice.md").write_text(MEETING.format(day=day))
    (tmp_path / "2021-03-01-fair.markdown").write_text(
        "---\ntitle: Fair\ncategory: speeking\n---\nWe will hold a fair.\n"
    )
    (tmp_path / "notes.txt").write_text("Not an event file.")
    return tmp_path


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def import_events(folder: Path, **options: object) -> str:
    out = StringIO()
    call_command("import_events", folder, **{"network": "voices", "stdout": out, **options})
    return out.getvalue()


def export_events(folder: Path) -> str:
    out = StringIO()
    call_command("export_events", folder, network="voices", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("network")
def test_import_events_reports_every_oddity_with_file_and_line(folder: Path) -> None:
    assert import_events(folder) == (
        "2021-02-10-community-of-practice.md:5: The text calls this the first meeting; by date it is the second.\n"
        "2021-03-01-fair.markdown:1: The date 2021-03-01 is taken from the file's name.\n"
        "2021-03-01-fair.markdown:3: The category “speeking” is read as “speaking”.\n"
        "2021-03-01-fair.markdown:5: The text speaks of the event as still to come, though it is over.\n"
        "3 files: 3 meetings made, 0 updated, 0 unchanged, 0 not read; 4 oddities.\n"
    )
    assert list(Meeting.objects.order_by("starts_at").values_list("slug", "series__slug", "number", "state")) == [
        ("2021-01-13-community-of-practice", "community-of-practice", 1, "published"),
        ("2021-02-10-community-of-practice", "community-of-practice", 2, "published"),
        ("2021-03-01-fair", None, None, "published"),
    ]


@pytest.mark.usefixtures("network")
def test_import_events_again_says_that_nothing_changed(folder: Path) -> None:
    import_events(folder)
    Meeting.objects.filter(number=1).update(title="Brooks")
    assert import_events(folder).splitlines()[-2:] == [
        "3 files: 0 meetings made, 0 updated, 3 unchanged, 0 not read; 4 oddities.",
        "1 values that were changed here since the last import are kept.",
    ]


@pytest.mark.usefixtures("network")
def test_import_events_leaves_numbers_alone_that_somebody_changed(folder: Path) -> None:
    import_events(folder)
    Meeting.objects.filter(number=2).update(number=7)
    import_events(folder)
    assert set(Meeting.objects.exclude(series=None).values_list("number", flat=True)) == {1, 7}


def test_import_events_uses_the_networks_only_series(folder: Path, series: Series) -> None:
    import_events(folder)
    assert series.meetings.count() == 2
    assert Series.objects.count() == 1


def test_import_events_makes_the_series_named(folder: Path, series: Series) -> None:
    import_events(folder, series="rivers")
    assert series.meetings.count() == 0
    made = Series.objects.get(slug="rivers")
    assert (made.title, made.meetings.count()) == ("Rivers", 2)


@pytest.mark.usefixtures("network")
def test_import_events_goes_on_after_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "2021-01-01-broken.md").write_bytes(b"---\ntitle: Caf\xe9\n---\n")
    (folder / "2021-01-02-gone.md").symlink_to(folder / "nowhere")
    (folder / "undated.md").write_text("---\ntitle: T\n---\n")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as caught:
        import_events(folder, stdout=out, stderr=err)
    assert (str(caught.value), caught.value.returncode) == ("3 of 6 files could not be read; the others are in.", 1)
    assert err.getvalue() == (
        "error: 2021-01-01-broken.md:2: The byte 0xE9 is not UTF-8; please save the file as UTF-8.\n"
        "error: 2021-01-02-gone.md:1: The file cannot be opened (No such file or directory).\n"
        "error: undated.md:1: There is no date, neither in the front matter nor in the file's name.\n"
    )
    assert (
        out.getvalue().splitlines()[-1] == "6 files: 3 meetings made, 0 updated, 0 unchanged, 3 not read; 4 oddities."
    )


@pytest.mark.usefixtures("network")
def test_import_events_says_which_name_is_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/2021-01-13-\xff.md")).write_text("---\ntitle: T\n---\n")
    err = StringIO()
    with pytest.raises(CommandError):
        import_events(tmp_path, stderr=err)
    assert err.getvalue() == "error: 2021-01-13-\N{REPLACEMENT CHARACTER}.md:1: The file's name is not UTF-8.\n"


@pytest.mark.usefixtures("network")
def test_import_events_counts_on_a_terminal_and_prints_nothing_that_moves_the_cursor(tmp_path: Path) -> None:
    (tmp_path / "2021-01-13-a.md").write_text("---\ntitle: T\ndate: 2021-01-13\ncategory: \x1b[31mred\n---\n")
    shown = import_events(tmp_path, stdout=(out := Terminal())) + out.getvalue()
    assert shown.startswith("\r1 of 1 files\n")
    assert "\x1b" not in shown


@pytest.mark.usefixtures("network")
def test_import_events_tells_what_is_still_a_draft(tmp_path: Path) -> None:
    (tmp_path / "2099-01-13-a.md").write_text("---\ntitle: T\ndate: 2099-01-13\n---\n")
    assert import_events(tmp_path).splitlines() == [
        "1 files: 1 meetings made, 0 updated, 0 unchanged, 0 not read; 0 oddities.",
        "1 meetings are still to come and are drafts: publish them when ready.",
    ]


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"network": "elsewhere"}, "There is no network at “elsewhere”. There are: voices."),
        ({}, "There are no .md files in {folder}."),
    ],
)
def test_import_events_says_what_is_missing(tmp_path: Path, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError) as caught:
        import_events(tmp_path, **options)
    assert str(caught.value) == sentence.format(folder=tmp_path)


@pytest.mark.usefixtures("network")
def test_import_events_wants_a_short_name_for_the_series(folder: Path) -> None:
    with pytest.raises(CommandError, match="small letters, digits and hyphens only"):
        import_events(folder, series="Our Rivers")
    assert Series.objects.count() == 0


@pytest.mark.usefixtures("network")
def test_import_events_takes_back_what_the_database_refuses_and_goes_on(folder: Path) -> None:
    (folder / "2021-02-01-refused.md").write_text("---\ntitle: T\ndate: 2021-02-01\ntopics: Eels\n---\n")

    def refuse(**kwargs: object) -> None:
        raise IntegrityError

    out, err = StringIO(), StringIO()
    pre_save.connect(refuse, sender=Topic)
    try:
        with pytest.raises(CommandError):
            import_events(folder, stdout=out, stderr=err)
    finally:
        pre_save.disconnect(refuse, sender=Topic)
    assert err.getvalue() == "error: 2021-02-01-refused.md:1: The database refused it (IntegrityError).\n"
    assert sorted(Meeting.objects.values_list("title", flat=True)) == ["Fair", "Rivers", "Rivers"]


@pytest.mark.usefixtures("network")
def test_import_events_wants_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        import_events(tmp_path / "nowhere")


@pytest.mark.usefixtures("network")
def test_no_corruption_of_any_file_stops_a_run(tmp_path: Path) -> None:
    dice = random.Random(20310514)
    sources = [path.read_bytes() for path in PATHS] or [MEETING.format(day="2021-01-13").encode() * 20]
    for number in range(60):
        data = bytearray(dice.choice(sources))
        for _ in range(dice.randint(1, 30)):
            place = dice.randrange(len(data))
            data[place : place + dice.randint(0, 40)] = dice.randbytes(dice.randint(0, 3))
        (tmp_path / f"2021-01-{1 + number % 28:02}-{number}.md").write_bytes(bytes(data))
    out, err = StringIO(), StringIO()
    with contextlib.suppress(CommandError):
        import_events(tmp_path, stdout=out, stderr=err)
    failed = len(err.getvalue().splitlines())
    assert Meeting.objects.count() == 60 - failed
    assert f"60 files: {60 - failed} meetings made, 0 updated, 0 unchanged, {failed} not read;" in out.getvalue()
    again = StringIO()
    with contextlib.suppress(CommandError):
        import_events(tmp_path, stdout=again, stderr=StringIO())
    assert f"60 files: 0 meetings made, 0 updated, {60 - failed} unchanged, {failed} not read;" in again.getvalue()
    assert "are kept" not in again.getvalue()
    export_events(tmp_path / "out")
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == {name: (tmp_path / name).read_bytes() for name in written}
    assert len(written) == 60 - failed


@pytest.mark.usefixtures("network")
def test_export_events_writes_the_files_that_came_in(folder: Path, tmp_path: Path) -> None:
    import_events(folder)
    out = tmp_path / "out"
    assert export_events(out) == "3 meetings: 3 files written, 0 were the same already.\n"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".txt"
    }
    assert export_events(out) == "3 meetings: 0 files written, 3 were the same already.\n"


@pytest.mark.usefixtures("network")
def test_export_events_says_which_network_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no network at “elsewhere”"):
        call_command("export_events", tmp_path, network="elsewhere")
