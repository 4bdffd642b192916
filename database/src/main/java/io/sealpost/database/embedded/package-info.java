/**
 * The private MariaDB: a real {@code mariadbd} on loopback for one office, one developer, one test run.
 *
 * <p>Finds or unpacks its binaries, makes a data directory, starts, shares, watches and stops the server. Who joins first starts it, who
 * leaves last stops it; two lock files keep that true over crashes. Knows nothing of what is stored.
 */
package io.sealpost.database.embedded;
