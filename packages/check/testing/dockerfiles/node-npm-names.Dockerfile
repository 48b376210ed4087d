FROM --platform=$BUILDPLATFORM node:24 AS packages
ARG TARGETARCH
WORKDIR /app
COPY package*.json ./
RUN npm ci --ignore-scripts --os=linux --cpu=$TARGETARCH
FROM node:24-slim
COPY --from=packages /app/node_modules /app/node_modules
CMD ["node"]
