/**
 * The command line program: one class a command, what they print, and with which code they end.
 *
 * <p>Reads settings through {@code cli.config}, gets what it works with from {@code cli.wiring}, the only composition root. No SQL,
 * no SMTP, no decision about mail stands here.
 */
package io.sealpost.cli;
