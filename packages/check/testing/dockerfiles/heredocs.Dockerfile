FROM debian:13 AS base
RUN <<EOT
FROM nothing AS inside
RUN is not an instruction here
EOT
RUN <<-'END' bash
	echo "$TARGETARCH" is not expanded, and it is a script all the same
	END
RUN 3<<THREE cat <&3 && echo $((1<<4))
USER nobody
THREE
COPY <<one <<"two words" /etc/
FROM one
one
ADD two
two words
RUN cat <<<text
USER 1000
