# Submits the mail on standard input with Perl's Net::SMTP. The password is in PASSWORD.
use strict;
use warnings;
use Net::SMTP;

my ($host, $port, $tls, $user, $from, $to, $certificate) = @ARGV;
my %trust = (SSL_ca_file => $certificate);
my $client = Net::SMTP->new($host, Port => $port, Hello => 'client.test', Timeout => 60, SSL => $tls eq 'implicit', %trust)
    or die "no connection: $@\n";
sub must { $_[0] or die join(' ', $client->code, $client->message), "\n" }

$tls eq 'implicit' or must($client->starttls(%trust));
must($client->auth($user, $ENV{PASSWORD}));
must($client->mail($from, Bits => 8));
must($client->to($to));
binmode STDIN;
my $mail = do { local $/; <STDIN> };
must($client->data);
must($client->datasend($mail));
must($client->dataend);
$client->quit;
