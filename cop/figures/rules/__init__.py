"""What figures are made of, without Django: which numbers are shown, how time is cut, where a line is drawn."""
