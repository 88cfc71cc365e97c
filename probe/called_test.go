package probe

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"ftpdiag/probe/ftp"
)

func TestOrderOf(t *testing.T) {
	for _, tt := range []struct {
		call, port, list int
		want             Called
	}{
		{3, 4, 6, BeforePortReply},
		{3, 0, 0, BeforePortReply}, // the reply never came
		{5, 4, 6, BeforeListReply},
		{5, 4, 0, BeforeListReply},
		{7, 4, 6, AfterListReply},
	} {
		if got := orderOf(tt.call, tt.port, tt.list); got != tt.want {
			t.Errorf("call %d, replies %d and %d: %v, want %v", tt.call, tt.port, tt.list, got, tt.want)
		}
	}
}

// TestFileCalls: a reply that broke off is none, strangers are told apart, and the
// event of the outcome stays the last.
func TestFileCalls(t *testing.T) {
	server, stranger := netip.MustParseAddrPort("198.51.100.20:20"), netip.MustParseAddrPort("192.0.2.66:4711")
	a := &Attempt{
		Caller:   server,
		Setup:    Exchange{Reply: ftp.Reply{Code: 200}, Events: []int{1, 4}},
		Transfer: Exchange{Reply: ftp.Reply{Code: 150}, Stop: Stop{Cause: Closed}, Events: []int{5, 7}},
		Events:   []int{1, 4, 5, 7, 9},
	}
	a.file([]*caller{{from: server, at: time.Second, event: 3, server: true}, {from: stranger, at: 2 * time.Second, event: 8}, {from: stranger, event: 11}})
	if want := []int{1, 3, 4, 5, 7, 8, 11, 9}; !slices.Equal(a.Events, want) {
		t.Errorf("events %v, want %v", a.Events, want)
	}
	if call, known := a.Call(); !known || call != (Call{server, time.Second, BeforePortReply}) {
		t.Errorf("the server's call: %v", call)
	}
	if calls := a.StrangerCalls(); len(calls) != 2 || calls[0] != (Call{stranger, 2 * time.Second, BeforeListReply}) {
		t.Errorf("strangers: %v", calls)
	}
	a.Calls = nil
	if call, known := a.Call(); known || call.Called != 0 {
		t.Errorf("of an earlier version's record: %v", call)
	}
}
