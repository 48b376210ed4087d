ARG TAG=1
FROM node:$MISSING AS one
ARG LATER=2
RUN echo $TAG $LATER
FROM alpine:$LATER
COPY --from=one /x /x
