package scenarios

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
)

// limitedUnderTLS is no case of the catalogue: which of two connections comes first
// is chance in it, and a golden report holds more than what matters.
const limitedUnderTLS = `-- scenario --
summary: A firewall admits two connections of a client, and the server offers TLS.
priority: P2
-- expect --
verdict: either
forbidden: tls-blinds-alg
-- network --
passive beside 2: drop
-- server --
style: vsftpd
tls: offered
`

// TestTLSIsNotBlamedForALimit: where a limit of connections was found in clear, the
// comparison under TLS keeps to it.
func TestTLSIsNotBlamedForALimit(t *testing.T) {
	blamesNobody(t, limitedUnderTLS)
}

// TestALimitOnALongWay: the longer the way, the less time there is to find out that
// company is the reason; what was not found out is no closed port.
func TestALimitOnALongWay(t *testing.T) {
	for latency := 40; latency <= 150; latency += 5 {
		t.Run(fmt.Sprint(latency), func(t *testing.T) {
			text := strings.Replace(limitedUnderTLS, "passive beside", fmt.Sprintf("latency: %dms\npassive beside", latency), 1)
			blamesNobody(t, strings.Replace(text, "tls: offered\n", "", 1))
		})
	}
}

// blamesNobody examines a server behind a limit of connections.
func blamesNobody(t *testing.T, text string) {
	t.Helper()
	s, err := parse("1-limited-under-tls.txtar", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer run.Close()
		p := probe.Prober{Network: run.Network, Plan: run.Plan}
		var codes []probe.Code
		for _, f := range probe.Classify(p.Run(context.Background(), run.Target)) {
			codes = append(codes, f.Code)
		}
		for _, wrong := range []probe.Code{probe.TLSBlindsALG, probe.PassiveRangePartlyOpen, probe.PassivePortFiltered, probe.PASVBroken, probe.EPSVBroken} {
			if slices.Contains(codes, wrong) {
				t.Errorf("%v is blamed: %v", wrong, codes)
			}
		}
	})
}
