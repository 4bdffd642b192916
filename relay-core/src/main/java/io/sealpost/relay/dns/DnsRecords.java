package io.sealpost.relay.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** From the library's records to ours. Pure. */
final class DnsRecords {
    private DnsRecords() {}

    static <T> DnsAnswer<T> map(DnsAnswer<Record> answer, Function<Record, T> each) {
        if (answer instanceof DnsAnswer.Found<Record> found) {
            return new DnsAnswer.Found<>(found.records().stream().map(each).toList());
        }
        if (answer instanceof DnsAnswer.Failed<Record> failed) {
            return new DnsAnswer.Failed<>(failed.why(), failed.detail());
        }
        return answer instanceof DnsAnswer.NoData ? new DnsAnswer.NoData<>() : new DnsAnswer.NxDomain<>();
    }

    /** A host's addresses out of its A and its AAAA answer. */
    static DnsAnswer<InetAddress> joined(DnsAnswer<Record> v4, DnsAnswer<Record> v6) {
        List<InetAddress> addresses = new ArrayList<>();
        for (DnsAnswer<Record> answer : List.of(v4, v6)) {
            if (answer instanceof DnsAnswer.Found<Record> found) {
                found.records().forEach(each -> addresses.add(address(each)));
            }
        }
        if (!addresses.isEmpty()) {
            return new DnsAnswer.Found<>(addresses);
        }
        return map(v6 instanceof DnsAnswer.Failed || v4 instanceof DnsAnswer.NoData ? v6 : v4, DnsRecords::address);
    }

    static MxRecord mx(Record record) {
        MXRecord mx = (MXRecord) record;
        Name target = mx.getTarget();
        String exchange = target.equals(Name.root) ? "" : target.toString(true).toLowerCase(Locale.ROOT);
        return new MxRecord(mx.getPriority(), exchange);
    }

    static String text(Record record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        ((TXTRecord) record).getStringsAsByteArrays().forEach(joined::writeBytes);
        return joined.toString(StandardCharsets.ISO_8859_1);
    }

    static String pointer(Record record) {
        return ((PTRRecord) record).getTarget().toString(true).toLowerCase(Locale.ROOT);
    }

    private static InetAddress address(Record record) {
        return record instanceof ARecord v4 ? v4.getAddress() : ((AAAARecord) record).getAddress();
    }
}
