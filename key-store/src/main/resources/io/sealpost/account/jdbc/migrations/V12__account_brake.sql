CREATE TABLE IF NOT EXISTS account_brake (
    account             BIGINT       NOT NULL PRIMARY KEY,
    braked              DATETIME(6)  NULL COMMENT 'since when its new mail is held; null: it is not',
    reason              VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
    told                DATETIME(6)  NULL COMMENT 'when its owner was told',
    warned              DATETIME(6)  NULL COMMENT 'when its owner was warned, where nothing is held',
    released            DATETIME(6)  NULL,
    released_recipients BIGINT       NOT NULL DEFAULT 0 COMMENT 'of the day of the release: its habit',
    released_refused    BIGINT       NOT NULL DEFAULT 0,
    KEY braked (braked),
    CONSTRAINT account_brake_account FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
