CREATE TABLE IF NOT EXISTS account_limit (
    account    BIGINT       NOT NULL PRIMARY KEY,
    messages   VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'rates in place of the settings; 0: none; null: as set',
    recipients VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
    changed    DATETIME(6)  NOT NULL,
    CONSTRAINT account_limit_account FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
