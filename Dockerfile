# syntax=docker/dockerfile:1
# Two stages: Maven builds cli/target/sealpost, the second stage holds a Java runtime, that folder and nothing to build with.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -Pquick -pl cli -am package \
 && ./sealpost --version

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 925 sealpost \
 && useradd --system --uid 925 --gid sealpost --home-dir /var/lib/sealpost --shell /usr/sbin/nologin sealpost \
 && install -d -o sealpost -g sealpost -m 0700 /var/lib/sealpost \
 && install -d -m 0755 /etc/sealpost
COPY --from=build /src/sealpost /opt/sealpost/sealpost
COPY --from=build /src/cli/target/sealpost /opt/sealpost/cli/target/sealpost
RUN ln -s /opt/sealpost/sealpost /usr/local/bin/sealpost
USER sealpost
WORKDIR /var/lib/sealpost
# Settings come from a volume or from SEALPOST_… variables; state (node-id, spool, the private MariaDB if used) from another.
ENV SEALPOST_CONFIG=/etc/sealpost/sealpost.toml
VOLUME ["/etc/sealpost", "/var/lib/sealpost"]
EXPOSE 587 465
# Healthy: the submission port greets.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD bash -c 'exec 3<>/dev/tcp/127.0.0.1/587 && read -r -t 4 line <&3 && [[ $line == 220* ]]'
STOPSIGNAL SIGTERM
ENTRYPOINT ["sealpost"]
CMD ["serve"]
