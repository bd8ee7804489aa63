# One image for web, admin, worker and the preparation; the command chooses.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV CI=1 TURBO_TELEMETRY_DISABLED=1
COPY . .
RUN npx --yes pnpm@10.34.8 install --frozen-lockfile && npx --yes pnpm@10.34.8 exec turbo run build

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data
COPY --from=build --chown=node:node /app /app
RUN mkdir -p /data && chown node:node /data
USER node
EXPOSE 3000 3001
CMD ["node", "apps/web/server.mjs"]
