ARG BUILDPLATFORM=linux/amd64
FROM --platform=$BUILDPLATFORM golang:1.25 AS build
ARG TARGETARCH=amd64
RUN GOARCH=$TARGETARCH go build -o /server .
FROM scratch
COPY --from=build /server /
