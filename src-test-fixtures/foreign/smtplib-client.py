# Submits the mail on standard input with Python's smtplib. The password is in PASSWORD.
import os
import smtplib
import ssl
import sys

host, port, tls, user, sender, recipient, certificate = sys.argv[1:]
context = ssl.create_default_context(cafile=certificate)
mail = sys.stdin.buffer.read()
if tls == "implicit":
    client = smtplib.SMTP_SSL(host, int(port), local_hostname="client.test", timeout=60, context=context)
else:
    client = smtplib.SMTP(host, int(port), local_hostname="client.test", timeout=60)
    client.starttls(context=context)
client.login(user, os.environ["PASSWORD"])
client.sendmail(sender, [recipient], mail, mail_options=["BODY=8BITMIME"])
client.quit()
