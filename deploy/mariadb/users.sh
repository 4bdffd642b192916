# shellcheck shell=bash
# Read once by the MariaDB image's entrypoint, when the data directory is new: the schema, and two users with the least rights.
# `sealpost` is what serve and all commands use; `sealpost_migrate` may change tables and is used by `sealpost migrate` alone.
sealpost_password() {
  local text
  text=$(<"/run/secrets/$1")
  text=${text//\\/\\\\}
  printf '%s' "${text//\'/\'\'}"
}
docker_process_sql <<SQL
CREATE DATABASE sealpost CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE USER sealpost@'%' IDENTIFIED BY '$(sealpost_password mariadb-serve)' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE ON sealpost.* TO sealpost@'%';
CREATE USER sealpost_migrate@'%' IDENTIFIED BY '$(sealpost_password mariadb-migrate)' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON sealpost.* TO sealpost_migrate@'%';
SQL
