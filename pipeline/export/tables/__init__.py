"""Records as tables with keys: definitions, rows, pandas frames, and the files that are made of them."""
