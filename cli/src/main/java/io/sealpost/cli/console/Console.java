package io.sealpost.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a command prints and reads; UTF-8 whatever the locale says. */
public final class Console {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;

    /** A console over streams; {@link #system()} is the process's own. */
    public Console(PrintStream out, PrintStream err, InputStream in) {
        this.out = out;
        this.err = err;
        this.in = in;
    }

    /** The process's standard streams. */
    public static Console system() {
        return new Console(
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.in);
    }

    /** One line on standard output. */
    public void print(String line) {
        out.println(line);
    }

    /** One line on standard error: what a person should know beside the result. */
    public void note(String line) {
        err.println(line);
    }

    /** A value as indented JSON on standard output. */
    public void json(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that is no JSON", e);
        }
    }

    /** A value as JSON on one line of standard output, for what goes on and on. */
    public void jsonLine(Object value) {
        try {
            out.println(
                    JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that is no JSON", e);
        }
    }

    /** Whether nobody reads standard output any more, as when {@code head} has had enough. */
    public boolean isUnheard() {
        return out.checkError();
    }

    /** An aligned listing; columns of numbers stay as they come. Nothing but {@code whenEmpty} is printed for no rows. */
    public void table(List<String> header, List<List<String>> rows, String whenEmpty) {
        if (rows.isEmpty()) {
            print(whenEmpty);
            return;
        }
        out.print(Table.render(header, rows));
        out.flush();
    }

    /** The first line of standard input without its line end; empty when there is none. */
    public Optional<String> readLine() {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new Fault(Sysexits.NOINPUT, "standard input cannot be read");
        }
    }

    /** All of standard input, a byte a character; a {@link Fault} when it is more than {@code most} bytes or cannot be read. */
    public String readAll(int most) {
        try {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Fault(Sysexits.DATAERR, "standard input has more than " + most + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Fault(Sysexits.NOINPUT, "standard input cannot be read");
        }
    }

    /** Whether a person sees what is printed. */
    @SuppressWarnings("SystemConsoleNull") // As in askHidden.
    public boolean isTerminal() {
        return System.console() != null;
    }

    /** A screen anew: what clears it, and lines that are escaped already. */
    public void screen(String clear, List<String> lines) {
        out.print(clear + String.join(System.lineSeparator(), lines) + System.lineSeparator());
        out.flush();
    }

    /** Asks on the terminal; empty when standard input or output is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // As in askHidden.
    public Optional<String> ask(String question) {
        java.io.Console terminal = System.console();
        if (terminal == null) {
            return Optional.empty();
        }
        String answer = terminal.readLine("%s", question);
        return Optional.of(answer == null ? "" : answer);
    }

    /** Asks on the terminal without echo; empty when standard input or output is no terminal. */
    @SuppressWarnings(
            "SystemConsoleNull") // The launcher sets jdk.console=java.base: null without a terminal, as before Java 22.
    public Optional<String> askHidden(String question) {
        java.io.Console terminal = System.console();
        if (terminal == null) {
            return Optional.empty();
        }
        char[] answer = terminal.readPassword("%s", question);
        return Optional.of(answer == null ? "" : new String(answer));
    }

    /** Standard error itself. */
    public PrintStream err() {
        return err;
    }

    /** Standard output itself, for raw bytes. */
    public PrintStream out() {
        return out;
    }
}
