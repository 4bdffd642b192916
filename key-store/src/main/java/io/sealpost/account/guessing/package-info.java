/**
 * Slows down who guesses passwords: by address, network and name, in a bounded table in memory. Knows neither sockets nor SQL.
 */
package io.sealpost.account.guessing;
