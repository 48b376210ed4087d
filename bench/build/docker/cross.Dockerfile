# Nothing runs emulated: the bundle is neutral, and npm takes another platform's packages.
ARG BUILD_NODE
ARG TARGET_NODE

FROM --platform=$BUILDPLATFORM $BUILD_NODE AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY src src
RUN npm run build

FROM --platform=$BUILDPLATFORM $BUILD_NODE AS packages
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  --os=linux --libc=glibc --cpu="$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH")"

FROM $TARGET_NODE
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist dist
USER 65532
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/main.js"]
