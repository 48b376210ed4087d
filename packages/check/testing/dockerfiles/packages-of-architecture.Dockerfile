FROM debian:13 AS build
RUN dpkg --add-architecture arm64 && apt-get update
RUN apt-get install -y libc6:amd64 zlib1g
RUN dpkg --add-architecture "$(dpkg --print-architecture)"
FROM debian:13
COPY --from=build /usr/lib /usr/lib
RUN apt-get install -y ca-certificates
