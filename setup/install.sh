#!/bin/sh
# Installs the Debian packages of packages.txt that are missing, and only those.
#   setup/install.sh [SECTION]...     build run fonts test fuzz data bench; without any: build run fonts
# Nothing missing: nothing is asked of the network or of root. Exit status 3: it cannot be done.
set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- build run fonts

wanted=$(awk -v sections=" $* " '
  /^## / { inside = index(sections, " " $2 " ") > 0; known = known " " $2; next }
  /^[a-z0-9]/ && inside { print $1 }
  END {
    count = split(sections, names, " ")
    for (i = 1; i <= count; ++i)
      if (index(known " ", " " names[i] " ") == 0) {
        print "packages.txt has no section " names[i] "; there are:" known > "/dev/stderr"
        exit 2
      }
  }' packages.txt)

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian system: install these by other means, then build:" $wanted >&2
  exit 3
fi

# dpkg-query names what it knows; awk takes from the wanted what is installed.
missing=$(
  { dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true; } |
    awk -v wanted="$(echo $wanted)" '
      $2 == "installed" { have[$1] = 1 }
      END { n = split(wanted, w, " "); for (i = 1; i <= n; ++i) if (!(w[i] in have)) print w[i] }'
)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo >/dev/null; then
  as_root="sudo"
else
  echo "setup: neither root nor sudo; ask an administrator for: apt-get install" $missing >&2
  exit 3
fi

echo "setup: installing" $missing >&2
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0"
# The package lists of a fresh machine are empty, those of an old one name files that are gone.
if ! apt-get -s install $missing >/dev/null 2>&1; then $apt update; fi
$apt install --no-install-recommends $missing || {
  $apt update
  $apt install --no-install-recommends $missing
}
