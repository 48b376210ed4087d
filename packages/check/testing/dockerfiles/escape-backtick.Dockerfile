# escape=`
FROM node:24 AS build
RUN echo one `
  # a comment in between
  && echo two
RUN echo C:\
RUN echo three

from node:24-slim
copy --from=BUILD /dist c:\dist
run echo `

  four
