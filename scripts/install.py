"""Makes .venv and keeps it in step: `install.py` for what production runs, `install.py dev` adds tools for the tests.

The machine's own python3 starts this, whatever its age, so it is written in words that old ones can read.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main() -> None:
    """Bring .venv up to date, or leave with a sentence that says what is missing and how to get it."""
    dev = "dev" in sys.argv[1:]
    names = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    wanted = "".join((ROOT / name).read_text(encoding="utf-8") for name in names)
    stamp = VENV / "installed.txt"
    if not works(PYTHON):
        make_venv()
    elif stamp.exists() and stamp.read_text(encoding="utf-8").startswith(wanted):
        return
    say(f"Installing {names[-1]} into .venv (a minute or two the first time) ...")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if subprocess.call([*pip, "-r", str(ROOT / names[-1])], stdin=subprocess.DEVNULL) != 0:
        sys.exit(f"Installing {names[-1]} did not work; pip's own words are above. Is the network there? Try again.")
    stamp.write_text(wanted, encoding="utf-8")


def works(python: Path) -> bool:
    """Whether .venv is whole: a copied or half-made one, or one whose Python was removed, is made anew."""
    if not python.exists() or not python.with_name("pip").exists():
        return False
    version = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.call([str(python), "-I", "-S", "-c", version], stderr=subprocess.DEVNULL) == 0


def make_venv() -> None:
    """An empty .venv of this Python."""
    have = ".".join(str(part) for part in sys.version_info[:2])
    if sys.version_info < OLDEST:
        sys.exit(
            f"Python 3.11 or newer is needed, and {sys.executable} is {have}. "
            "If you have a newer one, name it: make run PYTHON=python3.13"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            f"python3 -m venv is not there for {sys.executable}. "
            f"On Debian and Ubuntu it comes with: apt install python3-venv (or python{have}-venv)"
        )
    say(f"Making .venv with Python {have} ...")
    shutil.rmtree(str(VENV), ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)], stdin=subprocess.DEVNULL) != 0:
        shutil.rmtree(str(VENV), ignore_errors=True)
        sys.exit("python3 -m venv did not work; its own words are above. On Debian: apt install python3-venv")


def say(line: str) -> None:
    """Print `line` now, also where output goes into a file."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
