"""What a collection of records is asked: which SOPs, steps, performers and laws it has, and how they relate."""
