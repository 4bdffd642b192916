package io.sealpost.database.embedded;

import io.sealpost.mail.Secret;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes a data directory and starts a server on it. Its processes are in a session of their own: Ctrl-C does not reach them. */
final class ServerProcess {
    /** Durable as on a server: flushed at each commit, doublewrite on. Small: 153 MB resident. */
    private static final String SETTINGS = """
            [mariadbd]
            basedir=%1$s
            lc-messages-dir=%2$s
            datadir=%3$s
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
            innodb_buffer_pool_size=64M
            innodb_buffer_pool_dump_at_shutdown=OFF
            innodb_buffer_pool_load_at_startup=OFF
            aria_pagecache_buffer_size=1M
            max_allowed_packet=64M
            max_connections=150
            """;

    private final DataDirectory directory;
    private final ServerBinaries binaries;

    ServerProcess(DataDirectory directory, ServerBinaries binaries) {
        this.directory = directory;
        this.binaries = binaries;
    }

    /** System tables, our schema and our user, made beside their place and then renamed: a crash leaves nothing half made. */
    void makeData(Secret password) throws IOException, InterruptedException {
        Path part = directory.directory().resolve("data.part");
        delete(part);
        Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        writeSettings(part);
        List<String> command = command(List.of("--bootstrap", "--skip-networking"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(directory.log().toFile()))
                .start();
        try (OutputStream sql = process.getOutputStream()) {
            line(sql, "create database if not exists mysql;");
            line(sql, "use mysql;");
            line(
                    sql,
                    "SET @auth_root_socket='" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "")
                            + "';");
            Files.copy(binaries.share().resolve("mariadb_system_tables.sql"), sql);
            Files.copy(binaries.share().resolve("mariadb_system_tables_data.sql"), sql);
            line(sql, "CREATE DATABASE " + DataDirectory.SCHEMA + ";");
            line(sql, "FLUSH PRIVILEGES;");
            // In no argument and no environment: standard input is read by nobody else.
            line(sql, "CREATE USER " + DataDirectory.USER + "@'127.0.0.1' IDENTIFIED BY '" + password.reveal() + "';");
            line(sql, "GRANT ALL ON `" + DataDirectory.SCHEMA + "%`.* TO " + DataDirectory.USER + "@'127.0.0.1';");
        } catch (IOException e) {
            throw new EmbeddedProblem("MariaDB cannot make its tables; its log is " + directory.log(), e);
        }
        if (process.waitFor() != 0) {
            throw new EmbeddedProblem("MariaDB cannot make its tables; its log is " + directory.log());
        }
        Files.move(part, directory.data(), StandardCopyOption.ATOMIC_MOVE);
        directory.markVersion(binaries.version());
    }

    /** Starts the server on a free port; it may not answer yet. */
    Endpoint start() throws IOException {
        writeSettings(directory.data());
        int port = freePort();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid"); // Becomes the server: the pid stays.
        }
        command.addAll(command(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=server.sock", // Relative: a path over 107 bytes would not do.
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
        List<String> command =
                new ArrayList<>(List.of(binaries.mariadbd().toString(), "--defaults-file=" + settingsFile()));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(more);
        return command;
    }

    private void writeSettings(Path data) throws IOException {
        Path base = binaries.share().getParent();
        directory.write(settingsFile(), SETTINGS.formatted(base, binaries.share(), data));
    }

    private Path settingsFile() {
        return directory.directory().resolve("my.cnf");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void line(OutputStream to, String statement) throws IOException {
        to.write((statement + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
