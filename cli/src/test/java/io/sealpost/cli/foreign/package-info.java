/**
 * Clients and verifiers that nobody here wrote, against {@code serve} as a process and the sandbox. Off by default: profile
 * {@code foreign}. How the programs get here and run: {@code src-test-fixtures/foreign}.
 */
package io.sealpost.cli.foreign;
