CREATE TABLE IF NOT EXISTS domain_signing (
    domain     BIGINT        NOT NULL PRIMARY KEY,
    lifetime   INT UNSIGNED  NULL,
    identity   VARCHAR(320)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    oversigned VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    signed     VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    left_out   VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changed    DATETIME(6)   NOT NULL,
    CONSTRAINT domain_signing_domain FOREIGN KEY (domain) REFERENCES domain (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
