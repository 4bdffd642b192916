package io.sealpost.cli.clientsettings;

/** The profile of Apple's programs ({@code com.apple.mail.managed}), unsigned: the device says so and takes it. */
final class AppleProfile {
    /** 1 address, 2 and 3 the IMAP server, 4 and 5 the SMTP server, 6 the domain, 7 and 8 identifiers. */
    static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
              <key>PayloadContent</key>
              <array>
                <dict>
                  <key>EmailAccountDescription</key><string>%1$s</string>
                  <key>EmailAccountType</key><string>EmailTypeIMAP</string>
                  <key>EmailAddress</key><string>%1$s</string>
                  <key>IncomingMailServerAuthentication</key><string>EmailAuthPassword</string>
                  <key>IncomingMailServerHostName</key><string>%2$s</string>
                  <key>IncomingMailServerPortNumber</key><integer>%3$d</integer>
                  <key>IncomingMailServerUseSSL</key><true/>
                  <key>IncomingMailServerUsername</key><string>%1$s</string>
                  <key>OutgoingMailServerAuthentication</key><string>EmailAuthPassword</string>
                  <key>OutgoingMailServerHostName</key><string>%4$s</string>
                  <key>OutgoingMailServerPortNumber</key><integer>%5$d</integer>
                  <key>OutgoingMailServerUseSSL</key><true/>
                  <key>OutgoingMailServerUsername</key><string>%1$s</string>
                  <key>PayloadDisplayName</key><string>%1$s</string>
                  <key>PayloadIdentifier</key><string>%6$s.mail.account</string>
                  <key>PayloadType</key><string>com.apple.mail.managed</string>
                  <key>PayloadUUID</key><string>%7$s</string>
                  <key>PayloadVersion</key><integer>1</integer>
                </dict>
              </array>
              <key>PayloadDisplayName</key><string>Mail of %6$s</string>
              <key>PayloadIdentifier</key><string>%6$s.mail</string>
              <key>PayloadType</key><string>Configuration</string>
              <key>PayloadUUID</key><string>%8$s</string>
              <key>PayloadVersion</key><integer>1</integer>
            </dict>
            </plist>
            """;

    private AppleProfile() {}
}
