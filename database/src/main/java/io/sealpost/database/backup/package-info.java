/**
 * Backups of the whole database in one file, and what puts them into an empty one. Knows tables and rows, not what they mean: holding
 * what waits, and the keys, are for others. The file is described in {@code docs/operations/recovery.md}.
 */
package io.sealpost.database.backup;
