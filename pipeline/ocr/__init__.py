"""Text recognition: engines behind one protocol, and what is asked of them for a page."""
