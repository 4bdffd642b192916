CREATE TABLE IF NOT EXISTS domain (
    id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    tenant      BIGINT       NOT NULL,
    name        VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proven_name VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NULL UNIQUE,
    created     DATETIME(6)  NOT NULL,
    UNIQUE KEY (tenant, name),
    CONSTRAINT domain_tenant FOREIGN KEY (tenant) REFERENCES tenant (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
