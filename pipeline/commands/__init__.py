"""The commands of `sop`, by subject: what each is told, and what it does with it."""
