package io.sealpost.dkim;

import java.util.Arrays;

/** Bytes that grow; a StringBuilder without characters. Not thread-safe. */
final class ByteBuilder {
    private byte[] bytes;
    private int length;

    ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    ByteBuilder append(byte b) {
        grow(1);
        bytes[length++] = b;
        return this;
    }

    ByteBuilder append(byte[] from, int start, int end) {
        grow(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    ByteBuilder crlf() {
        return append((byte) '\r').append((byte) '\n');
    }

    /** Takes trailing blanks off, down to a length. */
    void trimBlanks(int least) {
        while (length > least && RawMessage.isBlank(bytes[length - 1])) {
            length--;
        }
    }

    int length() {
        return length;
    }

    /** The array itself; valid up to {@link #length()}. */
    byte[] array() {
        return bytes;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
