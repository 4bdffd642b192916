CREATE TABLE IF NOT EXISTS login_network (
    account    BIGINT      NOT NULL,
    network    VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'a /24 or a /64',
    first_seen DATETIME(6) NOT NULL,
    last_seen  DATETIME(6) NOT NULL,
    recipients BIGINT      NOT NULL COMMENT 'in the hour after first_seen',
    PRIMARY KEY (account, network),
    KEY last_seen (last_seen)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
