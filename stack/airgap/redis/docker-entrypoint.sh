#!/bin/sh
# Starts redis-server (also for a leading option or configuration file) as the user redis.
set -eu

case "${1:-}" in
-* | *.conf) set -- redis-server "$@" ;;
esac

if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
  # A volume made by another image may belong to another user.
  find /data ! -user redis -exec chown redis:redis {} +
  # By its path, as busybox's shell would take its own setpriv, which cannot change the user.
  exec /usr/bin/setpriv --reuid=redis --regid=redis --clear-groups "$@"
fi
exec "$@"
