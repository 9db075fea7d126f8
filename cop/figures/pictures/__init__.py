"""Each figure of the page: a sentence, a picture, a table."""
