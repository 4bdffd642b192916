package io.sealpost.relay.smtp;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.subethamail.smtp.internal.server.CommandHandler;

/** The commands of a listener. SubEtha's own are never reached: it is handed no verb that is not here. */
final class Verbs {
    private final Map<String, Verb> byName;

    Verbs() {
        byName = Stream.of(
                        new EhloCommand(),
                        new HeloCommand(),
                        new StartTlsCommand(),
                        new AuthCommand(),
                        new MailCommand(),
                        new RcptCommand(),
                        new DataCommand(),
                        new BdatCommand(),
                        new RsetCommand(),
                        new NoopCommand(),
                        new VrfyCommand(),
                        new ExpnCommand(),
                        new HelpCommand(),
                        new QuitCommand(),
                        new UnfitLineCommand())
                .collect(Collectors.toUnmodifiableMap(Verb::getName, Function.identity()));
    }

    /** The command of this name; throws when there is none. */
    Verb named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    boolean knows(String name) {
        return byName.containsKey(name) && !name.equals(UnfitLineCommand.NAME);
    }

    /** Puts them in the place of SubEtha's own; before its server starts, since its table is a plain map. */
    void register(CommandHandler table) {
        byName.values().forEach(table::addCommand);
    }
}
