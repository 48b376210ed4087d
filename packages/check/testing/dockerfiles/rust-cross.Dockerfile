FROM --platform=$BUILDPLATFORM rust:1.90 AS build
ARG TARGETARCH
RUN <<EOT
  set -eu
  case "$TARGETARCH" in
    amd64) echo x86_64-unknown-linux-gnu gcc-x86-64-linux-gnu ;;
    arm64) echo aarch64-unknown-linux-gnu gcc-aarch64-linux-gnu ;;
  esac > /target
  read -r target compiler < /target
  apt-get update
  apt-get install -y --no-install-recommends "$compiler"
  rustup target add "$target"
EOT
WORKDIR /src
COPY . .
RUN cargo build --release --target "$(cut -d' ' -f1 /target)" && cp target/*/release/server /server

FROM debian:13-slim
COPY --from=build /server /usr/local/bin/server
CMD ["server"]
