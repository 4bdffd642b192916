CREATE TABLE IF NOT EXISTS login_use (
    account    BIGINT       NOT NULL,
    credential BIGINT       NOT NULL COMMENT 'of app_password; 0: the main password, or none',
    outcome    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'granted, or why not',
    at         DATETIME(6)  NOT NULL COMMENT 'the last time',
    client     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    listener   VARCHAR(64)  NOT NULL,
    tls        VARCHAR(64)  NULL COMMENT 'version and suite',
    helo       VARCHAR(255) NOT NULL,
    times      BIGINT       NOT NULL,
    PRIMARY KEY (account, credential, outcome),
    CONSTRAINT login_use_account FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
