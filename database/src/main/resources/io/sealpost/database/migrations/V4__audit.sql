CREATE TABLE IF NOT EXISTS audit (
    id      BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    tenant  BIGINT       NOT NULL,
    actor   VARCHAR(320) NOT NULL,
    action  VARCHAR(80)  NOT NULL,
    subject VARCHAR(320) NOT NULL,
    at      DATETIME(6)  NOT NULL,
    json    MEDIUMTEXT   NOT NULL,
    KEY (tenant, at),
    KEY (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
