CREATE TABLE IF NOT EXISTS app_password (
    id      BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account BIGINT       NOT NULL,
    mac     BINARY(32)   NOT NULL,
    label   VARCHAR(100) NOT NULL,
    bounds  TEXT         NULL COMMENT 'senders, networks, listeners, end, rates as JSON; null: none',
    created DATETIME(6)  NOT NULL,
    UNIQUE KEY (account, mac),
    CONSTRAINT app_password_account FOREIGN KEY (account) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
