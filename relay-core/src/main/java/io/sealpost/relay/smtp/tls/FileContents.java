package io.sealpost.relay.smtp.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What stands in some files now, to tell whether it changed: by digest, since renewals turn links around (certbot, Kubernetes) or put
 * older times on new files.
 */
record FileContents(Map<Path, String> digests) {
    private static final String UNREADABLE = "unreadable";

    static FileContents of(CertificateSource source) {
        return new FileContents(
                source.files().distinct().collect(Collectors.toMap(Function.identity(), FileContents::digest)));
    }

    private static String digest(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            return UNREADABLE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
