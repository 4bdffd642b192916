package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.ForeignText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command about the keys of one domain, or one of them. */
abstract class KeysOfDomain extends DomainKeysCommand {
    @Option(names = "--selector", paramLabel = "NAME", description = "One key, by its selector.")
    private Optional<String> selector = Optional.empty();

    KeysOfDomain(CommandContext context) {
        super(context);
    }

    Optional<String> selector() {
        return selector;
    }

    /** All keys of the domain, which must be held; the one of {@code --selector} where that is given. */
    List<DkimKey> keys(Administration administration) {
        DomainCommand.held(administration, domain());
        List<DkimKey> keys = administration.keys().keys(domain());
        if (selector.isEmpty()) {
            return keys;
        }
        List<DkimKey> named = keys.stream()
                .filter(key -> key.selector().equalsIgnoreCase(selector.get()))
                .toList();
        if (named.isEmpty()) {
            throw new Fault(
                    Sysexits.NOINPUT,
                    domain() + " has no key with the selector " + ForeignText.escape(selector.get())
                            + "; \"sealpost dkim list " + domain() + "\" shows them");
        }
        return named;
    }

    /** Those in one of these states, at least one; or the one that {@code --selector} names, whatever its state. */
    List<DkimKey> keys(Administration administration, List<KeyState> states) {
        List<DkimKey> keys = keys(administration).stream()
                .filter(key -> selector.isPresent() || states.contains(key.state()))
                .toList();
        if (keys.isEmpty()) {
            throw new Fault(
                    Sysexits.NOINPUT, domain() + " has no such key; make one: sealpost dkim create " + domain());
        }
        return keys;
    }
}
