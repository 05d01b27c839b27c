# syntax=docker/dockerfile:1
FROM node:26 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.js

FROM node:26-slim
ENV NODE_ENV=production \
    CASTELLAN_HOME=/data \
    CASTELLAN_SERVER_API_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build --chown=node:node /app/dist ./dist
# The bundle holds everything but the native SQLite driver.
COPY --from=build /app/node_modules/better-sqlite3 ./node_modules/better-sqlite3
RUN mkdir /data && chown node:node /data
USER node
# Code is compiled once, here, by the Node and the user that run it: the first start is as fast as the next.
RUN CASTELLAN_API_DATABASE_CONNECTION_URL=sqlite:///:memory: timeout 10 node dist/castellan.js server start --host 127.0.0.1 || true
VOLUME /data
EXPOSE 4200
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.CASTELLAN_SERVER_API_PORT ?? 4200}/api/health`).then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/castellan.js"]
CMD ["server", "start"]
