# Verifies each signature of each mail with Perl's Mail::DKIM.
use strict;
use warnings;
use File::Basename;
use Mail::DKIM::DNS;
use Mail::DKIM::Verifier;
use Net::DNS;

my ($address, $port, @files) = @ARGV;
Mail::DKIM::DNS::resolver(Net::DNS::Resolver->new(nameservers => [$address], port => $port));
for my $file (@files) {
    open my $in, '<:raw', $file or die "$file: $!\n";
    my $verifier = Mail::DKIM::Verifier->new;
    $verifier->PRINT(do { local $/; <$in> });
    $verifier->CLOSE;
    for my $signature ($verifier->signatures) {
        print join(' ', basename($file), $signature->algorithm, $signature->result, $signature->result_detail), "\n";
    }
}
