# The GitHub App, see docs/app.md. Deliveries are kept in /data.
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MLOPS_BOT_DATABASE=/data/deliveries.sqlite
WORKDIR /app
COPY package.json package-lock.json ./
# What the App needs is among the development dependencies: the package that users install has none.
RUN npm ci --include=dev --ignore-scripts && npm cache clean --force
COPY bot ./bot
COPY core ./core
COPY github ./github
RUN mkdir /data && chown node:node /data
# Of the user `node`. A number also tells an orchestrator that it is not root.
USER 1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bot/index.ts"]
