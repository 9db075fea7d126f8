"""The leak check: would this text tell a reader who was in the room? (R8)"""

from notes.rules.leaks.checking import find_leaks
from notes.rules.leaks.finding import Finding

__all__ = ["Finding", "find_leaks"]
