/**
 * Files of accounts that another server had, read for {@code account import}: addresses and hashes as CSV.
 *
 * <p>Reads and judges the shape of a line, nothing else; knows neither tenants nor the database.
 */
package io.sealpost.cli.accountfile;
