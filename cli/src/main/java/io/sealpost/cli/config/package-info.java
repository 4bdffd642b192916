/**
 * The settings: one file ({@code sealpost.toml}), overridden by the environment, read into one immutable {@link
 * io.sealpost.cli.config.Settings}.
 *
 * <p>Reports all faults together, each with its line. Opens nothing that the settings name; knows no other module's types.
 */
package io.sealpost.cli.config;
