FROM --platform=$BUILDPLATFORM golang:1.25 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /out/server .

FROM scratch
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
