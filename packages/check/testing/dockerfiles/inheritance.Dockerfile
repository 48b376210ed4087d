FROM --platform=$BUILDPLATFORM node:24 AS tools
RUN corepack enable

FROM tools AS deps
RUN echo deps

FROM --platform=$TARGETPLATFORM deps AS build
RUN echo still on the builder

FROM --platform=$TARGETPLATFORM node:24 AS run
RUN echo on the target

FROM run AS last
COPY --from=build /dist /dist
RUN echo on the target too
