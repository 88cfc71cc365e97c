package hops

import (
	"encoding/json"
	"net/netip"
	"testing"

	"ftpdiag/probe/neterr"
)

// path makes a path out of answers; Expired comes from the router of that TTL.
func path(remote netip.AddrPort, answers ...Answer) Path {
	p := Path{Remote: remote, Local: here, State: Complete}
	for i, a := range answers {
		hop := Hop{Answer: a}
		if a == Expired {
			hop.ICMP = ICMP{Type: icmpExpired, From: router(i + 1)}
		}
		p.Hops = append(p.Hops, hop)
	}
	return p
}

// rejected ends a path with an ICMP unreachable from somebody.
func rejected(p Path, from netip.Addr) Path {
	p.Hops = append(p.Hops, Hop{Answer: Unreachable, ICMP: ICMP{Type: icmpUnreachable, Code: 13, From: from}})
	return p
}

func TestCompare(t *testing.T) {
	control := path(controlPort, Expired, Expired, SYNACK)
	quiet := path(controlPort, Expired, Silent, Expired, SYNACK)
	server := controlPort.Addr()
	other := path(dataPort, Expired, Expired, RST)
	other.Hops[1].ICMP.From = netip.MustParseAddr("203.0.113.200")
	for _, tt := range []struct {
		name          string
		control, data Path
		want          Comparison
	}{
		{"open", control, path(dataPort, Expired, Expired, SYNACK),
			Comparison{Distance: 3, Fate: SYNACK, FateTTL: 3, Last: 2, LastAddr: router(2)}},
		{"dropped after the last router", control, path(dataPort, Expired, Expired, Silent, Silent, Silent),
			Comparison{Distance: 3, Fate: Silent, Last: 2, LastAddr: router(2), FirstSilent: 3, FirstSilentAddr: server}},
		{"dropped after the first router", control, path(dataPort, Expired, Silent, Silent, Silent, Silent),
			Comparison{Distance: 3, Fate: Silent, Last: 1, LastAddr: router(1), FirstSilent: 2, FirstSilentAddr: router(2)}},
		{"dropped here", control, path(dataPort, Silent, Silent, Silent, Silent, Silent),
			Comparison{Distance: 3, Fate: Silent, FirstSilent: 1, FirstSilentAddr: router(1)}},
		{"a router silent for both is no evidence", quiet, path(dataPort, Expired, Silent, Silent, Silent, Silent, Silent),
			Comparison{Distance: 4, Fate: Silent, Last: 1, LastAddr: router(1), FirstSilent: 3, FirstSilentAddr: router(3)}},
		{"reset by the server or in its name", control, path(dataPort, Expired, Expired, RST),
			Comparison{Distance: 3, Fate: RST, FateTTL: 3, Last: 2, LastAddr: router(2)}},
		{"reset before the server", control, path(dataPort, Expired, RST),
			Comparison{Distance: 3, Fate: RST, FateTTL: 2, Early: true, Last: 1, LastAddr: router(1)}},
		{"rejected by a router", control, rejected(path(dataPort, Expired, Expired), router(2)),
			Comparison{Distance: 3, Fate: Unreachable, FateTTL: 3, Last: 2, LastAddr: router(2),
				Refuser: router(2), Role: AtHop, RoleTTL: 2}},
		{"rejected by the server", control, rejected(path(dataPort, Expired, Expired), server),
			Comparison{Distance: 3, Fate: Unreachable, FateTTL: 3, Last: 2, LastAddr: router(2), Refuser: server, Role: Server}},
		{"rejected by this computer", control, rejected(path(dataPort), here),
			Comparison{Distance: 3, Fate: Unreachable, FateTTL: 1, Early: true, Refuser: here, Role: ThisComputer}},
		{"rejected by somebody unknown", quiet, rejected(path(dataPort, Expired), router(77)),
			Comparison{Distance: 4, Fate: Unreachable, FateTTL: 2, Last: 1, LastAddr: router(1), Refuser: router(77), Role: Elsewhere}},
		{"load shared over two paths", control, other,
			Comparison{Distance: 3, Fate: RST, FateTTL: 3, Last: 2, LastAddr: other.Hops[1].ICMP.From, Diverges: 2}},
		{"control port unanswered", path(controlPort, Expired, Silent), path(dataPort, Silent, Silent),
			Comparison{Fate: Silent, FirstSilent: 1, FirstSilentAddr: router(1)}},
		{"stopped early", control, Path{Remote: dataPort, State: Interrupted, Hops: []Hop{{}}},
			Comparison{Distance: 3}},
		{"not sent", control, Path{Remote: dataPort, State: Failed, Cause: neterr.NetUnreachable},
			Comparison{Distance: 3}},
	} {
		if got := Compare(tt.control, tt.data); got != tt.want {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

func TestProhibited(t *testing.T) {
	v4, v6 := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")
	for _, tt := range []struct {
		message ICMP
		want    bool
	}{
		{ICMP{3, 13, v4}, true},
		{ICMP{3, 9, v4}, true},
		{ICMP{3, 3, v4}, false}, // port unreachable
		{ICMP{1, 1, v4}, false}, // an ICMPv6 number
		{ICMP{11, 13, v4}, false},
		{ICMP{1, 1, v6}, true},
		{ICMP{1, 4, v6}, false}, // port unreachable
		{ICMP{3, 1, v6}, false}, // expired, while reassembling
		{ICMP{}, false},
	} {
		if got := tt.message.Prohibited(); got != tt.want {
			t.Errorf("%+v: prohibited is %v", tt.message, got)
		}
	}
}

// What was saved must read back as the same facts.
func TestLocalisationSurvivesJSON(t *testing.T) {
	l := Localisation{
		Control: path(controlPort, Expired, SYNACK),
		Data:    rejected(path(dataPort, Expired), router(1)),
		DataTTL: Received{Remote: dataPort, State: Complete, Answer: RST, TTL: 63, Connects: 3},
	}
	l.Comparison = Compare(l.Control, l.Data)
	text, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var back Localisation
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(back); string(again) != string(text) {
		t.Errorf("read back as %s\nwant %s", again, text)
	}
	if back.Comparison != l.Comparison || back.DataTTL != l.DataTTL || back.Data.Hops[1] != l.Data.Hops[1] {
		t.Errorf("read back as %+v", back)
	}
	for _, bad := range []string{`"silence"`, `"SYN-ACK"`} {
		if err := json.Unmarshal([]byte(bad), new(Answer)); err == nil {
			t.Errorf("%s is taken for an answer", bad)
		}
	}
}
