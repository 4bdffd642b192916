CREATE TABLE IF NOT EXISTS sender_identity (
    account BIGINT       NOT NULL,
    pattern VARCHAR(320) NOT NULL,
    created DATETIME(6)  NOT NULL,
    PRIMARY KEY (account, pattern),
    CONSTRAINT sender_identity_account FOREIGN KEY (account) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
