package io.sealpost.database.embedded;

import com.sun.management.OperatingSystemMXBean;
import io.sealpost.mail.DataSize;
import java.lang.management.ManagementFactory;

/** How much of its tables a private server keeps in memory. It is filled as mail waits: a bound, not a demand. */
public final class BufferPool {
    /** Enough for a hundred thousand waiting deliveries. */
    public static final DataSize SMALLEST = DataSize.parse("256M");

    private static final DataSize LARGEST_OF_ITSELF = DataSize.parse("4G");
    private static final int SHARE = 8;

    private BufferPool() {}

    /** For this machine, or the container that this process is in. */
    public static DataSize ofThisMachine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return forMemory(new DataSize(Math.max(0, system.getTotalMemorySize())));
    }

    /** An eighth of the memory, in whole mebibytes, from 256 MiB to 4 GiB. */
    static DataSize forMemory(DataSize memory) {
        long wanted = ((memory.bytes() / SHARE) >> 20) << 20;
        return new DataSize(Math.max(SMALLEST.bytes(), Math.min(LARGEST_OF_ITSELF.bytes(), wanted)));
    }
}
