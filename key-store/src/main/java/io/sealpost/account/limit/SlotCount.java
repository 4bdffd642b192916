package io.sealpost.account.limit;

import java.time.Instant;

/**
 * One row of {@code usage}.
 *
 * @param subject of which meter
 * @param node which node counted
 * @param slot the beginning of the slot
 * @param count how many
 */
public record SlotCount(String subject, int node, Instant slot, long count) {}
