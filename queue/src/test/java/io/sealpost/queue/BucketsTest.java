package io.sealpost.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.MailDomain;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketsTest {
    /** Rows in the database carry these numbers: they never change. */
    @Test
    void aDomainHasTheSameBucketForEver() {
        assertThat(Buckets.of(MailDomain.parse("gmail.com"))).isEqualTo(31);
        assertThat(Buckets.of(MailDomain.parse("example.net"))).isEqualTo(32);
    }

    @Test
    void domainsAreSpreadOverAllBuckets() {
        Set<Integer> used = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            used.add(Buckets.of(MailDomain.parse(Long.toHexString(random.nextLong()) + ".example")));
        }
        assertThat(used).hasSize(QueueClaims.BUCKETS).allMatch(bucket -> bucket >= 0 && bucket < QueueClaims.BUCKETS);
    }
}
