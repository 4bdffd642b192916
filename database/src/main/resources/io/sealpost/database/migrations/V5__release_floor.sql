CREATE TABLE IF NOT EXISTS release_floor (
    module VARCHAR(41) NOT NULL PRIMARY KEY,
    oldest INT         NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
