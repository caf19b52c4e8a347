"""Records and documents as files, and pages as pictures of what was found on them."""
