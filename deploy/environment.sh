#!/usr/bin/env bash
# Make .venv with Python 3.11 or later where it is missing, and install the pinned and hashed packages of the
# requirements file given. Safe to call again.
set -euo pipefail
cd "$(dirname "$0")/.."

# The first Python of the machine that is new enough and can make virtual environments.
usable_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Anew too when the packages have changed since: what is no longer wanted must not stay.
if [ -e ".venv/.ready" ] && [ "$1" = requirements.txt ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! usable_python >/dev/null; then
        deploy/system-packages.sh python3-venv
        hash -r
    fi
    if ! python=$(usable_python); then
        echo "Python 3.11 or later with its venv module is needed. Install it, or name it: make run PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    deploy/say.sh "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

deploy/say.sh "Installing the packages of $1 (a minute or two the first time)"
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$1"
