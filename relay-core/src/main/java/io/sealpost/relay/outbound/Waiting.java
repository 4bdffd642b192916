package io.sealpost.relay.outbound;

/** A share that waits for its site's turn. */
record Waiting(SiteShare share, Taken taken) {}
