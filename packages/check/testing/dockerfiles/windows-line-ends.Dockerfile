FROM node:24 AS build
RUN echo \
  # comment
  two
RUN <<EOF
USER x
EOF
FROM node:24
COPY --from=build /x /x
