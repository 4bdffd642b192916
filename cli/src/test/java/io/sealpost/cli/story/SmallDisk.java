package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of a given size, to be filled: on a loop device where there is one, else in memory. Needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path mount;
    private final Path filler;

    private SmallDisk(Path mount) {
        this.mount = mount;
        this.filler = mount.resolve("filler");
    }

    /** Empty where this machine or this user cannot mount anything. */
    static Optional<SmallDisk> of(int megabytes, Path folder) throws Exception {
        Path mount = Files.createDirectories(folder.resolve("disk"));
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        boolean onLoop = runs("mkfs.ext4", "-q", "-F", "-m", "0", image.toString())
                && runs("mount", "-o", "loop", image.toString(), mount.toString());
        boolean mounted =
                onLoop || runs("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString());
        return mounted ? Optional.of(new SmallDisk(mount)) : Optional.empty();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    Path folder() {
        return mount;
    }

    /** Writes until nothing more goes in. */
    void fill() throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (mount.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(mount.toFile().getUsableSpace()).isLessThan(block.length);
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws InterruptedException {
        assertThat(runs("umount", "-l", mount.toString())).isTrue();
    }
}
