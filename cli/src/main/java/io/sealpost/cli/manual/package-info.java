/**
 * The manual, written from the commands' own descriptions: man pages, completion for shells.
 *
 * <p>Reads picocli's model of the commands; runs none of them and prints nothing.
 */
package io.sealpost.cli.manual;
