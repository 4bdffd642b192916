package io.sealpost.database.embedded;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.Secret;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a data directory and starts a server on it. Its processes are in a session of their own: Ctrl-C does not reach them. */
final class ServerProcess {
    /** Durable as on a server: flushed at each commit, doublewrite on. Small: 153 MB resident; the buffer pool fills as mail waits. */
    private static final String SETTINGS = """
            [mariadbd]
            basedir=%1$s
            lc-messages-dir=%2$s
            datadir=%3$s
            tmpdir=%4$s
            skip-ssl
            skip-name-resolve
            skip-log-bin
            local-infile=OFF
            performance_schema=OFF
            character-set-server=utf8mb4
            collation-server=utf8mb4_nopad_bin
            transaction-isolation=READ-COMMITTED
            innodb_flush_log_at_trx_commit=1
            innodb_doublewrite=ON
            innodb_flush_method=O_DIRECT
            innodb_log_file_size=64M
            innodb_buffer_pool_size=%5$d
            innodb_buffer_pool_dump_at_shutdown=OFF
            innodb_buffer_pool_load_at_startup=OFF
            aria_pagecache_buffer_size=1M
            max_allowed_packet=64M
            max_connections=150
            """;

    /** Run before the first connection. In no argument and no environment, where others could read the password. */
    private static final String ENTRY = """
            CREATE DATABASE IF NOT EXISTS %1$s;
            CREATE USER IF NOT EXISTS %2$s;
            ALTER USER %2$s IDENTIFIED BY '%3$s';
            GRANT ALL ON `%1$s%%`.* TO %2$s;
            """;

    static final String USER = "sealpost";
    static final String SCHEMA = "sealpost";

    private final DataDirectory directory;
    private final ServerBinaries binaries;
    private final DataSize bufferPool;

    ServerProcess(DataDirectory directory, ServerBinaries binaries, DataSize bufferPool) {
        this.directory = directory;
        this.binaries = binaries;
        this.bufferPool = bufferPool;
    }

    /** The system tables, made beside their place and then renamed: a crash leaves nothing half made. */
    void makeData() throws IOException, InterruptedException {
        Path part = directory.directory().resolve("data.part");
        DataDirectory.delete(part);
        Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        writeSettings(part);
        Process process = new ProcessBuilder(command(List.of("--bootstrap", "--skip-networking")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(directory.log().toFile()))
                .start();
        try (OutputStream sql = process.getOutputStream()) {
            line(sql, "create database if not exists mysql;");
            line(sql, "use mysql;");
            // With it no account without a password is made; this one enters by the socket, inside the folder that is
            // ours.
            line(sql, "SET @auth_root_socket='root';");
            for (Path statements : binaries.systemTables()) {
                Files.copy(statements, sql);
            }
        } catch (IOException e) {
            throw cannotMakeTables(e);
        }
        if (process.waitFor() != 0) {
            throw cannotMakeTables(null);
        }
        Files.move(part, directory.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private EmbeddedProblem cannotMakeTables(IOException cause) {
        return new EmbeddedProblem(
                "MariaDB cannot make its tables: " + directory.complaint(0) + "; its log is " + directory.log(), cause);
    }

    /**
     * Starts the server, on this port if it is free; it may not answer yet. Its first statements make our schema and let our user in
     * with this password, whatever was there before, so that data restored without its password file opens too.
     */
    Endpoint start(Optional<Integer> formerPort, Secret password) throws IOException {
        writeSettings(directory.data());
        directory.write(directory.entry(), ENTRY.formatted(SCHEMA, USER + "@'127.0.0.1'", password.reveal()));
        int port = freePort(formerPort);
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid"); // Becomes the server: the pid stays.
        }
        command.addAll(command(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=server.sock", // Relative: a path over 107 bytes would not do.
                "--init-file=" + directory.entry(),
                "--pid-file=" + directory.pidFile(),
                "--log-error=" + directory.log())));
        Process process = new ProcessBuilder(command)
                .directory(directory.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .start();
        return new Endpoint(port, process.pid());
    }

    private List<String> command(List<String> more) {
        List<String> command = new ArrayList<>(
                List.of(binaries.mariadbd().toString(), RunningServer.settingsArgument(directory.settings())));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(more);
        return command;
    }

    /** With a folder of its own for temporary tables: a starting server deletes those it finds, also another server's in /tmp. */
    private void writeSettings(Path data) throws IOException {
        Path base = binaries.share().getParent();
        Path temporary = directory.directory().resolve("tmp");
        Files.createDirectories(temporary);
        directory.write(
                directory.settings(), SETTINGS.formatted(base, binaries.share(), data, temporary, bufferPool.bytes()));
    }

    private static int freePort(Optional<Integer> wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted.orElse(0), 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort(Optional.empty());
        }
    }

    private static void line(OutputStream to, String statement) throws IOException {
        to.write((statement + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
