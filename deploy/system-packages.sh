#!/usr/bin/env bash
# Install the Debian packages given that are missing here. Without root, sudo or Debian: say what is missing;
# that is no failure, what can be done without them goes on.
set -euo pipefail

here() {
    case $1 in
        chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
        postgresql) compgen -G '/usr/lib/postgresql/1[5-9]/bin/initdb' ;;
        openjdk-17-jre-headless) command -v java ;;
        libatomic1) ! command -v dpkg-query || installed "$1" ;; # only Debian goes without it
        *) installed "$1" ;;
    esac >/dev/null
}

installed() {
    dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

missing=()
for package in "$@"; do
    here "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    echo "Missing on this machine: ${missing[*]}. Please install it by hand."
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif sudo --non-interactive true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
    as_root=(sudo)
else
    echo "Missing on this machine: ${missing[*]}. Please install it: sudo apt-get install ${missing[*]}"
    exit 0
fi

"$(dirname "$0")/say.sh" "Installing ${missing[*]} with apt-get"
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet -o DPkg::Lock::Timeout=300 "$@" </dev/null >/dev/null
}
apt update
apt install --yes --no-install-recommends "${missing[@]}"

# Debian starts a server of its own with the package. Ours run only while the tests do.
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
    pg_lsclusters --no-header | while read -r version name _ state _; do
        [[ $state != online* ]] || "${as_root[@]}" pg_ctlcluster "$version" "$name" stop
    done
fi
