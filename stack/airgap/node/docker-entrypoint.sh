#!/bin/sh
# An option, or a file that is no program, is meant for node.
set -eu
case "${1:-}" in
-*) set -- node "$@" ;;
*) command -v "${1:-node}" >/dev/null || set -- node "$@" ;;
esac
exec "$@"
