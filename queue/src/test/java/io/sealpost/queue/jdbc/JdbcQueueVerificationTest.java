package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueVerification.Fault;
import io.sealpost.queue.QueueVerification.Finding;
import io.sealpost.queue.QueueVerification.Listener;
import io.sealpost.queue.QueueVerification.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueVerificationTest {
    private static QueueWorld world;

    private NewMessage message;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void aLargeMessage() {
        world.reset();
        message = world.mail()
                .with(
                        MailOptions.NONE,
                        Content.of(new byte[(2 << 20) + 5]),
                        MailMaker.QUEUED,
                        "b@x.example",
                        "c@y.example");
        world.store(message, world.mail().to(MailMaker.QUEUED, "d@z.example"));
    }

    private static List<Finding> verify(Mode mode, Integer... living) {
        List<Finding> findings = new ArrayList<>();
        new JdbcQueueVerification(world.transactions(), world.clock(), world.inspection(), "root@test")
                .verify(mode, Set.of(living), new Listener() {
                    @Override
                    public void found(Finding finding) {
                        findings.add(finding);
                    }

                    @Override
                    public void progress(String rows, long count) {}
                });
        return findings;
    }

    private static List<Fault> faults(Mode mode, Integer... living) {
        return verify(mode, living).stream().map(Finding::fault).toList();
    }

    private void sql(String statement) {
        world.transactions()
                .read(handle ->
                        handle.execute(statement, message.envelope().id().value()));
    }

    /** Found, then mended, then fine. */
    private static void mends(Fault fault) {
        assertThat(faults(Mode.LOOK)).containsExactly(fault);
        assertThat(faults(Mode.LOOK)).containsExactly(fault);
        assertThat(verify(Mode.MEND)).allMatch(Finding::mended).hasSize(1);
        assertThat(faults(Mode.LOOK)).isEmpty();
        assertThat(world.texts("SELECT CONCAT_WS(' ', actor, action, json) FROM audit"))
                .containsExactly(
                        "root@test queue.mend {\"step\":\"begin\"}",
                        "root@test queue.mend {\"found\":\"1\",\"mended\":\"1\"}");
    }

    @Test
    void mailThatWaitsOrIsUnderWayIsFine() {
        assertThat(faults(Mode.LOOK)).isEmpty();
        world.claimAll(1);
        assertThat(faults(Mode.LOOK, 1)).isEmpty();
        assertThat(world.counts()).startsWith(2L, 4L, 3L);
    }

    @Test
    void aMessageWhoseDeliveriesHaveEndedIsRemoved() {
        sql("DELETE FROM delivery WHERE message = ?");

        mends(Fault.MESSAGE_WITHOUT_DELIVERY);
        assertThat(world.counts()).startsWith(1L, 1L, 1L);
    }

    @Test
    void contentOfNobodyIsRemoved() {
        sql("DELETE FROM delivery WHERE message = ?");
        sql("DELETE FROM message WHERE id = ?");

        mends(Fault.CONTENT_WITHOUT_MESSAGE);
        assertThat(world.counts()).startsWith(1L, 1L, 1L);
    }

    @Test
    void deliveriesOfAMissingMessageAreHeldAndItsContentIsKept() {
        sql("DELETE FROM message WHERE id = ?");

        assertThat(verify(Mode.MEND)).noneMatch(Finding::mended).hasSize(3);
        assertThat(faults(Mode.LOOK))
                .containsExactly(
                        Fault.DELIVERY_WITHOUT_MESSAGE, Fault.DELIVERY_WITHOUT_MESSAGE, Fault.CONTENT_WITHOUT_MESSAGE);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 4"))
                .isEqualTo(2);
        assertThat(world.count("message_content")).isEqualTo(4);
    }

    @Test
    void damagedContentIsHeldNotSent() {
        sql("DELETE FROM message_content WHERE message = ? AND part = 1");

        assertThat(faults(Mode.LOOK)).containsExactly(Fault.CONTENT_DAMAGED);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 4"))
                .isZero();
        assertThat(verify(Mode.MEND))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("its content has 1048581 bytes in 2 parts, not 2097157 bytes"));
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 4"))
                .isEqualTo(2);
    }

    @Test
    void aByteLessIsDamageToo() {
        sql("UPDATE message_content SET bytes = 'xyzz' WHERE message = ? AND part = 2");

        assertThat(faults(Mode.LOOK)).containsExactly(Fault.CONTENT_DAMAGED);
    }

    @Test
    void leasesOfADeadNodeAreFreed() {
        world.claimAll(1);

        mends(Fault.LEASES_OF_THE_DEAD);
        assertThat(world.claimAll(2)).hasSize(2);
    }

    @Test
    void whatIsUnderWayForNobodyIsDueAgain() {
        sql("UPDATE delivery SET state = 2 WHERE message = ? AND n = 0");

        mends(Fault.STATE_WITHOUT_LEASE);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 1"))
                .isEqualTo(3);
    }
}
