"""Cleans one file in a process of its own: what is wrong with it ends this process, and nothing else.

`python -m cop.lib.files picture` (or `logo`, `paper`) reads it from its standard input. Status 0: the clean file is on
the standard output; 3: a word of `Why` is.
"""

import resource
import sys

from cop.lib.files.papers import clean_paper
from cop.lib.files.pictures import clean_logo, clean_picture
from cop.lib.files.refusing import Refused

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 25


def main(kind: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    clean = {"picture": clean_picture, "logo": clean_logo, "paper": clean_paper}[kind]
    try:
        sys.stdout.buffer.write(clean(sys.stdin.buffer.read()))
    except Refused as refused:
        sys.stdout.buffer.write(refused.why.encode())
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
