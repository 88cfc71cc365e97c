//go:build linux

package lab

import (
	"net"
	"testing"
	"time"
)

// TestDelayLink holds the line to its promise: a handshake takes one round trip, not less and not much more.
func TestDelayLink(t *testing.T) {
	requireLab(t)
	var ends [2]*Namespace
	for i, name := range []string{"da", "db"} {
		namespace, err := NewNamespace(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(namespace.Close)
		ends[i] = namespace
	}
	const oneWay = 50 * time.Millisecond
	line, err := NewDelayLink(t.Context(), ends[0], "192.0.2.1/24", ends[1], "192.0.2.2/24", oneWay)
	if err != nil {
		skip(t, err.Error())
	}
	t.Cleanup(line.Close)

	var listener net.Listener
	if err := ends[1].Do(func() (err error) {
		listener, err = net.Listen("tcp", "192.0.2.2:21")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	start := time.Now()
	if err := ends[0].Do(func() error {
		conn, err := net.DialTimeout("tcp", listener.Addr().String(), 5*time.Second)
		if err != nil {
			return err
		}
		return conn.Close()
	}); err != nil {
		t.Fatal(err)
	}
	// 50 ms of slack: other worlds keep the processors busy.
	if took := time.Since(start); took < 2*oneWay || took > 2*oneWay+50*time.Millisecond {
		t.Errorf("handshake took %v over a round trip of %v", took, 2*oneWay)
	}
}
