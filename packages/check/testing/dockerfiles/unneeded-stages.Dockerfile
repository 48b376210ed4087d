FROM node:24 AS base
RUN echo base

FROM base AS tests
RUN npm test

FROM scratch AS lint
COPY --from=tests /report /

FROM base
COPY . .
RUN npm run build
