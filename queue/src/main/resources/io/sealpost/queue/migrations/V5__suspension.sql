CREATE TABLE IF NOT EXISTS suspension (
    id      BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind    VARCHAR(10)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'domain, account or site',
    subject VARCHAR(320) NOT NULL COMMENT 'the domain, the address, the MX host or site',
    account BIGINT       NULL COMMENT 'the row, of an account',
    since   DATETIME(6)  NOT NULL,
    ends    DATETIME(6)  NOT NULL,
    actor   VARCHAR(320) NOT NULL,
    reason  VARCHAR(500) NOT NULL,
    UNIQUE (kind, subject)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
