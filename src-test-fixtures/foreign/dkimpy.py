# Verifies each signature of each mail with dkimpy.
import os
import sys

import dkim
import dns.resolver

address, port, *files = sys.argv[1:]
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = [address]
resolver.port = int(port)


def txt(name, timeout=5):
    try:
        return b"".join(resolver.resolve(name.decode("ascii"), "TXT", lifetime=timeout)[0].strings)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None


for file in files:
    with open(file, "rb") as mail:
        message = dkim.DKIM(mail.read())
    fields = [name for name, _ in message.headers if name.lower() == b"dkim-signature"]
    for index in range(len(fields)):
        try:
            result = "pass" if message.verify(idx=index, dnsfunc=txt) else "fail"
        except dkim.DKIMException as refused:
            result = f"fail {refused}"
        print(os.path.basename(file), message.signature_fields[b"a"].decode("ascii"), result)
