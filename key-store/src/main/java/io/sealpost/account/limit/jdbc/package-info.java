/** Limits and what was counted, in MariaDB. Statements, and the caches that the change feed keeps true. */
package io.sealpost.account.limit.jdbc;
