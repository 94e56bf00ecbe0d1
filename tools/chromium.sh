#!/bin/sh
# See to it that the browser tests have a Chromium: the system's, Debian's package where apt is ours, else
# Playwright's own ($1 is its command). No browser is a failure.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium from the system's packages."
    if apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null \
        && chromium --version >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "Installing Playwright's own Chromium."
"$1" install chromium
