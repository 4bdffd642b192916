# syntax=docker/dockerfile:1
# How to use it: docs/operations/install.md. How it is tested without a container engine: deploy/try-stages.
# Two stages: Maven builds cli/target/sealpost; the second holds a Java runtime, that folder, and nothing to build with.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -Pquick -pl cli -am package

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 925 sealpost \
 && useradd --system --uid 925 --gid sealpost --home-dir /var/lib/sealpost --no-create-home --shell /usr/sbin/nologin sealpost \
 && install -d -o sealpost -g sealpost -m 0700 /var/lib/sealpost
COPY --from=build /src/sealpost /opt/sealpost/sealpost
COPY --from=build /src/cli/target/sealpost/lib /opt/sealpost/cli/target/sealpost/lib
COPY deploy/container/sealpost.toml /etc/sealpost/sealpost.toml
# The class archive that makes commands quick belongs to this Java and these paths, so it is made here: later / may be read-only.
RUN ln -s /opt/sealpost/sealpost /usr/local/bin/sealpost \
 && sealpost --version \
 && ls /opt/sealpost/cli/target/sealpost/classes-*.jsa
USER sealpost
WORKDIR /var/lib/sealpost
ENV SEALPOST_CONFIG=/etc/sealpost/sealpost.toml
# Settings, and all that is written: master key, certificate, node-id, spool, and the private MariaDB where no other is named.
VOLUME ["/etc/sealpost", "/var/lib/sealpost"]
# No right is needed to listen on these; publish them as 587 and 465.
EXPOSE 2587 2465
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["sealpost", "healthcheck"]
# SIGTERM drains for 30 seconds at most: give it more before killing (docker stop --time 60).
STOPSIGNAL SIGTERM
ENTRYPOINT ["sealpost"]
CMD ["serve"]
