CREATE TABLE IF NOT EXISTS dkim_key (
    id               BIGINT            NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain           BIGINT            NOT NULL,
    selector         VARCHAR(200)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    algorithm        VARCHAR(16)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bits             SMALLINT UNSIGNED NOT NULL,
    state            VARCHAR(16)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version          INT UNSIGNED      NOT NULL,
    public_half      VARCHAR(1024)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed           VARBINARY(8192)   NOT NULL,
    created          DATETIME(6)       NOT NULL,
    state_since      DATETIME(6)       NOT NULL,
    active_algorithm VARCHAR(16)       CHARACTER SET ascii COLLATE ascii_bin
        AS (CASE WHEN state = 'active' THEN algorithm END) PERSISTENT,
    UNIQUE KEY (domain, selector),
    UNIQUE KEY one_active (domain, active_algorithm),
    CONSTRAINT dkim_key_domain FOREIGN KEY (domain) REFERENCES domain (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
