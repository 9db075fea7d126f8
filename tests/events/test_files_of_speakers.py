"""Photos and slides that speakers give: who gets them, how they are sent, and that they go (B44, B45, B92)."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cop.lib import apart
from cop.lib.apart import EndedBadly, run_apart
from cop.lib.files.refusing import Refused, Why
from events.actions.uploading import clean, keep_file, sweep
from events.forms.speakers import WHY_NOT
from events.media import FOR_ITS_OWNERS, FOR_MEMBERS, address_for
from events.models import Material, Meeting, Speaker, Upload
from events.models.uploads import kept_files
from members.actions.erasing import erase
from members.models import User
from tests.conftest import signed_in
from tests.events.test_talk_page import ana, answers, old_stamp, page_of  # noqa: F401 - a fixture of that page
from tests.lib.test_files import paper, picture, written

pytestmark = pytest.mark.usefixtures("files_in_memory")
NOW = datetime(2036, 12, 1, 9, tzinfo=UTC)


def give(speaker: Speaker, kind: str, words: bytes, choice: str = "") -> Upload:
    """A file that is clean already, and what its speaker chose."""
    Speaker.objects.filter(pk=speaker.pk).update(name_seen_by=choice, slides_seen_by=choice)
    return keep_file(speaker, kind, words)


def held() -> list[bytes]:
    files = kept_files()
    return sorted(files.open(name).read() for name in files.listdir("")[1])


def lasting(upload: Upload) -> str:
    return reverse("events:file", args=[upload.key])


def test_a_photo_and_slides_come_by_the_page_and_stand_on_the_meetings(client: Client, ana: Speaker) -> None:  # noqa: F811 - the fixture
    """By the whole way: what is stored was written anew, in a process apart."""
    files = {
        "photo": SimpleUploadedFile("me.exe", picture("PNG"), "application/x-msdownload"),
        "slides": SimpleUploadedFile("deck.html", written(paper()), "text/html"),
    }
    sent = answers(ana, name_seen_by="public", slides_seen_by="public") | files
    assert client.post(page_of(ana), sent).status_code == 302
    photo, slides = Upload.objects.order_by("kind")
    page = client.get(ana.agenda_item.meeting.get_absolute_url()).content.decode()
    assert f'src="{lasting(photo)}"' in page
    assert f'{lasting(slides)}"' in page
    assert [one[:4] for one in held()] == [b"%PDF", b"\xff\xd8\xff\xe0"]
    assert "Zinnia" not in b"".join(held()).decode("latin-1")
    assert "exe" not in photo.stored_as
    for name in ("no_photo", "no_slides"):
        assert client.post(page_of(ana), answers(ana) | {name: "on"}).status_code == 302
    assert not Upload.objects.exists()
    assert not Material.objects.exists()


def test_a_bad_file_says_why_keeps_what_was_typed_and_stores_nothing(client: Client, ana: Speaker) -> None:  # noqa: F811 - the fixture
    files = {
        "photo": SimpleUploadedFile("me.jpg", b"<script>"),
        "slides": SimpleUploadedFile("deck.pdf", b"PK\x03\x04"),
    }
    response = client.post(page_of(ana), answers(ana, biography="I ride.") | files)
    page = response.content.decode()
    assert response.status_code == 422
    assert "A photo has to be a JPEG, PNG or WebP" in page
    assert "This is a file of an office program" in page
    assert "I ride." in page
    assert held() == []


@pytest.mark.parametrize("kind", ["photo", "slides"])
@pytest.mark.parametrize(
    ("choice", "answers_to"),
    [
        ("public", {"stranger": 200, "member": 200, "other": 200, "organiser": 200}),
        ("members", {"stranger": 404, "member": 302, "other": 404, "organiser": 302}),
        ("nobody", {"stranger": 404, "member": 404, "other": 404, "organiser": 302}),
        ("", {"stranger": 404, "member": 404, "other": 404, "organiser": 302}),
    ],
)
class TestWhoGetsAFile:
    def test_is_as_its_speaker_chose(
        self, request: pytest.FixtureRequest, meeting: Meeting, kind: str, choice: str, answers_to: dict[str, int]
    ) -> None:
        upload = give(Speaker.objects.get(), kind, b"Bytes", choice)
        readers = {"member": "mira", "other": "otto", "organiser": "olive"}
        people = {who: signed_in(request.getfixturevalue(name)) for who, name in readers.items()} | {
            "stranger": Client()
        }
        found = {who: person.get(lasting(upload)) for who, person in people.items()}
        assert {who: answer.status_code for who, answer in found.items()} == answers_to
        for answer in found.values():
            if answer.status_code == 302:
                assert b"".join(Client().get(answer["Location"])) == b"Bytes"


def test_is_sent_so_that_nothing_in_it_runs_and_nobody_keeps_it(mira: User, meeting: Meeting) -> None:
    """Threats 29 and 31: cookieless, sandboxed, never guessed at."""
    for kind, sent_as in (("photo", 'inline; filename="photo.jpg"'), ("slides", "attachment; filename=")):
        upload = give(Speaker.objects.get(), kind, b"Bytes", "public")
        for path in (lasting(upload), address_for(upload, FOR_MEMBERS)):
            response = signed_in(mira).get(path)
            assert response["Content-Disposition"].startswith(sent_as)
            assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Cross-Origin-Resource-Policy"] == "same-origin"
            assert response["Cache-Control"] == "private, no-store"
            assert response["Content-Type"] in ("image/jpeg", "application/pdf")
            assert not response.cookies


def test_a_path_for_an_hour_ends_with_the_hour_and_with_the_choice(client: Client, meeting: Meeting) -> None:
    upload = give(Speaker.objects.get(), "photo", b"Bytes", "members")
    path = address_for(upload, FOR_MEMBERS)
    assert client.get(path).status_code == 200
    with patch.object(TimestampSigner, "timestamp", lambda self: old_stamp(datetime.now(UTC) - timedelta(hours=2))):
        old = address_for(upload, FOR_MEMBERS)
    assert client.get(old).status_code == 404
    assert client.get(path.replace("/media/read/", "/media/read/9")).status_code == 404
    Speaker.objects.update(name_seen_by="nobody")
    assert client.get(path).status_code == 404
    assert client.get(address_for(upload, FOR_ITS_OWNERS)).status_code == 200
    assert client.post(path).status_code == 405


def test_a_file_of_a_draft_is_nobodys_yet(client: Client, meeting: Meeting) -> None:
    upload = give(Speaker.objects.get(), "photo", b"Bytes", "public")
    Meeting.objects.update(state="draft")
    assert client.get(lasting(upload)).status_code == 404


@pytest.mark.django_db(transaction=True)
class TestBytesGoWithTheirRow:
    def test_when_they_are_replaced(self, meeting: Meeting) -> None:
        give(Speaker.objects.get(), "slides", b"First")
        give(Speaker.objects.get(), "slides", b"Second")
        assert held() == [b"Second"]
        assert Material.objects.count() == 1

    def test_when_whatever_they_hang_on_is_deleted_or_their_speaker_erased(self, meeting: Meeting) -> None:
        speaker = Speaker.objects.get()
        give(speaker, "photo", b"Photo")
        Speaker.objects.update(email="tove@fjord.example")
        erase("tove@fjord.example", at=NOW)
        assert held() == []
        give(speaker, "slides", b"Slides")
        meeting.delete()
        assert held() == []

    def test_but_not_where_that_is_taken_back(self, meeting: Meeting) -> None:
        give(Speaker.objects.get(), "photo", b"First")
        with transaction.atomic():
            Upload.objects.get().delete()
            transaction.set_rollback(True)
        assert held() == [b"First"]

    def test_what_no_row_has_is_swept_away_after_a_day(self, meeting: Meeting) -> None:
        give(Speaker.objects.get(), "photo", b"Kept")
        Upload.objects.create(speaker=Speaker.objects.get(), kind="slides", size=1, stored_as="gone")
        files = kept_files()
        files.save("left", ContentFile(b"Left"))
        later = datetime.now(UTC) + timedelta(days=2)
        assert (sweep(datetime.now(UTC)), held()) == (0, [b"Kept", b"Left"])
        with patch("events.actions.uploading.is_within", return_value=True):
            assert (sweep(later), held()) == (1, [b"Kept"])


def test_two_files_at_once_and_whoever_waits_too_long_hears_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine is not filled by many who send files at once."""
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.01)
    with apart.TURNS, apart.TURNS:
        with pytest.raises(Refused) as refused:
            clean("photo", b"any")
        assert "send the file in a minute" in str(WHY_NOT[refused.value.why])
    with pytest.raises(Refused) as refused:
        clean("photo", b"")
    assert refused.value.why == Why.EMPTY


def test_whatever_ends_badly_in_the_process_apart_is_a_broken_file() -> None:
    with pytest.raises(EndedBadly):
        run_apart("cop.lib.files", "nothing", given=b"", most_seconds=20)
    with pytest.raises(Refused):
        clean("photo", b"")
