package io.sealpost.relay.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswerReaderTest {
    private final Question question = Question.of("example.test", Type.MX).orElseThrow();
    private final Message response = new Message();

    @BeforeEach
    void respond() {
        response.getHeader().setFlag(Flags.QR);
        response.addRecord(question.query().getQuestion(), Section.QUESTION);
    }

    @Test
    void aReferralIsNoAnswer() throws IOException {
        add(Section.AUTHORITY, "test.", Type.NS, 60, "ns.test.");
        assertFailed(DnsFailure.LAME);
    }

    @Test
    void nothingFromAnAuthorityIsAnAnswer() throws IOException {
        response.getHeader().setFlag(Flags.AA);
        add(Section.AUTHORITY, "test.", Type.NS, 60, "ns.test.");
        assertThat(AnswerReader.read(question, response))
                .isEqualTo(new Step.End(new DnsAnswer.NoData<>(), Duration.ZERO));
    }

    @Test
    void nothingIsRememberedForTheLesserOfTheSoasTimes() throws IOException {
        add(Section.AUTHORITY, "test.", Type.SOA, 40, "ns.test. h.test. 1 3600 600 86400 60");
        assertThat(AnswerReader.read(question, response).ttl()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void anAnswerLivesAsLongAsTheShortestOfItsChain() throws IOException {
        add(Section.ANSWER, "example.test.", Type.CNAME, 20, "other.test.");
        add(Section.ANSWER, "other.test.", Type.MX, 90, "10 mx.test.");
        assertThat(AnswerReader.read(question, response).ttl()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anAliasThatLeadsOutOfTheAnswerIsToBeFollowed() throws IOException {
        add(Section.ANSWER, "example.test.", Type.CNAME, 20, "other.test.");
        assertThat(AnswerReader.read(question, response))
                .isEqualTo(new Step.Alias(Name.fromString("other.test."), Duration.ofSeconds(20)));
    }

    @Test
    void recordsOfAnotherNameSayNothingAboutThisOne() throws IOException {
        add(Section.ANSWER, "evil.test.", Type.MX, 90, "10 mx.evil.test.");
        assertFailed(DnsFailure.MALFORMED);
    }

    private void assertFailed(DnsFailure why) {
        assertThat(AnswerReader.read(question, response))
                .isInstanceOfSatisfying(
                        Step.End.class,
                        end -> assertThat(end.answer())
                                .isInstanceOfSatisfying(
                                        DnsAnswer.Failed.class,
                                        failed -> assertThat(failed.why()).isEqualTo(why)));
    }

    private void add(int section, String name, int type, long ttl, String data) throws IOException {
        response.addRecord(Record.fromString(Name.fromString(name), type, DClass.IN, ttl, data, Name.root), section);
    }
}
