CREATE TABLE IF NOT EXISTS external_token (
    token   CHAR(26)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    tenant  BIGINT       NOT NULL,
    name    VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    zone    VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created DATETIME(6)  NOT NULL,
    removed DATETIME(6)  NULL,
    KEY name (name),
    KEY removed (removed)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
