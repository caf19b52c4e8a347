"""Header, list items, signature and matrix of one SOP, in the document's own words."""
