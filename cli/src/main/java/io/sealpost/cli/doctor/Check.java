package io.sealpost.cli.doctor;

import java.util.List;

/** One thing that doctor looks at. Runs beside the others, on a thread of its own. */
interface Check {
    /** What it looks at, in a word or two. */
    String name();

    /**
     * Looks; at least one finding.
     *
     * @throws Exception what keeps it from looking; it is told as such, by the first line of its message
     */
    List<Finding> look(Patient patient) throws Exception;
}
