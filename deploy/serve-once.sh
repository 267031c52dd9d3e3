#!/usr/bin/env bash
# See that `make run` serves: start it on a free port for the installation in the folder given, wait until it is ready,
# ask for the front page, and end it.
set -euo pipefail
cd "$(dirname "$0")/.."
patience=600 # seconds; the first time the demo university is made before

export LA_HOME=$1 no_proxy=127.0.0.1
unset LA_DATABASE_URL LA_HTTPS
PORT=$(.venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORT

# Whether the address is answered with 200.
answers() {
    .venv/bin/python -c 'import sys, urllib.request as u; sys.exit(u.urlopen(sys.argv[1], timeout=20).status != 200)' \
        "http://127.0.0.1:$PORT$1" 2>/dev/null
}

fail() {
    echo "$1" >&2
    exit 1
}

# Make hands the signal on to what it runs, and waits for it.
end() {
    kill "$served" 2>/dev/null || true
    wait "$served" || true
}

deploy/say.sh "make run, on port $PORT"
make run </dev/null &
served=$!
trap end EXIT

until answers /readyz; do
    if ! kill -0 "$served" 2>/dev/null || [ "$SECONDS" -gt "$patience" ]; then
        fail "It is not served."
    fi
    sleep 1
done
answers / || fail "The front page is not answered."
end
trap - EXIT
! answers /healthz || fail "It is still served after make has ended."
