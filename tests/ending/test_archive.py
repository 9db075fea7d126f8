"""The public site as plain files: whole, without members' data, and every link of it leads somewhere (B98)."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cop.ending.models import Parcel, ParcelPart
from cop.ending.packing import write_zip
from cop.ending.parcels import ask_for, forget_parcels, pack
from cop.ending.site import visit
from events.actions.uploading import keep_file
from events.models import Material, Meeting, Speaker
from members.models import Network, User
from notes.models.editions import Circulation, Edition
from tests.conftest import signed_in
from tests.ending.links import dead_links
from tests.events.real_files import FOLDER, PATHS, needs_real_files
from tests.post import run_waiting_tasks

pytestmark = pytest.mark.django_db


def archive_of(network: Network) -> dict[str, bytes]:
    return dict(visit(network).files())


@needs_real_files
def test_all_real_meetings_are_in_it_and_every_link_leads_somewhere(network: Network) -> None:
    call_command("import_events", FOLDER, network=network.slug, stdout=io.StringIO())
    files = archive_of(network)
    assert sum(bool(re.fullmatch(r"meetings/[^/]+/index\.html", name)) for name in files) == len(PATHS) == 85
    assert dead_links(files) == []
    for meeting in Meeting.objects.filter(series__isnull=False):
        page = files[f"meetings/{meeting.slug}/index.html"].decode()
        assert f"Meeting {meeting.number} of" in page
        public = meeting.materials.filter(visibility=Material.Visibility.PUBLIC)
        assert all(one.url.replace("&", "&amp;") in page for one in public)


def test_what_only_members_read_is_not_in_it(network: Network, meeting: Meeting, mira: User) -> None:
    """What anybody finds is what a stranger reads on the site (R12)."""
    add = meeting.materials.create
    add(kind="slides", title="Slides for members", url="https://files.example/secret", visibility="members")
    add(kind="recording", title="Film for all", url="https://films.example/open", visibility="public")
    edition = Edition.objects.create(
        meeting=meeting,
        number=1,
        title="Notes",
        content=[{"title": "Discussion", "lines": [{"text": "Juries need time.", "attribution": ""}]}],
        made_on=timezone.localdate(),
    )
    Circulation.objects.create(edition=edition, circulated_at=timezone.now())
    draft = Meeting.objects.get()
    draft.pk, draft.slug, draft.theme, draft.state, draft.number = None, "draft", "Not announced", "draft", None
    draft.calendar_uid = "12345678123456781234567812345678"
    draft.save()
    meeting.registrations.create(user=mira, name=mira.name)
    whole = b"\n".join(archive_of(network).values())
    assert b"https://films.example/open" in whole
    assert b"Notes of this meeting" in whole
    for hidden in (b"files.example/secret", b"Juries need time", b"Not announced", b"secret-room", b"Mira", b"mira@"):
        assert hidden not in whole


def test_links_that_lead_nowhere_break_no_archive(network: Network, meeting: Meeting) -> None:
    """A speaker writes them into an abstract: the words stay, and lead nowhere."""
    links = ("/static/nothing", "/static//etc/hosts", "/static/", "/static/css", "//[", f"/static/{'a' * 300}")
    text = " ".join(f"[wombat{number}]({link})" for number, link in enumerate(links))
    meeting.agenda.filter(kind="talk").update(description=text)
    page = archive_of(network)[f"meetings/{meeting.slug}/index.html"].decode()
    assert "wombat0" in page
    assert "wombat5" in page
    assert "static/nothing" not in page


@pytest.mark.usefixtures("files_in_memory")
def test_what_speakers_gave_for_everybody_comes_along_under_a_name_that_opens(
    network: Network, meeting: Meeting
) -> None:
    """Photos and slides have addresses without an ending; from a disk they are opened by it."""
    speaker = Speaker.objects.get()
    Speaker.objects.update(name_seen_by="public", slides_seen_by="members")
    photo, slides = keep_file(speaker, "photo", b"a photo"), keep_file(speaker, "slides", b"for members")
    files = archive_of(network)
    assert files[f"media/{photo.key}.jpg"] == b"a photo"
    page = files[f"meetings/{meeting.slug}/index.html"].decode()
    assert f'src="../../media/{photo.key}.jpg"' in page
    assert dead_links(files) == []
    assert str(slides.key) not in "".join(files)
    Speaker.objects.update(name_seen_by="members")
    assert not [name for name in archive_of(network) if name.startswith("media/")]


def test_the_archive_of_a_network_at_rest_says_where_to_go_on(network: Network, meeting: Meeting) -> None:
    Network.objects.update(
        rested_at=timezone.now(), rest_sentence="We go on elsewhere.", rest_link="https://x.example/"
    )
    network.refresh_from_db()
    page = archive_of(network)["index.html"].decode()
    assert "We go on elsewhere." in page
    assert "Join" not in page


def test_the_command_writes_a_folder_or_a_zip(network: Network, meeting: Meeting, tmp_path: Path) -> None:
    """The same pages make the same zip, byte for byte."""
    said, again = io.StringIO(), io.BytesIO()
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        call_command("export_archive", "voices", tmp_path / "site", stdout=said)
        call_command("export_archive", "voices", tmp_path / "site.zip", stdout=said)
        count = write_zip(network, again)
    assert again.getvalue() == (tmp_path / "site.zip").read_bytes()
    assert said.getvalue() == f"{count} files written. Open index.html to read them.\n" * 2
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        in_zip = {name: packed.read(name) for name in packed.namelist()}
    on_disk = {
        f"voices/{path.relative_to(tmp_path / 'site').as_posix()}": path.read_bytes()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    assert in_zip == on_disk
    assert len(in_zip) == count
    for where, why in (("site", "is not empty"), ("site.zip", "is there already")):
        with pytest.raises(CommandError, match=why):
            call_command("export_archive", "voices", tmp_path / where)
    with pytest.raises(CommandError, match="no network"):
        call_command("export_archive", "nowhere", tmp_path / "x")


def test_an_organiser_has_it_packed_and_takes_it_along(network: Network, meeting: Meeting, olive: User) -> None:
    client = signed_in(olive)
    asked = client.post("/admin/ending/parcel/add/", {"network": network.pk, "kind": "archive"})
    parcel = Parcel.objects.get()
    assert asked["Location"] == f"/admin/ending/parcel/{parcel.pk}/change/"
    assert "It is being packed." in client.get(asked["Location"]).text
    assert client.post(f"/admin/ending/parcel/{parcel.pk}/download/").status_code == 404
    run_waiting_tasks()
    assert "Download voices-" in client.get(asked["Location"]).text
    answer = client.post(f"/admin/ending/parcel/{parcel.pk}/download/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert int(answer["Content-Length"]) == len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        assert "voices/index.html" in packed.namelist()
    assert b"PK" not in bytes(ParcelPart.objects.first().sealed)[:64]  # type: ignore[union-attr]  # there is one
    pack.call(parcel.pk)
    assert ParcelPart.objects.count() == 1


def test_other_networks_are_nobodys_to_take_along(
    network: Network, meeting: Meeting, otto: User, noor: User, olive: User
) -> None:
    parcel = ask_for(network, Parcel.Kind.ARCHIVE, by=olive)
    run_waiting_tasks()
    for user in (otto, noor):
        client = signed_in(user)
        assert client.get(f"/admin/ending/parcel/{parcel.pk}/change/").status_code == 404
        assert client.post(f"/admin/ending/parcel/{parcel.pk}/download/").status_code == 404
    wrong = signed_in(otto).post("/admin/ending/parcel/add/", {"network": network.pk, "kind": "archive"})
    assert wrong.status_code == 422
    assert signed_in(noor).get("/admin/ending/parcel/add/").status_code == 403
    assert Parcel.objects.count() == 1


def test_what_cannot_be_packed_says_so(network: Network, olive: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(network: Network, file: object) -> int:
        raise OSError("no space")

    monkeypatch.setattr("cop.ending.parcels.PACKERS", {"archive": breaks})
    parcel = ask_for(network, Parcel.Kind.ARCHIVE, by=olive)
    with pytest.raises(OSError, match="no space"):
        pack.call(parcel.pk)
    assert "It could not be packed." in signed_in(olive).get(f"/admin/ending/parcel/{parcel.pk}/change/").text


def test_what_was_packed_is_forgotten_after_a_week(network: Network, olive: User) -> None:
    parcel = ask_for(network, Parcel.Kind.ARCHIVE, by=olive)
    run_waiting_tasks()
    assert forget_parcels(parcel.created_at + Parcel.KEPT_FOR) == 0
    assert forget_parcels(parcel.created_at + Parcel.KEPT_FOR + timedelta(seconds=1)) == 1
    assert ParcelPart.objects.count() == 0
