FROM --platform=$BUILDPLATFORM tonistiigi/xx AS xx
FROM --platform=$BUILDPLATFORM golang:1.25-alpine AS build
COPY --from=xx / /
ARG TARGETPLATFORM
RUN apk add clang && xx-apk add gcc musl-dev
COPY . .
RUN xx-go build -o /server . && xx-verify /server
FROM alpine:3.22
COPY --from=build /server /server
