FROM --platform=linux/amd64 debian:13 AS base-amd64
RUN echo for amd64 alone

FROM --platform=linux/arm64 debian:13 AS base-arm64
RUN echo for arm64 alone

FROM base-${TARGETARCH}
RUN echo both
