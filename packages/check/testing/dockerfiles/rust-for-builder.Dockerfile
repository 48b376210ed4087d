FROM --platform=$BUILDPLATFORM rust:1.90 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:13-slim
COPY --from=build /src/target/release/server /usr/local/bin/server
CMD ["server"]
