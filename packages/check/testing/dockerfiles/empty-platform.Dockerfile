ARG WHERE
FROM --platform=$WHERE node:24 AS a
RUN echo a
FROM --platform=$NOWHERE node:24 AS b
RUN echo b
FROM --platform=amd64/linux/what/ever node:24
COPY --from=a / /a
COPY --from=b / /b
