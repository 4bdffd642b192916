package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.database.CommitUnknown;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.ForeignText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code sealpost}: parses the command line, runs one command, ends with a code of {@link Sysexits}. */
@Command(
        name = "sealpost",
        description = "An outbound, DKIM-signing SMTP relay (smarthost).",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = {"  sealpost quickstart      one mail, all the way, verified"})
public final class Sealpost implements Runnable {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            QuickstartCommand.class,
            SandboxCommand.class,
            InitCommand.class,
            MigrateCommand.class,
            ServeCommand.class,
            ReloadCommand.class,
            ConfigCommand.class,
            TenantCommand.class,
            DomainCommand.class,
            DkimCommand.class,
            AccountCommand.class,
            AppPasswordCommand.class,
            DeviceCommand.class,
            SenderCommand.class,
            MasterKeyCommand.class,
            QueueCommand.class,
            TraceCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DoctorCommand.class,
            SendTestCommand.class,
            HealthcheckCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            WarmUpCommand.class);

    private static final Set<String> VERSION = Set.of("-V", "--version");

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli reads it.
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("unused") // picocli reads it.
    private boolean version;

    /** The process's entry. */
    public static void main(String[] args) {
        if (List.of(args).contains("serve")) { // Before the first logger is made: serve's log is its output.
            System.setProperty("sealpost.log.level", "INFO");
            System.setProperty("sealpost.log.target", "System.out");
            // Before the JDK's TLS is loaded: a client of TLS 1.2 that wants handshake after handshake costs more than
            // it is charged.
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
        System.setProperty("sealpost.pid", Long.toString(ProcessHandle.current().pid()));
        System.exit(run(Console.system(), System.getenv(), args));
    }

    /** Runs one command line and returns its exit code; for tests and for {@link #main}. */
    public static int run(Console console, Map<String, String> environment, String... args) {
        return commandLine(console, environment, needed(args)).execute(args);
    }

    /** The program with all its commands. */
    static CommandLine commandLine(Console console, Map<String, String> environment) {
        return commandLine(console, environment, COMMANDS);
    }

    /** To read the descriptions of all commands takes longer than most commands: only that which is run is told to picocli. */
    private static List<Class<?>> needed(String... args) {
        String first = args.length == 0 ? "" : args[0];
        return VERSION.contains(first)
                ? List.of()
                : COMMANDS.stream()
                        .filter(type -> type.getAnnotation(Command.class).name().equals(first))
                        .findFirst()
                        .<List<Class<?>>>map(List::of)
                        .orElse(COMMANDS);
    }

    private static CommandLine commandLine(Console console, Map<String, String> environment, List<Class<?>> commands) {
        CommandContext context = new CommandContext(console, environment);
        CommandLine line = new CommandLine(new Sealpost(), new CommandFactory(context));
        commands.forEach(line::addSubcommand);
        line.setOut(new java.io.PrintWriter(console.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, args) -> usage(console, e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(console, environment, e));
        NameParameters.register(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int usage(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        console.note("sealpost: " + ForeignText.escape(e.getMessage()));
        console.note("Run \"" + command.getCommandSpec().qualifiedName() + " --help\" to see what it takes.");
        return Sysexits.USAGE;
    }

    private static int failed(Console console, Map<String, String> environment, Exception e) {
        if (e instanceof Fault fault) {
            console.note("sealpost: " + fault.getMessage());
            return fault.exitCode();
        }
        if (e instanceof CommitUnknown) {
            console.note("sealpost: the database went away before it said whether this was stored;"
                    + " look whether it was, and try again if not");
            return Sysexits.TEMPFAIL;
        }
        if (e instanceof StoreUnavailable away) {
            String reason = away.reason().isEmpty() ? "" : " (" + ForeignText.escape(away.reason()) + ")";
            console.note("sealpost: the database cannot be reached now" + reason
                    + "; try again, or see \"sealpost config check\"");
            return Sysexits.TEMPFAIL;
        }
        console.note("sealpost: this is a bug of Sealpost (" + ForeignText.escape(e.toString())
                + "); set SEALPOST_DEBUG=1 for the details that a report needs");
        if (environment.containsKey("SEALPOST_DEBUG")) {
            e.printStackTrace(console.err());
        }
        return Sysexits.SOFTWARE;
    }
}
