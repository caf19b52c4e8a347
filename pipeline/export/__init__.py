"""The contents of files: records and documents as JSON, pages as pictures of what was found on them."""
