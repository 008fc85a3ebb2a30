#!/bin/sh
# Tells Alertmanager where to send alerts, then becomes Alertmanager.
#
#   ALERT_WEBHOOK_URL  receives every alert and its end as JSON; empty: nobody is told
set -eu

config=/tmp/alertmanager.yml
url=${ALERT_WEBHOOK_URL:-}

umask 077
case $url in
'') cp /etc/alertmanager/alertmanager.yml "$config" ;;
http://?* | https://?*)
  printf '%s' "$url" >/tmp/webhook-url
  sed 's/^  receiver: none$/  receiver: webhook/' /etc/alertmanager/alertmanager.yml >"$config"
  ;;
*)
  # The address may hold a token: it is not repeated.
  echo "start Alertmanager: ALERT_WEBHOOK_URL is no http:// or https:// address; correct it" >&2
  exit 64
  ;;
esac

exec alertmanager --config.file="$config" --storage.path=/alertmanager \
  --data.retention=120h --web.listen-address=:9093 --cluster.listen-address=
