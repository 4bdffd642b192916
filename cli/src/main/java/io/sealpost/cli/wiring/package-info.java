/**
 * The only composition root: from {@link io.sealpost.cli.config.Settings} to an open store, to what commands administer, to a relay that
 * serves.
 *
 * <p>Nothing but {@code new}, in the order of the arrows; no decision about mail stands here.
 */
package io.sealpost.cli.wiring;
