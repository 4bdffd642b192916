CREATE TABLE IF NOT EXISTS `usage` (
    node    SMALLINT UNSIGNED NOT NULL,
    subject VARCHAR(320)      NOT NULL COMMENT 'what is counted: account, app password, domain or tenant',
    `window` DATETIME(6)      NOT NULL COMMENT 'its beginning',
    count   BIGINT            NOT NULL,
    PRIMARY KEY (subject, `window`, node),
    KEY (`window`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
