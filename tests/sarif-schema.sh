#!/usr/bin/env bash
# Prints the path of the official schema of SARIF 2.1.0, which is not ours to distribute: $SARIF_SCHEMA, else a copy kept
# from an earlier call, else from OASIS, else as the npm package @microsoft/jest-sarif has it (the last candidate before
# the standard). Prints nothing, and says so, when none can be had.
# usage: tests/sarif-schema.sh
set -u
kept=${XDG_CACHE_HOME:-$HOME/.cache}/drvcheck-tests/sarif-schema-2.1.0.json
url=https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

is_schema() { grep -qs '"title": *"Static Analysis Results Format (SARIF) Version 2.1.0' "$1"; }
keep() {
	is_schema "$1" || return 1
	mkdir -p "${kept%/*}" && cp "$1" "$kept"
}
from_oasis() { curl -fsSL --max-time 20 -o "$scratch/oasis.json" "$url" 2>/dev/null && keep "$scratch/oasis.json"; }
from_npm() {
	(cd "$scratch" && timeout 60 npm pack --silent @microsoft/jest-sarif@1.0.0-beta.0 && tar xzf ./*.tgz) >/dev/null 2>&1 &&
		keep "$scratch"/package/lib/schemas/sarif-2.1.0-rtm.5.json
}

if [ -n "${SARIF_SCHEMA:-}" ]; then
	echo "$SARIF_SCHEMA"
elif is_schema "$kept" || from_oasis || from_npm; then
	echo "$kept"
else
	echo "the schema of SARIF cannot be had: no network, and \$SARIF_SCHEMA is not set" >&2
fi
