ALTER TABLE delivery
    ADD COLUMN IF NOT EXISTS line BIGINT NOT NULL DEFAULT 0 COMMENT 'priority, account and domain; 0: stored by a release before',
    ADD KEY IF NOT EXISTS line (state, bucket, line, next_at);
