#!/usr/bin/env bash
# Write packaging/constraints.txt from what is installed in .venv: exact versions, no addresses, no local paths.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo "${XDG_CACHE_HOME:-$HOME/.cache}/confidant/uv/bin/uv")
new=$(mktemp)
trap 'rm -f "$new"' EXIT
{
    sed -n '/^#/p' packaging/constraints.txt
    "$uv" pip freeze --quiet --python .venv/bin/python --exclude-editable |
        sed -E -e 's/^([^ ]+) @ .*llama_cpp_python-([0-9.]+)-.*/\1==\2/' -e 's/[+]cpu$//' | grep -E '^[^ ]+==[^ ]+$'
    # Hatchling builds this project in an environment of its own.
    grep -E '^(hatchling|trove-classifiers)==' packaging/constraints.txt
} >"$new"
cat "$new" >packaging/constraints.txt
