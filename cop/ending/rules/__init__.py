"""Pages as plain files."""
