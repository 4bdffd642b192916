/**
 * Notices accounts that behave as if somebody else had taken them over, and brakes them: their new mail is held until somebody looks.
 *
 * <p>What is noticed is gathered in memory and judged once a second, off the way of a mail. Knows nothing of sockets; the SQL is in
 * {@code jdbc}.
 */
package io.sealpost.account.brake;
