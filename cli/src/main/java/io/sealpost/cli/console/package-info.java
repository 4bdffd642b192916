/**
 * What a command says and how it ends: streams in UTF-8, aligned tables, JSON, one plain sentence and a sysexits code for a fault.
 *
 * <p>Knows no command and nothing of mail.
 */
package io.sealpost.cli.console;
