# syntax=docker/dockerfile:1

# Builds the package as it is published, and installs it.
FROM node:24.21.0-bookworm AS build
WORKDIR /src
COPY . .
RUN npm ci && npm pack --pack-destination /tmp
WORKDIR /app
RUN npm install --global --prefix /app --omit=dev /tmp/risumail-otp-*.tgz
WORKDIR /data

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="risumail-otp" \
      org.opencontainers.image.description="Self-hosted email OTP and email-verification service" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/app/bin:$PATH \
    NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite:/data/risumail-otp.db
COPY --from=build /app /app
COPY --from=build --chown=node:node --chmod=700 /data /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["risumail-otp", "health"]
ENTRYPOINT ["risumail-otp"]
CMD ["serve"]
