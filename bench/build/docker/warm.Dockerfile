# Puts npm's cache where the other Dockerfiles mount it.
ARG NODE
FROM $NODE
COPY _cacache /warm/_cacache
RUN --mount=type=cache,target=/root/.npm cp -a /warm/_cacache /root/.npm/
