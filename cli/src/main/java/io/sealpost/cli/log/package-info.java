/**
 * What {@code serve} writes to standard output: lines as Postfix's, or objects of JSON, from the level that the settings name.
 *
 * <p>Alone knows Logback. Says nothing itself.
 */
package io.sealpost.cli.log;
