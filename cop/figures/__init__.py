"""Numbers as pictures, each with its table, and one page of them for whoever pays for a network (B82, B86)."""
