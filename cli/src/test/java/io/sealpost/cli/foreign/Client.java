package io.sealpost.cli.foreign;

import java.util.Locale;

/** The clients that {@code submit} knows. */
enum Client {
    SWAKS,
    CURL,
    MSMTP,
    SMTPLIB,
    NODEMAILER,
    NET_SMTP;

    /** Its name on a command line and in addresses. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
