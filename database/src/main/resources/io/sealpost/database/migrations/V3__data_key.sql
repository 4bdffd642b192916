CREATE TABLE IF NOT EXISTS data_key (
    id      BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
    purpose VARCHAR(40)    NOT NULL,
    wrapped VARBINARY(512) NOT NULL,
    created DATETIME(6)    NOT NULL,
    KEY (purpose, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
