# Verifies each signature of each mail with dkimpy.
import os
import sys

import dkim
import dns.exception
import dns.resolver

address, port, *files = sys.argv[1:]
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = [address]
resolver.port = int(port)


def txt(name, timeout=5):
    try:
        return b"".join(resolver.resolve(name.decode("ascii"), "TXT", lifetime=timeout)[0].strings)
    except dns.exception.DNSException:
        return None  # No key, as far as this signature is concerned.


for file in files:
    name = os.path.basename(file)
    try:
        with open(file, "rb") as mail:
            message = dkim.DKIM(mail.read())
    except dkim.DKIMException as refused:
        print(name, "none", "fail", refused)
        continue
    fields = [field for field, _ in message.headers if field.lower() == b"dkim-signature"]
    for index in range(len(fields)):
        try:
            result = "pass" if message.verify(idx=index, dnsfunc=txt) else "fail"
        except dkim.DKIMException as refused:
            result = f"fail {refused}"
        print(name, message.signature_fields[b"a"].decode("ascii"), result)
