FROM --platform=$BUILDPLATFORM node:24 AS build
ARG TARGETARCH
ARG TARGETPLATFORM
RUN npm run build
RUN node -e 'console.log(process.env.TARGETPLATFORM)'
FROM node:24-slim
ARG TARGETOS
COPY --from=build /app/dist /app/dist
