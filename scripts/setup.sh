#!/bin/sh
# setup.sh run|lint|test|bench: system packages and .venv with the sop command; for `lint` also the tools of developers,
# for `test` what the tests need besides, and for `bench` the fonts of its pages and .venv-bench with other tools.
# Does nothing, quietly, where all of it is there for these very locks.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-run}
venv=.venv
case $purpose in run) stamp=$venv/.setup-run ;; *) stamp=$venv/.setup-dev ;; esac

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- system packages -------------------------------------------------------------------------------------------------

apt_get() {
    command=$1
    shift
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$command" -y --no-install-recommends "$@" >/dev/null 2>&1
}

# Installs Debian packages; fails, without a word, where there is no apt or no right to use it.
apt_install() {
    has apt-get || return 1
    as_root=
    if [ "$(id -u)" != 0 ]; then
        has sudo || return 1
        sudo -n true 2>/dev/null || [ -t 0 ] || return 1 # where nobody sits, nobody can type a password
        as_root=sudo
    fi
    say "installing $*"
    # A fresh machine has no package lists yet; where they are there, the slow update is saved.
    apt_get install "$@" || { apt_get update && apt_get install "$@"; }
}

need_tesseract() {
    languages=$(tesseract --list-langs 2>/dev/null | sort | tr '\n' ' ')
    case "$languages" in *'eng '*'ind '*'osd '*) return ;; esac
    apt_install tesseract-ocr tesseract-ocr-ind tesseract-ocr-eng tesseract-ocr-osd ||
        say "missing, so scans stay unread (text PDFs work): apt-get install tesseract-ocr tesseract-ocr-ind tesseract-ocr-eng"
}

need_browser() {
    { has chromium || has chromium-browser || has google-chrome; } || apt_install chromium ||
        say 'missing, so the tests in a browser are skipped: apt-get install chromium'
    has node || apt_install nodejs || say 'missing, so the tests of scripts are skipped: apt-get install nodejs'
}

need_graphviz() {
    has dot || apt_install graphviz || say 'missing, so the test of DOT files is skipped: apt-get install graphviz'
}

# Debian keeps the server's programs off the path.
need_postgresql() {
    for program in /usr/lib/postgresql/*/bin/initdb; do
        if has initdb || [ -x "$program" ]; then return; fi
    done
    apt_install postgresql || say 'missing, so the test of a database server is skipped: apt-get install postgresql'
}

# What tests run of JavaScript, as locked in tests/javascript.
need_node_packages() {
    locked=$(cksum <tests/javascript/package-lock.json)
    [ "$(cat tests/javascript/node_modules/.setup 2>/dev/null)" != "$locked" ] || return 0
    has npm || apt_install npm || {
        say 'missing, so the tests of exports in JavaScript are skipped: apt-get install npm'
        return
    }
    say 'installing JavaScript packages into tests/javascript/node_modules'
    if npm ci --prefix tests/javascript --ignore-scripts >/dev/null 2>&1; then
        printf '%s\n' "$locked" >tests/javascript/node_modules/.setup
    else
        say 'missing, so the tests of exports in JavaScript are skipped: npm ci failed (is there a network?)'
    fi
}

# --- Python ----------------------------------------------------------------------------------------------------------

# The first Python on the path that is new enough.
find_python() {
    for python in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if has "$python" && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$python"
            return
        fi
    done
    return 1
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

need_venv() {
    # A venv knows its place by heart: one that was moved here is of no use.
    [ "$(cat "$venv/.place" 2>/dev/null)" = "$PWD" ] && "$venv/bin/python" -c 'import pip' 2>/dev/null && return
    python=$(find_python) || { apt_install python3 python3-venv && python=$(find_python); } ||
        stop 'missing: Python 3.11 or later (apt-get install python3 python3-venv)'
    can_make_venv "$python" || apt_install python3-venv || stop 'missing: apt-get install python3-venv'
    can_make_venv "$python" || stop "missing: ensurepip for $("$python" --version) (apt-get install python3-venv)"
    rm -rf "$venv"
    "$python" -m venv "$venv" || stop "missing: $("$python" --version) cannot make $venv"
    pwd >"$venv/.place"
}

# For tests and checks a module is compiled when it is imported first, as most never are: here all take half the time.
pip_install() {
    case $purpose in test | lint) compile=--no-compile ;; *) compile=--compile ;; esac
    "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input $compile "$@"
}

install_packages() {
    say "installing Python packages into $venv"
    case $purpose in run) lock=locks/run.txt ;; *) lock=locks/dev.txt ;; esac
    pip_install -r "$lock" && pip_install --no-deps --editable . ||
        stop "missing: the Python packages of $lock could not be installed (is there a network?)"
    # A Tesseract inside Python is several times faster, but there is not a wheel of it for every system.
    pip_install --only-binary :all: -r locks/fast.txt 2>/dev/null ||
        say 'tesserocr is not there for this system: scans are read by the tesseract program, which is slower'
    # The second reader of scans: likewise, and all works without it.
    pip_install --only-binary :all: -r locks/second.txt 2>/dev/null ||
        say 'onnxruntime is not there for this system: scans are read without a second reader'
}

# A local S3 server and what talks to it; without dependencies, see scripts/lock.sh.
install_s3() {
    [ "$purpose" != run ] || return 0
    pip_install --no-deps -r locks/s3.txt ||
        say 'missing, so the tests of S3 are skipped: the Python packages of locks/s3.txt could not be installed'
}

# What tests need besides Python packages.
need_for_tests() {
    need_browser
    need_graphviz
    need_postgresql
    need_node_packages
}

# What `make bench` measures besides, apart from .venv: img2table brings an OpenCV of its own, PyMuPDF is AGPL.
need_peers() {
    peers=.venv-bench
    locked=$({ pwd; cat locks/bench.txt; } | cksum)
    [ "$(cat "$peers/.setup" 2>/dev/null)" != "$locked" ] || return 0
    say "installing the tools that the project is measured beside into $peers"
    rm -rf "$peers"
    if "$venv/bin/python" -m venv "$peers" && "$peers/bin/python" -m pip install --quiet --quiet \
        --disable-pip-version-check --no-input -r locks/bench.txt; then
        printf '%s\n' "$locked" >"$peers/.setup"
    else
        say 'missing, so other tools are not measured: locks/bench.txt could not be installed (is there a network?)'
    fi
}

# The fonts of bench/held_out.yaml.
need_fonts() {
    for font in crosextra/Carlito crosextra/Caladea liberation/LiberationSansNarrow; do
        [ -e "/usr/share/fonts/truetype/$font-Regular.ttf" ] || {
            apt_install fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation ||
                say 'missing, so scans held out are not measured: apt-get install fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation'
            return
        }
    done
}

# --- once for these locks, in this place -----------------------------------------------------------------------------

wanted=$({ pwd; cat pyproject.toml locks/*.txt scripts/setup.sh; } | cksum)

is_ready() { [ -x "$venv/bin/sop" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; }

need_tesseract
is_ready || need_venv
trap wait EXIT
if [ "$purpose" = test ]; then
    # Beside the Python packages, with which it shares nothing; one after the other where a password may be asked for.
    if [ -t 0 ]; then need_for_tests; else need_for_tests & fi
fi
if ! is_ready; then
    install_packages
    install_s3
    wait
    printf '%s\n' "$wanted" | tee "$stamp" >"$venv/.setup-run" # who can develop can run
    say "ready: $venv/bin/sop"
fi
if [ "$purpose" = bench ]; then
    need_fonts
    need_peers
fi
