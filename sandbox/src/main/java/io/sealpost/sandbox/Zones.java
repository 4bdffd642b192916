package io.sealpost.sandbox;

import io.sealpost.mail.ForeignText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/**
 * The zones of one master file (RFC 1035 §5), and the faults its {@code ;!} lines ask for. Immutable once read; safe for threads.
 *
 * <p>Each SOA record begins a zone; every other record belongs to the deepest zone above it. To a DNS server that knows nothing of
 * faults the {@code ;!} lines are comments:
 *
 * <pre>{@code
 * ;!SERVFAIL broken.test.
 * ;!DROP     silent.test. MX
 * ;!DELAY=2s slow.test.
 * }</pre>
 */
final class Zones {
    private static final String FAULT_MARK = ";!";
    private static final long DEFAULT_TTL = 60;

    private final Map<Name, Zone> byOrigin = new HashMap<>();
    private final Map<FaultPoint, DnsFault> faults = new HashMap<>();

    private record FaultPoint(Name name, int type) {}

    private Zones() {}

    /** Reads a master file; throws IllegalArgumentException that says which line or record is wrong. */
    static Zones parse(String text) {
        Zones zones = new Zones();
        zones.readFaults(text);
        List<Record> records = readRecords(text);
        Map<Name, List<Record>> grouped = new HashMap<>();
        records.stream().filter(r -> r.getType() == Type.SOA).forEach(r -> grouped.put(r.getName(), new ArrayList<>()));
        for (Record record : records) {
            Name origin = deepest(grouped, record.getName())
                    .orElseThrow(() -> new IllegalArgumentException(record.getName() + " lies under no SOA record"));
            grouped.get(origin).add(record);
        }
        grouped.forEach(zones::add);
        return zones;
    }

    /** The zone that a name lies in; empty when it lies in none of ours. */
    Optional<Zone> enclosing(Name name) {
        return deepest(byOrigin, name).map(byOrigin::get);
    }

    /** What goes wrong when this is asked; a fault of the type goes before one of the whole name. */
    Optional<DnsFault> faultFor(Name name, int type) {
        DnsFault fault = faults.get(new FaultPoint(name, type));
        return Optional.ofNullable(fault != null ? fault : faults.get(new FaultPoint(name, Type.ANY)));
    }

    private void add(Name origin, List<Record> records) {
        try {
            byOrigin.put(origin, new Zone(origin, records.toArray(Record[]::new)));
        } catch (IOException e) {
            throw new IllegalArgumentException("zone " + e.getMessage(), e);
        }
    }

    private static List<Record> readRecords(String text) {
        List<Record> records = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Master master = new Master(new ByteArrayInputStream(bytes), Name.root, DEFAULT_TTL)) {
            master.disableIncludes();
            for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
                records.add(next);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage().replace("<none>:", "line "), e);
        }
        return records;
    }

    private void readFaults(String text) {
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.startsWith(FAULT_MARK)) {
                readFault(line, number);
            }
        }
    }

    private void readFault(String line, int number) {
        String[] words = line.substring(FAULT_MARK.length()).strip().split("\\s+");
        try {
            int type = words.length == 3 ? Type.value(words[2]) : Type.ANY;
            if (words.length < 2 || words.length > 3 || type < 0) {
                throw new IllegalArgumentException("write ;!FAULT name. [type], as ;!SERVFAIL broken.test. MX");
            }
            faults.put(new FaultPoint(Name.fromString(words[1], Name.root), type), DnsFault.parse(words[0]));
        } catch (IllegalArgumentException | TextParseException e) {
            throw new IllegalArgumentException("line " + number + ": " + ForeignText.escape(e.getMessage()), e);
        }
    }

    private static Optional<Name> deepest(Map<Name, ?> origins, Name name) {
        for (int cut = 0; cut < name.labels(); cut++) {
            Name origin = cut == 0 ? name : new Name(name, cut);
            if (origins.containsKey(origin)) {
                return Optional.of(origin);
            }
        }
        return Optional.empty();
    }
}
