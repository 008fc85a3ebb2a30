#!/bin/sh
# Writes down what only the running installation knows, then becomes nginx.
#
#   SERVER_NAME        public DNS name; localhost and the loopback addresses are served besides
#   HTTPS_PUBLIC_PORT  port that clients use for HTTPS; 0 (any free port) counts as the usual 443
set -eu

generated=/tmp/gateway
server_name=${SERVER_NAME:-hyper-mission.test}
public_port=${HTTPS_PUBLIC_PORT:-443}

refuse() {
  echo "start the gateway: $1=$2 seen, allowed is $3; correct it in the environment" >&2
  exit 64
}

# Both end up in the configuration, so nothing but what they are made of may pass.
case $server_name in
'' | -* | .* | *[!a-z0-9.-]*) refuse SERVER_NAME "$server_name" "a DNS name in lower case" ;;
esac
case $public_port in
'' | *[!0-9]*) refuse HTTPS_PUBLIC_PORT "$public_port" "a port number" ;;
esac
case $public_port in
0 | 443) port_suffix= ;;
*) port_suffix=":$public_port" ;;
esac

mkdir -p "$generated"

names=$server_name
for name in localhost 127.0.0.1 '[::1]'; do
  if [ "$name" != "$server_name" ]; then names="$names $name"; fi
done
echo "server_name $names;" >"$generated/server-name.conf"
echo "map \$scheme \$https_port_suffix { default '$port_suffix'; }" >"$generated/public-port.conf"

# OpenSSL before 3.5 does not know the post-quantum group, and nginx then refuses to start. Asking
# nginx itself works for every build; a fault that is not about groups shows at the real start.
groups=X25519:prime256v1:secp384r1
echo "ssl_ecdh_curve X25519MLKEM768:$groups;" >"$generated/groups.conf"
if ! nginx -t -q -e stderr 2>/dev/null; then
  echo "ssl_ecdh_curve $groups;" >"$generated/groups.conf"
fi

exec nginx -e stderr -g 'daemon off;'
