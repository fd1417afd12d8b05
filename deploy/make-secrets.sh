#!/usr/bin/env bash
# Makes what docker-compose.yml reads its secrets from, in secrets/ beside it or where SECRETS_DIR says. A file that is there is kept.
# Containers run as users of their own, so each file may be read by everybody who gets into the folder, and only its owner does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${SECRETS_DIR:-secrets}
mkdir -p "$folder"
chmod 700 "$folder"

make() {
  local file=$folder/$1
  [ -e "$file" ] && return
  cat >"$file"
  chmod 444 "$file"
  printf 'made %s\n' "$file"
}

for name in postgres_password database_owner_password database_password database_backup_password temporal_database_password \
  app_secret metrics_token; do
  openssl rand -hex 32 | make "$name"
done
# The first partner signs in with it and then chooses another.
printf 'Aa1-%s\n' "$(openssl rand -hex 12)" | make bootstrap_password
# Given by others, or not used: an empty file counts as not set.
for name in temporal_payload_keys resend_api_key resend_webhook_secret companies_house_api_key; do
  printf '' | make "$name"
done
