CREATE TABLE IF NOT EXISTS message_content (
    message BIGINT     NOT NULL,
    part    INT        NOT NULL,
    bytes   MEDIUMBLOB NOT NULL COMMENT 'at most 1 MiB',
    PRIMARY KEY (message, part)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
