# syntax=docker/dockerfile:1

# The admin, which the binary embeds.
FROM node:22-bookworm-slim AS admin
WORKDIR /src/admin-ui
COPY admin-ui/package.json admin-ui/package-lock.json admin-ui/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY api/schema /src/api/schema
COPY admin-ui ./
RUN npm run build

# The binary.
FROM rust:1.95-slim-bookworm AS server
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY entity entity
COPY migration migration
COPY api api
# Members of the workspace too: cargo reads their manifests.
COPY tests tests
COPY bench bench
COPY --from=admin /src/admin-ui/dist admin-ui/dist
ENV HILLSIDE_REQUIRE_UI=1
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --locked --release -p hillside --bin hillside \
    && install -D target/release/hillside /out/usr/local/bin/hillside \
    && install -d /out/data

# No shell, no package manager, no root. Only /data is written to, so the root file system may be read-only.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=server /out/usr /usr
COPY --from=server --chown=nonroot:nonroot --chmod=700 /out/data /data
ENV HILLSIDE_ADDR=0.0.0.0:8000 HILLSIDE_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["hillside", "health"]
ENTRYPOINT ["hillside"]
CMD ["serve"]
