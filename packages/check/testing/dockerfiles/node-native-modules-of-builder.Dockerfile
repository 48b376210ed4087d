FROM --platform=$BUILDPLATFORM node:24 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev

FROM node:24-slim
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY src ./src
CMD ["node", "src/main.js"]
