"""What changed between two versions of a SOP, as people would tell it."""
