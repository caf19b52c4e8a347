"""Files that are written whole or not at all, and a cache of results."""
