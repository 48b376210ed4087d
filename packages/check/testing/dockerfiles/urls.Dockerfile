FROM debian:13
ARG TARGETARCH
ADD https://example.com/tini-amd64 /tini
ADD https://example.com/tini-${TARGETARCH} /tini2
RUN curl -fsSLo /usr/bin/yq https://example.com/yq_linux_amd64
RUN curl -fsSLo /usr/bin/jq "https://example.com/jq-linux-$TARGETARCH"
RUN wget https://example.com/node-linux-x64.tar.xz && tar xf node-linux-x64.tar.xz
RUN case "$(uname -m)" in x86_64) a=x64 ;; aarch64) a=arm64 ;; esac && wget https://example.com/node-linux-$a.tar.xz
COPY bin/agent-aarch64 /usr/bin/agent
ENV TOOL_ARCH=x86_64
RUN curl -O https://example.com/tool-${TOOL_ARCH}.zip
