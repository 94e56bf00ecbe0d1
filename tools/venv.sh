#!/bin/sh
# Make a virtual environment at $1 with the first Python that is new enough, unless a working one is there.
set -eu
venv=$1
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

if "$venv/bin/python" -c "$new_enough" 2>/dev/null && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
for python in python3.13 python3.12 python3.11 python3 python3.14; do
    if "$python" -c "$new_enough" 2>/dev/null; then
        rm -rf "$venv"
        if "$python" -m venv "$venv"; then
            exit 0
        fi
        rm -rf "$venv"
        echo "$python can't make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
done
echo "Plumbline needs Python 3.11 or newer, and none was found: install one, then type the command again." >&2
exit 1
