package remedies

import (
	"regexp"
	"testing"
)

// neverAdvised is what would make something worse than FTP that does not work:
// servers that connect to any address (RFC 2577 section 3), all high ports
// open, settings that newer systems do not have, tricks that do not help.
var neverAdvised = regexp.MustCompile(`(?i)promiscuous\s*=\s*yes|AllowForeignAddress\s+on|Allow(User|Anonymous)FXP\s+yes|` +
	`matchClientAddressFor\w+\s*=\s*"?false|permit_foreign_addresses\s*=\s*True|connections_security\W+1|ip-check="?false|` +
	`102[45]\s*[-:]\s*65535|nf_conntrack_helper\s*=\s*1|(quote|literal) PASV|(ssl|tls)_?enable\s*=\s*NO|TLS(Engine)? (off|0)\b|SslAllowNone|` +
	`advfirewall set \w+ state off|ufw disable|systemctl stop (firewalld|nftables)|-P (INPUT|FORWARD) ACCEPT`)

func TestNeverAdvised(t *testing.T) {
	for _, bad := range []string{"port_promiscuous=YES", "AllowForeignAddress on", `matchClientAddressForPort="false"`, "tcp dport 1024-65535 accept", "quote PASV"} {
		if !neverAdvised.MatchString(bad) {
			t.Errorf("%q is not recognised", bad)
		}
	}
	for _, k := range theCatalogue().components {
		texts := []string{k.Where, k.Note, k.Verify}
		for _, e := range k.Remedies {
			texts = append(append(texts, e.Setting, e.Note), e.Commands...)
		}
		for _, text := range texts {
			if found := neverAdvised.FindString(text); found != "" {
				t.Errorf("%s advises %q", k.ID, found)
			}
		}
	}
}
