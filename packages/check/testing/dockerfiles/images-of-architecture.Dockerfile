FROM arm64v8/node:24 AS build
RUN npm ci
FROM gcr.io/distroless/nodejs24-debian13:latest-amd64
COPY --from=build /app /app
