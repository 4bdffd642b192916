package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.foreign.ForeignWorld.Password;
import io.sealpost.cli.foreign.ForeignWorld.Port;
import io.sealpost.sandbox.ReceivedMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Six clients submit, four verifiers judge what arrived; then they judge the same mail after somebody changed it.
 */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForeignProgramsStory {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Path folder;
    private ForeignWorld world;
    private int delivered;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        world = ForeignWorld.start(folder);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (world != null) {
            world.close();
        }
    }

    static Stream<Arguments> waysIn() {
        return Stream.of(Client.values())
                .flatMap(client -> Stream.of(Port.values())
                        .flatMap(port -> Stream.of(Password.MAIN, Password.APP)
                                .map(password -> Arguments.of(client, port, password))));
    }

    static Stream<Arguments> clientsAndPorts() {
        return Stream.of(Client.values())
                .flatMap(client -> Stream.of(Port.values()).map(port -> Arguments.of(client, port)));
    }

    static Stream<Arguments> clientsAndMails() {
        return Stream.of(Client.values())
                .flatMap(client -> Stream.of(Mails.EIGHT_BIT, Mails.DOTS, Mails.ATTACHMENT)
                        .map(mail -> Arguments.of(client, mail)));
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("waysIn")
    void submitsOverBothPortsWithBothPasswords(Client client, Port port, Password password) throws Exception {
        arrivesUnchanged(client, port, password, Mails.PLAIN);
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("clientsAndMails")
    void submitsAnyContentUnchanged(Client client, Mails mail) throws Exception {
        arrivesUnchanged(client, Port.STARTTLS, Password.APP, mail);
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("clientsAndPorts")
    void hearsThatThePasswordIsWrong(Client client, Port port) throws Exception {
        ForeignProgram.Ended refused =
                submit(client, port, Password.WRONG, "wrong@sandbox.test", plain("anna@office.test"));

        assertThat(refused.code()).as(refused.output()).isNotZero();
        assertThat(refused.output()).contains("535", "5.7.8");
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("clientsAndPorts")
    void hearsThatAnnaMayNotSendAsHerBoss(Client client, Port port) throws Exception {
        ForeignProgram.Ended refused =
                submit(client, port, Password.APP, "boss@sandbox.test", plain("boss@office.test"));

        assertThat(refused.code()).as(refused.output()).isNotZero();
        assertThat(refused.output()).contains("550", "5.7.1", "anna@office.test may not send as boss@office.test");
    }

    @Order(2)
    @ParameterizedTest
    @EnumSource
    void verifiesAllThatArrived(Verifier verifier) throws Exception {
        List<Path> mails = world.received().stream().map(ReceivedMail::file).toList();
        assertThat(mails).hasSize(delivered).isNotEmpty();

        List<String> verdicts = verifier.judge(world.dns(), mails);

        List<String> expected =
                mails.stream().flatMap(mail -> verifier.patterns(mail).stream()).toList();
        assertThat(verdicts)
                .hasSameSizeAs(expected)
                .zipSatisfy(expected, (verdict, pattern) -> assertThat(verdict).matches(pattern));
    }

    @Order(2)
    @ParameterizedTest
    @EnumSource
    void refusesAMailThatSomebodyChanged(Verifier verifier) throws Exception {
        String mail = Files.readString(world.received().get(0).file(), StandardCharsets.ISO_8859_1);
        List<Path> changed = List.of(
                write("body.eml", mail + "And one more thing.\r\n"),
                write("from.eml", mail.replace("From: Anna <", "From: Bert <")),
                write("subject.eml", mail.replace("Subject: An order", "Subject: No order")),
                write("second-subject.eml", "Subject: Another order\r\n" + mail));
        assertThat(changed).doesNotHaveDuplicates().allMatch(path -> differs(path, mail));

        assertThat(verifier.judge(world.dns(), changed))
                .hasSize(4 * verifier.patterns(changed.get(0)).size())
                .noneMatch(verdict -> verdict.matches("\\S+ \\S+ pass.*"));
    }

    @Order(2)
    @Test
    void jdkimTakesOursAndRefusesAMailThatSomebodyChanged() throws Exception {
        String mail = Files.readString(world.received().get(0).file(), StandardCharsets.ISO_8859_1);

        assertThat(jdkimTakes(mail)).isTrue();
        assertThat(jdkimTakes(mail + "And one more thing.\r\n")).isFalse();
        assertThat(jdkimTakes(mail.replace("From: Anna <", "From: Bert <"))).isFalse();
        assertThat(jdkimTakes(mail.replace("Subject: An order", "Subject: No order")))
                .isFalse();
        assertThat(jdkimTakes("Subject: Another order\r\n" + mail)).isFalse();
    }

    private boolean jdkimTakes(String mail) {
        return Jdkim.takes(mail.getBytes(StandardCharsets.ISO_8859_1), world::published);
    }

    private static boolean differs(Path changed, String mail) {
        try {
            return !Files.readString(changed, StandardCharsets.ISO_8859_1).equals(mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String mail) throws IOException {
        return Files.writeString(folder.resolve(name), mail, StandardCharsets.ISO_8859_1);
    }

    private static byte[] plain(String from) {
        return Mails.PLAIN.from(from);
    }

    private void arrivesUnchanged(Client client, Port port, Password password, Mails mail) throws Exception {
        String recipient = String.join("-", client.toString(), port.name(), password.name(), mail.name())
                        .toLowerCase(Locale.ROOT)
                + "@sandbox.test";
        byte[] sent = mail.from(ForeignWorld.ANNA.toString());

        ForeignProgram.Ended submitted = submit(client, port, password, recipient, sent);

        assertThat(submitted.code()).as(submitted.output()).isZero();
        delivered++;
        String arrived = new String(world.arrival(recipient), StandardCharsets.ISO_8859_1);
        String expected = new String(sent, StandardCharsets.ISO_8859_1);
        assertThat(arrived).endsWith(expected);
        String front = arrived.substring(0, arrived.length() - expected.length());
        assertThat(front.lines().filter(line -> !line.startsWith(" ") && !line.startsWith("\t")))
                .as(front)
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("DKIM-Signature", "DKIM-Signature", "Received");
    }

    private ForeignProgram.Ended submit(Client client, Port port, Password password, String recipient, byte[] mail)
            throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("mail"), mail);
        List<String> arguments = List.of(
                client.toString(),
                Integer.toString(world.port(port)),
                port.name().toLowerCase(Locale.ROOT),
                ForeignWorld.ANNA.toString(),
                ForeignWorld.ANNA.toString(),
                recipient,
                world.certificate().toString());
        return ForeignProgram.run(PATIENCE, file, world.password(password), "submit", arguments);
    }
}
