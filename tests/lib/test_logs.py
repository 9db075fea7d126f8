"""Logs hold no personal link, no address and no error's own words (R15; T34, T35)."""

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from cop.lib.logs import place_of, without_secrets
from cop.lib.signing import personal_token

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /p/12.abc-D_e/registration/", "Not Found: /p/…/registration/"),
        ('"GET /p/12.abc HTTP/1.1" 404', '"GET /p/… HTTP/1.1" 404'),
        ("/accounts/login/?next=/p/12.abc/join/&x=1", "/accounts/login/?next=/p/…/join/&x=1"),
        ("?next=%2Fp%2F12.abc%2Fjoin%2F", "?next=%2Fp%2F…%2Fjoin%2F"),
        ("?next=%252fp%252f12.abc%252fjoin", "?next=%252fp%252f…%252fjoin"),
        ("/p/12%2Eabc/join/ /p/13.d/", "/p/…/join/ /p/…/"),
        ('"GET /media/read/4:abc-D_e/ HTTP/1.1" 200', '"GET /media/read/…/ HTTP/1.1" 200'),
        ("?next=%2Fmedia%2Fread%2F4%3Aabc%2F", "?next=%2Fmedia%2Fread%2F…%2F"),
        ("Key (lower(email))=(mira@river.example) exists", "Key (lower(email))=(…) exists"),
        ("/?email=mira.n+x%40river.example&a=b", "/?email=…&a=b"),
        (
            "/voices/meetings/2037-01-14/ and /map/12.abc/ cost 3 @ 4",
            "/voices/meetings/2037-01-14/ and /map/12.abc/ cost 3 @ 4",
        ),
    ],
)
def test_tokens_and_addresses_are_left_out(said: str, kept: str) -> None:
    assert without_secrets(said) == kept


def test_leaving_them_out_takes_no_time() -> None:
    """A visitor chooses what an address is made of."""
    begun = time.process_time()
    for piece in ("a", "/p/", "a@", "%25", ".a"):
        without_secrets(piece * 50_000)
    assert time.process_time() - begun < 5


def test_place_of_an_error_names_kinds_and_lines_and_none_of_its_words() -> None:
    try:
        try:
            raise KeyError("quokka")
        except KeyError as first:
            raise ValueError("wombat") from first
    except ValueError as error:
        told = place_of(error)
    assert told.splitlines()[-1] == "builtins.ValueError"
    assert "builtins.KeyError" in told
    assert told.count("in test_place_of_an_error") == 2
    assert told.count("quokka") == told.count("wombat") == 1  # the two lines of this file


@pytest.fixture
def every_handler(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """What handlers write at any level: on the root, and on loggers that pass nothing on."""
    caplog.set_level(logging.DEBUG)
    for name in ("django.request", "django.security.csrf"):
        caplog.set_level(logging.DEBUG, name)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [
        logging.getLogger(name) for name in ("", "django", "django.request", "django.security.csrf", "gunicorn.error")
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.urls("tests.lib.raising")
def test_an_error_in_a_page_is_logged_by_kind_and_place(
    every_handler: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    token = personal_token("registration", 12)
    answer = Client(raise_request_exception=False).get(f"/p/{token}/twice/?email=canary@quokka.example")
    assert answer.status_code == 500
    written = every_handler.getvalue() + caplog.text
    assert "Internal Server Error: /p/…/twice/" in written
    assert "django.db.utils.IntegrityError" in written
    assert "tests/lib/raising.py" in written
    for secret in (token, token.rpartition(".")[2], "canary@quokka", "CANARY@QUOKKA", "said so"):
        assert secret not in written, secret
        assert secret not in str([vars(record) | {"request": None} for record in caplog.records]), secret
    assert "uokka" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/p/{}/nothing/", "/p/{}/registration/", "/p/{}/sign-in/"])
def test_pages_that_are_not_there_leave_no_token(every_handler: io.StringIO, path: str) -> None:
    token = personal_token("something else", 12)
    strict = Client(enforce_csrf_checks=True)
    strict.get(path.format(token))
    strict.post(path.format(token))
    written = every_handler.getvalue()
    assert path.format("…") in written
    assert token not in written


def test_what_is_logged_by_hand_is_cleaned_too(every_handler: io.StringIO) -> None:
    log = logging.getLogger("gunicorn.error")
    log.error("to %(whom)s at %(where)s", {"whom": "mira@river.example", "where": 3})
    log.error("%s, %d, %s, %r", ValueError("quokka"), 3, "/p/12.abc/", None)
    assert every_handler.getvalue().splitlines()[:1] == ["to … at 3"]
    assert "ValueError, 3, /p/…/, None" in every_handler.getvalue()
    assert "quokka" not in every_handler.getvalue()


# -- The web server itself -------------------------------------------------------------------------------------------


def ask(port: int, path: str) -> tuple[int, str]:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The web server does not answer.")


def test_web_server_writes_no_token_and_the_page_for_errors_needs_no_database(tmp_path: Path) -> None:
    """A real gunicorn, its lines about requests switched on, over a database without tables."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL", "DEBUG")}
    env = {**kept, "VAR_DIR": str(tmp_path), "SITE_URL": "http://127.0.0.1:8000"}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "gunicorn", "cop.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--access-logfile", "-"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
        )
        try:
            token = personal_token("registration", 12)
            status, page = ask(port, f"/p/12.{token}/confirm/")
            missing, _page = ask(port, f"/p/{token}/nothing/?email=canary@quokka.example")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    assert (status, missing) == (503, 503)
    assert "Back in a few minutes" in page
    written = (tmp_path / "log").read_text()
    assert "GET /p/…/confirm/" in written
    assert "GET /p/…/nothing/" in written
    assert "Service Unavailable: /p/…/confirm/" in written
    assert "django.db.utils.OperationalError" in written
    assert token.rpartition(".")[2] not in written
    assert "no such table" not in written
    assert "canary" not in written
