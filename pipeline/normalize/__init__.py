"""Words cleaned, numbers, dates and citations read: drafts become records."""
