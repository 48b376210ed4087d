# As for one platform only; built for another one, all that runs is emulated.
ARG TARGET_NODE

FROM $TARGET_NODE AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY src src
RUN npm run build

FROM $TARGET_NODE AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

FROM $TARGET_NODE
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist dist
USER 65532
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/main.js"]
