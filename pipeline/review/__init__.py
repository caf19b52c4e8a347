"""The review page: what was read beside the page it was read from, served to a browser on this machine.

`folder` holds the documents of an output folder and writes corrections, `queue` what needs eyes, `fields` what of a
record is shown, `edits` what a reviewer's action says in a corrections file, `page_pictures` the pictures of pages,
`safety` who may ask for what, and `app` the pages themselves.
"""
