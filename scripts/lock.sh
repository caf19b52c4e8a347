#!/bin/sh
# Writes locks/ anew from pyproject.toml: one version of every package, for all systems and Pythons that it allows.
set -eu
cd "$(dirname "$0")/.."

# Where packages come from is the reader's own pip configuration: no address stands in a lock.
lock() {
    out=locks/$1.txt
    shift
    .venv/bin/uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --upgrade --quiet \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$out"
}

.venv/bin/python -m pip install --quiet uv
lock dev --extra dev --extra fast --extra second
lock run --constraint locks/dev.txt
lock second --extra second --constraint locks/dev.txt
lock cluster --extra cluster --constraint locks/dev.txt
lock bench --extra bench --constraint locks/dev.txt
grep '^tesserocr==' locks/dev.txt >locks/fast.txt
lock dev --extra dev --constraint locks/run.txt
# botocore wants a python-dateutil older than all others here take; what the tests of S3 run with is that of the others.
override=$(mktemp)
grep '^python-dateutil==' locks/dev.txt >"$override"
lock s3 --extra s3test --constraint locks/dev.txt --override "$override"
grep -v -- "--override $override" locks/s3.txt >"$override.lock"  # whose name is of this machine
mv "$override.lock" locks/s3.txt
rm "$override"
