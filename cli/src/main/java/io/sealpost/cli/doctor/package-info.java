/**
 * What {@code doctor} looks at: each check a class that says ok, warning or problem in a plain sentence, with what to do.
 *
 * <p>Looks only: changes nothing in the database, the DNS or the files, sends no mail. A check that fails or hangs takes no other along.
 */
package io.sealpost.cli.doctor;
