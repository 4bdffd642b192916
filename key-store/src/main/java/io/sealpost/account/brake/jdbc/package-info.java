/** Days, networks and brakes of accounts, in MariaDB. */
package io.sealpost.account.brake.jdbc;
