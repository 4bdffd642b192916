package io.sealpost.cli.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** One question for an A record, to see whether a name server is up and has its zone. */
final class DnsQuestion {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int SIZE = 512;

    private DnsQuestion() {}

    /** Whether the answer came with NOERROR and a record. */
    static boolean isAnswered(InetSocketAddress server, String name) {
        ByteArrayOutputStream question = new ByteArrayOutputStream();
        question.writeBytes(new byte[] {7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (String label : name.split("\\.")) {
            question.write(label.length());
            question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.writeBytes(new byte[] {0, 0, 1, 0, 1});
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server);
            socket.send(new DatagramPacket(question.toByteArray(), question.size()));
            byte[] answer = new byte[SIZE];
            socket.receive(new DatagramPacket(answer, SIZE));
            return (answer[3] & 0x0F) == 0 && answer[7] > 0;
        } catch (IOException notYet) {
            return false;
        }
    }
}
