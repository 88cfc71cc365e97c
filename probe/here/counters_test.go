package here

import (
	"io/fs"
	"testing"
)

// snmp makes the two files of Linux with the given numbers.
func snmp(received, delivered, forwarded, badHeaders, fragments, reassembled, unreachable string) fs.FS {
	return files(map[string]string{
		"proc/net/snmp": "Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers ReasmReqds ReasmOKs\n" +
			"Ip: 2 64 " + received + " " + badHeaders + " 0 " + forwarded + " 0 0 " + delivered + " " + fragments + " " + reassembled + "\n" +
			"Icmp: InMsgs OutDestUnreachs\nIcmp: 0 " + unreachable + "\n",
		"proc/net/snmp6": "Ip6InReceives                   \t" + received + "\nIp6InDelivers \t" + delivered +
			"\nIp6OutForwDatagrams " + forwarded + "\nIp6InHdrErrors " + badHeaders +
			"\nIp6ReasmReqds " + fragments + "\nIp6ReasmOKs " + reassembled + "\nIcmp6OutDestUnreachs " + unreachable + "\n",
	})
}

func TestCountersTellWhatWasThrownAwayHere(t *testing.T) {
	before := ReadCounters(snmp("1000", "900", "40", "7", "4", "2", "3"))
	for _, tt := range []struct {
		name  string
		after fs.FS
		want  IPGrowth
	}{
		{"the input chain drops four SYNs", snmp("1005", "901", "40", "7", "4", "2", "3"), IPGrowth{true, 5, 4, 0}},
		{"the input chain rejects one", snmp("1002", "901", "40", "7", "4", "2", "4"), IPGrowth{true, 2, 1, 1}},
		{"nothing wrong", snmp("1010", "910", "40", "7", "4", "2", "3"), IPGrowth{true, 10, 0, 0}},
		{"forwarded, broken and fragmented", snmp("1010", "903", "43", "8", "8", "3", "3"), IPGrowth{true, 10, 0, 0}},
	} {
		g := ReadCounters(tt.after).Since(before)
		if g.IPv4 != tt.want || g.IPv6 != tt.want {
			t.Errorf("%s: %+v, want %+v of both families", tt.name, g, tt.want)
		}
	}
}

func TestCountersThatTurnOver(t *testing.T) {
	const largest = "18446744073709551615"
	before := ReadCounters(snmp(largest, largest, "0", "0", "0", "0", largest))
	g := ReadCounters(snmp("4", "2", "0", "0", "0", "0", "0")).Since(before)
	if want := (IPGrowth{true, 5, 2, 1}); g.IPv4 != want || g.IPv6 != want {
		t.Errorf("%+v, want %+v of both families", g, want)
	}
}

func TestCountersThatCannotBeRead(t *testing.T) {
	whole := ReadCounters(snmp("1", "1", "0", "0", "0", "0", "0"))
	for name, root := range map[string]fs.FS{
		"no file system":   nil,
		"no files":         files(nil),
		"no permission":    files(map[string]string{"proc/net/snmp": "-", "proc/net/snmp6": "-"}),
		"something else":   files(map[string]string{"proc/net/snmp": "Ip: a b\nIp: 1\n", "proc/net/snmp6": "x y z\n"}),
		"not the counters": files(map[string]string{"proc/net/snmp": "Ip: InReceives\nIp: 5\n", "proc/net/snmp6": "Ip6InDelivers -1\n"}),
	} {
		c := ReadCounters(root)
		if c != (Counters{}) {
			t.Errorf("%s: %+v", name, c)
		}
		if g := whole.Since(c); g != (Growth{}) {
			t.Errorf("%s: growth %+v", name, g)
		}
	}
}
