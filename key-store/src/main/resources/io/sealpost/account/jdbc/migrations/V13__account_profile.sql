ALTER TABLE account
    ADD COLUMN IF NOT EXISTS display_name  VARCHAR(100) NULL,
    ADD COLUMN IF NOT EXISTS language      VARCHAR(35)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN IF NOT EXISTS main_password VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'allowed',
    ADD COLUMN IF NOT EXISTS header_from   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'reject',
    ADD COLUMN IF NOT EXISTS hash_was      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL
        COMMENT 'mark of an older hash of the same password, and of the one that took its place';
