package io.sealpost.dkim;

import io.sealpost.dkim.KeyReading.UsableKey;
import io.sealpost.dkim.Verdict.Kind;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;

/** Whether the DNS's answer holds the one key that a signature may be verified with (RFC 6376 §6.1.2, RFC 8301 §3.2). */
final class KeySelection {
    private static final int WEAKEST_RSA = 1024;
    private static final int LONGEST_RSA = 8192; // RFC 8301 asks for 4096; a limit, since the sender chooses the cost.

    private final ParsedKeys keys;

    KeySelection(PublicKeys keys) {
        this.keys = new ParsedKeys(keys);
    }

    KeyReading select(KeyRecords.Answer answer, ReceivedSignature signature) {
        if (answer instanceof KeyRecords.Answer.Unavailable unavailable) {
            return new Fault(Kind.KEY_UNAVAILABLE, unavailable.reason());
        }
        List<String> records = ((KeyRecords.Answer.Records) answer).records();
        if (records.isEmpty()) {
            return new Fault(Kind.NO_KEY, "there is no TXT record under this name");
        }
        if (records.size() > 1) {
            return unusable(records.size() + " TXT records stand under one name"); // §3.6.2.2: they must be unique.
        }
        KeyRecordReading reading = DkimKeyRecord.parse(records.get(0));
        return reading instanceof DkimKeyRecord record
                ? fitting(record, signature)
                : unusable(((KeyRecordReading.Malformed) reading).reason());
    }

    private KeyReading fitting(DkimKeyRecord record, ReceivedSignature signature) {
        ReceivedSignature.Signer signer = signature.signer();
        if (record.isRevoked()) {
            return new Fault(Kind.KEY_REVOKED, "p= of the record is empty");
        }
        if (!record.keyType().equals(signature.algorithm().keyType())) {
            return unusable("k= of the record is not the kind of key that a= names");
        }
        if (!record.allowsHash("sha256")) {
            return unusable("h= of the record does not allow sha256");
        }
        if (!record.isForMail()) {
            return unusable("s= of the record is not for mail");
        }
        if (record.forbidsSubdomains()
                && !signer.agentDomain().equalsIgnoreCase(signer.key().domain())) {
            return unusable("t=s of the record forbids i= below the domain");
        }
        return parsed(record, signature.algorithm());
    }

    private KeyReading parsed(DkimKeyRecord record, SigningAlgorithm algorithm) {
        Optional<PublicKey> key = keys.parse(algorithm, record.publicKey());
        if (key.isEmpty()) {
            return unusable("p= of the record is not a key of its kind");
        }
        if (key.get() instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < WEAKEST_RSA) {
                return new Fault(Kind.WEAK_KEY, "the RSA key has " + bits + " bits, 1024 is the least");
            }
            if (bits > LONGEST_RSA) {
                return unusable("the RSA key has " + bits + " bits");
            }
        }
        return new UsableKey(key.get(), record);
    }

    private static Fault unusable(String detail) {
        return new Fault(Kind.KEY_UNUSABLE, detail);
    }
}
