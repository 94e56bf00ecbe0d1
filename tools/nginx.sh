#!/bin/sh
# See to it that the tests of the reverse proxy have nginx and openssl: the system's, or Debian's packages where apt is
# ours. Neither is a failure that says so.
set -eu
if command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing nginx from the system's packages."
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y nginx-light openssl >/dev/null
    exit 0
fi
echo "make test-proxy needs nginx and openssl, and found none: install them first." >&2
exit 1
