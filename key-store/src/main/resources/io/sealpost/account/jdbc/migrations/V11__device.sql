CREATE TABLE IF NOT EXISTS device (
    credential BIGINT       NOT NULL PRIMARY KEY COMMENT 'of app_password, whose mac no text has',
    listener   VARCHAR(64)  NOT NULL,
    block      VARBINARY(8) NOT NULL COMMENT 'the /24 or /64 that its network lies in',
    KEY (listener, block),
    CONSTRAINT device_credential FOREIGN KEY (credential) REFERENCES app_password (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
