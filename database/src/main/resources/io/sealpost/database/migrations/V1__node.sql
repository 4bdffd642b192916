CREATE TABLE IF NOT EXISTS node (
    id          SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    name        VARCHAR(100)      NOT NULL UNIQUE,
    incarnation BIGINT            NOT NULL,
    heartbeat   BIGINT            NOT NULL,
    beat_at     DATETIME(6)       NOT NULL,
    CHECK (id <= 1023)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
