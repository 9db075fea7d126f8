"""The run-sheet: what is next, and what wants a hand (B73, B85). The panel's front page."""
