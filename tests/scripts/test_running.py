"""The parts of `make run`, `make test` and `make check` that decide what a person is told."""

import socket
import sys
import time
from pathlib import Path

import pytest

from scripts.check import is_wanted
from scripts.run import end, look_after, refuse_busy, start
from scripts.test import Count, read_count

REPORT = """<testsuites><testsuite tests="7" failures="1" errors="2" skipped="1"/></testsuites>"""


def test_look_after_says_which_process_ended_and_end_stops_the_other(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    processes = {"web server": start(lambda: sys.exit(3)), "worker": start(lambda: time.sleep(60))}
    assert look_after(processes, tmp_path) == 1
    assert capfd.readouterr().out == "The web server has ended (exit status 3); stopping the other.\n"
    end(processes)
    assert [process.exitcode for process in processes.values()] == [3, -15]


def test_port_in_use_is_said_with_another_to_take() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as refused:
            refuse_busy(port)
    assert str(refused.value) == (
        f"Port {port} of 127.0.0.1 cannot be used (Address already in use). "
        f"Stop the other program, or take another port: make run PORT={port + 1}"
    )


def test_report_of_pytest_is_read_and_added_up(tmp_path: Path) -> None:
    (tmp_path / "sqlite.xml").write_text(REPORT)
    total = read_count(tmp_path / "sqlite.xml") + Count(passed=4) + read_count(tmp_path / "absent.xml")
    assert str(total) == "7 passed, 3 failed, 1 skipped"


def test_requirement_of_an_extra_counts_only_where_the_extra_was_asked_for() -> None:
    assert is_wanted("asgiref>=3.8", set())
    assert is_wanted("fido2>=1.1; extra == 'mfa'", {"mfa"})
    assert not is_wanted("fido2>=1.1; extra == 'mfa'", set())
