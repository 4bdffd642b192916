/** One file a story: a whole relay, real sockets, a real MariaDB, scripted MX hosts and DNS. */
package io.sealpost.cli.story;
