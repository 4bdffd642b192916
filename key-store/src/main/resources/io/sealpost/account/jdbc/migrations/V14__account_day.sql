CREATE TABLE IF NOT EXISTS account_day (
    account    BIGINT            NOT NULL,
    day        DATE              NOT NULL,
    node       SMALLINT UNSIGNED NOT NULL,
    messages   BIGINT            NOT NULL,
    recipients BIGINT            NOT NULL,
    refused    BIGINT            NOT NULL COMMENT 'recipients, by us or by their hosts',
    PRIMARY KEY (account, day, node),
    KEY day (day)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
