#!/usr/bin/env bash
# Golden files of the IR with the program at PATH.
# usage: run.sh PATH [--update] [NAME.c...]
[ $# -gt 0 ] || { sed -n '3s/^# //p' "$0" >&2; exit 2; }
DRVCHECK=$1 exec "$(dirname "$0")/run" "${@:2}"
