CREATE TABLE IF NOT EXISTS account (
    id      BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    tenant  BIGINT       NOT NULL,
    address VARCHAR(320) NOT NULL,
    folded  VARCHAR(320) NOT NULL UNIQUE,
    hash    VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    state   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created DATETIME(6)  NOT NULL,
    KEY (tenant, folded),
    CONSTRAINT account_tenant FOREIGN KEY (tenant) REFERENCES tenant (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
