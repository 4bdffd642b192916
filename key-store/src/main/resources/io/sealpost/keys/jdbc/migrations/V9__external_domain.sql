CREATE TABLE IF NOT EXISTS external_domain (
    domain     BIGINT      NOT NULL PRIMARY KEY,
    token      CHAR(26)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    proven     DATETIME(6) NULL,
    lapsed     DATETIME(6) NULL,
    gone_since DATETIME(6) NULL,
    looked     DATETIME(6) NULL,
    next_look  DATETIME(6) NOT NULL,
    version    INT UNSIGNED NOT NULL,
    KEY due (next_look),
    CONSTRAINT external_domain_domain FOREIGN KEY (domain) REFERENCES domain (id) ON DELETE CASCADE,
    CONSTRAINT external_domain_token FOREIGN KEY (token) REFERENCES external_token (token)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
