"""What is said of documents, files and folders that cannot be read or written: every sentence in one place.

`format` fills their places.
"""

from __future__ import annotations

from pipeline.message import msg

TIMED_OUT = msg("given up: it took longer than {seconds} seconds")
TIMED_OUT_ON_PAGE = msg("given up: a page took longer than {seconds} seconds, after {pages} that were read")
TOO_MUCH_MEMORY = msg("given up: it took more than {megabytes} MB of memory")
DIED = msg("the process that read it died twice: out of memory, or a crash in a library ({how})")
KILLED = msg("the process that read it was killed again and again ({how}); the next run tries it anew")
RETRY = msg("{fault}; it is tried again when the file changes, or with --retry")
NOT_STARTED = msg("no process that reads documents could be started: {why}")
NOT_STARTED_ADVICE = msg("Free memory, or give fewer --jobs.")

FILE_TOO_LARGE = msg("the file is larger than {megabytes} MB")
TOO_MANY_PAGES = msg("it has {pages} pages, more than {limit}")
TOO_MANY_PIXELS = msg("a picture of {width} x {height} pixels is larger than {megapixels} megapixels")
PICTURE_TOO_LARGE = msg("the picture is larger than any that is read")
TOO_MUCH_TEXT = msg("it holds more than {megabytes} MB of text")
OUT_OF_MEMORY = msg("reading it takes more memory than there is")
NESTED_TOO_DEEP = msg("what it holds is nested too deep")

NOT_A_FILE = msg("it is no ordinary file: a link that leads nowhere or in a circle, a pipe or a device")
CANNOT_BE_OPENED = msg("the file cannot be opened: {why}")
FOLDER_CANNOT_BE_READ = msg("the folder cannot be read: {why}")

OLD_RECORDS = msg("{fault}; the {count} records in its folder are of an earlier reading")
CORRECTED_RECORDS = msg(
    "not written anew: its {count} records were corrected, and there are no corrections for it now;"
    " --corrections DIR says where they are, --no-corrections that they are not wanted"
)
EARLIER = msg("{documents} of earlier runs, not among these inputs: {names}; --prune takes the records out")
NOT_PRUNED = msg("{documents} of earlier runs, left, for a folder that cannot be read may hold them: {names}")
PRUNED = msg("{documents} of earlier runs, taken out: {names}")

IN_USE = msg("{folder} is in use by another run")
IN_USE_BY = msg("{folder} is in use by another run: process {pid} of {user} on {host}, since {since}")
IN_USE_WAITING = msg("{in_use}; this one waits until it is done")
IN_USE_ADVICE = msg("Wait until it is done, with --wait and more seconds, or give another place with --out.")
FILE_IN_USE = msg("{path} is being changed by another program")
FILE_IN_USE_ADVICE = msg("Nothing was written: try again when that is done.")
FOLDER_LOST = msg("another machine writes into {folder} now, for this one was not heard of for a minute")
FOLDER_LOST_ADVICE = msg("Run again: what was read so far is kept.")

NOT_WRITTEN = msg("{path} cannot be written: {why}")
NOT_REACHED = msg("{path} cannot be reached: {why}")
NOT_REMOVED = msg("{path} cannot be removed: {why}")
DISK_FULL = msg("the disk is full: {why}")
STORE_LOST = msg("{store} does not answer: {why}")
STORE_REFUSES = msg("{store} is refused: {why}")
STORE_ADVICE = msg("Check the network, the address and the credentials, and run it again: it goes on where it ended.")
INSTALL_STORE = msg("docs/scale.md says which package reaches which store.")
GIVE_ROOM = msg("Make room on the disk, or give another place with --out.")
GIVE_PLACE = msg("Give another place with --out.")
GIVE_FILE_PLACE = msg("Something else has its name: move it away, or give another place with --out.")
LOOK_AT_PATH = msg("Check the path, who may read and write it, and the disk or network that it is on.")
GIVE_SCRATCH = msg("Make room, or name other folders, with --out and in TMPDIR for temporary files.")
