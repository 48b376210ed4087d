FROM --platform=$BUILDPLATFORM golang:1.25 AS build
ENV CGO_ENABLED=0 GOOS=linux
WORKDIR /src
COPY . .
RUN GOARCH=amd64 go build -o /server .

FROM scratch
COPY --from=0 /server /server
ENTRYPOINT ["/server"]
