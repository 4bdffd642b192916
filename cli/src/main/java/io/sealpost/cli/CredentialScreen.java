package io.sealpost.cli;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.LoginUse;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Times;
import io.sealpost.mail.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** App passwords and devices for people and scripts, never the secrets. */
final class CredentialScreen {
    private CredentialScreen() {}

    /** Columns of a list; {@code whenEmpty} is said where there is none. */
    static Listing<AppPassword> listing(String whenEmpty) {
        return new Listing<AppPassword>(whenEmpty)
                .column("ID", "id", AppPassword::id)
                .column("LABEL", "label", AppPassword::label)
                .column("MADE", "created", AppPassword::created)
                .column(
                        "LAST USED",
                        "last_used",
                        each -> each.lastUse().map(LoginUse::at).orElse(null))
                .column(
                        "FROM",
                        "last_client",
                        each -> each.lastUse()
                                .map(use -> use.client().getHostAddress())
                                .orElse(null))
                .column(
                        "TLS",
                        "last_tls",
                        each -> each.lastUse().flatMap(LoginUse::tls).orElse(null))
                .column(
                        "EHLO",
                        "last_helo",
                        each -> each.lastUse().map(LoginUse::helo).orElse(null))
                .column(
                        "TIMES",
                        "times",
                        each -> each.lastUse().map(LoginUse::times).orElse(0L))
                .onScreen("BOUND TO", each -> boundTo(each.bounds()))
                .inJson("bounds", each -> json(each.bounds()));
    }

    /** One, a line a fact. */
    static void show(Console console, AppPassword shown) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", shown.id());
        facts.put("label", shown.label());
        facts.put("made", Times.shown(shown.created()));
        facts.put("last used", shown.lastUse().map(CredentialScreen::sentence).orElse("never"));
        facts.put("bound to", boundTo(shown.bounds()).isEmpty() ? "nothing" : boundTo(shown.bounds()));
        facts.forEach((name, value) -> console.print("%-14s %s".formatted(name, ForeignText.escape(value.toString()))));
    }

    /** When and from where, in a line. */
    static String sentence(LoginUse use) {
        return Times.shown(use.at()) + " from " + use.client().getHostAddress() + " (" + use.helo() + ") on "
                + use.listener() + ", " + use.tls().orElse("no TLS") + "; times: " + use.times();
    }

    /** The same for scripts. */
    static Map<String, Object> json(LoginUse use) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", use.at().toString());
        json.put("client", use.client().getHostAddress());
        json.put("listener", use.listener());
        json.put("tls", use.tls().orElse(null));
        json.put("helo", use.helo());
        json.put("times", use.times());
        return json;
    }

    private static String boundTo(CredentialBounds bounds) {
        List<String> parts = new ArrayList<>();
        json(bounds)
                .forEach((name, value) -> parts.add(name + "="
                        + (value instanceof List<?> list
                                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                                : value)));
        return String.join(" ", parts);
    }

    private static Map<String, Object> json(CredentialBounds bounds) {
        Map<String, Object> json = new LinkedHashMap<>();
        putAll(json, "from", bounds.senders());
        putAll(json, "network", bounds.networks());
        putAll(json, "listener", bounds.listeners());
        bounds.expires().ifPresent(at -> json.put("expires", at.toString()));
        bounds.idle().ifPresent(time -> json.put("idle", time.toSeconds() + "s"));
        bounds.messages().ifPresent(rate -> json.put("rate", rate.toString()));
        bounds.recipients().ifPresent(rate -> json.put("recipients", rate.toString()));
        return json;
    }

    private static void putAll(Map<String, Object> json, String name, List<?> entries) {
        if (!entries.isEmpty()) {
            json.put(name, entries.stream().map(Object::toString).toList());
        }
    }
}
