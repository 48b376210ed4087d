FROM --platform=linux/amd64 node:24 AS build
RUN npm run build

FROM --platform=linux/amd64 node:24-slim AS run
COPY --from=build /dist /dist

FROM run
USER node
RUN true
