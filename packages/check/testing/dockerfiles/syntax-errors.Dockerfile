COPY a b
FROM
FROM node 24
FROM node:24 AS 1st
FETCH it
FROM node:24 AS ok
COPY onlyone
COPY --from=$X a b
COPY --from=7 a b
ONBUILD FROM x
ENV
RUN
RUN <<EOT
no end
