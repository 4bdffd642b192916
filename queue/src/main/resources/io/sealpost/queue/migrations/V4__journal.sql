CREATE TABLE IF NOT EXISTS journal (
    at      DATETIME(6) NOT NULL,
    id      BIGINT      NOT NULL,
    message BIGINT      NOT NULL,
    kind    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    json    MEDIUMTEXT  NOT NULL,
    PRIMARY KEY (at, id),
    KEY (message)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
