"""What is said of documents, files and folders that cannot be read or written: every sentence in one place."""

from __future__ import annotations

TIMED_OUT = "given up: it took longer than {seconds:g} seconds"
TIMED_OUT_ON_PAGE = "given up: a page took longer than {seconds:g} seconds, after {pages} that were read"
TOO_MUCH_MEMORY = "given up: it took more than {megabytes:g} MB of memory"
DIED = "the process that read it died twice: out of memory, or a crash in a library ({how})"
RETRY = "; it is tried again when the file changes, or with --retry"
NOT_STARTED = "no process that reads documents could be started: {why}"
NOT_STARTED_ADVICE = "Free memory, or give fewer --jobs."

FILE_TOO_LARGE = "the file is larger than {megabytes:g} MB"
TOO_MANY_PAGES = "it has {pages} pages, more than {limit}"
TOO_MANY_PIXELS = "a picture of {width} x {height} pixels is larger than {megapixels:g} megapixels"
TOO_MUCH_TEXT = "it holds more than {megabytes:g} MB of text"
OUT_OF_MEMORY = "reading it takes more memory than there is"
NESTED_TOO_DEEP = "what it holds is nested too deep"

NOT_A_FILE = "it is no ordinary file: a link that leads nowhere or in a circle, a pipe or a device"
CANNOT_BE_OPENED = "the file cannot be opened: {why}"
FOLDER_CANNOT_BE_READ = "the folder cannot be read: {why}"

DISK_REFUSES = "{path} cannot be written: {why}"
