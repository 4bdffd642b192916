/**
 * What other programs sign with: the configurations of OpenDKIM, rspamd and Exim, read for {@code dkim import}.
 *
 * <p>Finds domains, selectors and key files, and says of each that it cannot take why not. Opens no key, no database and no socket.
 */
package io.sealpost.cli.keytrees;
