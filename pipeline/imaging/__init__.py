"""Pixels only: what is ink, how a page lies, where lines run and where text is. Knows no tables and no SOPs."""
