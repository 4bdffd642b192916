CREATE TABLE IF NOT EXISTS domain_keys_of (
    domain BIGINT      NOT NULL PRIMARY KEY,
    parent BIGINT      NOT NULL,
    since  DATETIME(6) NOT NULL,
    CONSTRAINT domain_keys_of_domain FOREIGN KEY (domain) REFERENCES domain (id) ON DELETE CASCADE,
    CONSTRAINT domain_keys_of_parent FOREIGN KEY (parent) REFERENCES domain (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
