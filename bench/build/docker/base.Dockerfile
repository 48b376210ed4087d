# A base with Node.js and a shell, and npm besides: what stands in for Docker Hub's "node".
ARG BASE
FROM $BASE
USER 0
COPY npm/ /usr/local/
WORKDIR /
ENV NODE_ENV= PORT=
ENTRYPOINT []
CMD ["node"]
