package io.sealpost.dkim;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How much of a second's CPU the measured thread got: on a machine that does other work too, only CPU time can be compared. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class CpuClock {
    private long start;

    /** Starts counting. */
    @Setup(Level.Iteration)
    public void start() {
        start = now();
    }

    /** Nanoseconds of CPU since the iteration began; JMH divides them by its time. */
    public long cpuNanos() {
        return now() - start;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
