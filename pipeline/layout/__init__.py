"""Which page holds what: ruled and unruled tables, covers and matrices, and where one SOP ends."""
