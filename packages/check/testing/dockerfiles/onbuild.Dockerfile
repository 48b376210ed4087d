FROM node:24 AS base
ONBUILD ARG TARGETARCH
ONBUILD COPY --from=assets /out /out
ONBUILD RUN echo $TARGETARCH

FROM --platform=$BUILDPLATFORM node:24 AS assets
RUN make /out

FROM base
ONBUILD RUN echo later
