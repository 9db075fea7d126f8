"""What figures are written down as, without Django."""
