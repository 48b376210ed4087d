FROM --platform=$BUILDPLATFORM alpine:3.22 AS tools
RUN apk add jq

FROM debian:13 AS data
RUN echo data > /data

FROM --platform=$BUILDPLATFORM debian:13 AS build
RUN --mount=type=bind,from=tools,target=/tools \
    --mount=type=secret,id=token,env=TOKEN \
    --network=none \
    /tools/usr/bin/jq . "$TOKEN"
COPY --from=busybox:1 /bin/busybox /bin/busybox
RUN --mount=from=data,target=/data cp /data/data /out

FROM scratch
COPY --from=build /out /out
