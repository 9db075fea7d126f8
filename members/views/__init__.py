"""Pages about people and their networks."""
