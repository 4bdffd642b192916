package io.sealpost.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A zone file that is read again when it has changed, at the next question. A broken file is reported once and the last good one stays. */
final class ZoneFile implements Supplier<Zones> {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneFile.class);
    // A second change within the file system's tick leaves no new time: so long after the last one the text itself is
    // compared.
    private static final Duration TICK = Duration.ofMillis(100);

    private final Path path;
    private Stamp stamp;
    private String text;
    private Zones zones;

    private record Stamp(FileTime modified, long size, Optional<Object> key) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()));
        }

        boolean isFresh() {
            return modified.toInstant().isAfter(Instant.now().minus(TICK));
        }
    }

    /** Reads the file; throws IOException when it cannot be read, IllegalArgumentException with line and reason when it is wrong. */
    ZoneFile(Path path) throws IOException {
        this.path = path;
        this.stamp = Stamp.of(path);
        this.text = Files.readString(path, StandardCharsets.UTF_8);
        this.zones = Zones.parse(text);
    }

    /** The zones as the file has them now, or as it had them when it was last right. */
    @Override
    public synchronized Zones get() {
        try {
            Stamp now = Stamp.of(path);
            if (!now.equals(stamp) || now.isFresh()) {
                stamp = now;
                reread(Files.readString(path, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            reportOnce("cannot be read: " + e);
        }
        return zones;
    }

    private void reread(String newText) {
        if (newText.equals(text)) {
            return;
        }
        text = newText;
        try {
            zones = Zones.parse(newText);
            LOG.info("zone file {} read again", path);
        } catch (IllegalArgumentException e) {
            LOG.warn("zone file {} is wrong, the last good one stays in use: {}", path, e.getMessage());
        }
    }

    private void reportOnce(String trouble) {
        if (stamp != null) {
            stamp = null;
            LOG.warn("zone file {} {}; the last good one stays in use", path, trouble);
        }
    }
}
