/**
 * Domains and keys in MariaDB: the tables {@code domain} and {@code dkim_key}, the rows of {@code data_key}, and what both jdbc
 * packages of this module need: {@link io.sealpost.keys.jdbc.Changes} and {@link io.sealpost.keys.jdbc.FeedCache}.
 *
 * <p>Every change is one transaction with its rows in {@code audit} and {@code change_feed}. No key is made, and no password hashed,
 * while a transaction is open.
 */
package io.sealpost.keys.jdbc;
