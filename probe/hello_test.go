package probe_test

import (
	"context"
	"net"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// serve hands every connection of a listener on loopback to talk, and closes it
// after. It returns the port.
func serve(t *testing.T, l net.Listener, err error, talk func(net.Conn)) uint16 {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				talk(conn)
			}()
		}
	}()
	return uint16(l.Addr().(*net.TCPAddr).Port)
}

// answering listens on loopback and answers the first bytes of a client with what
// it is told to.
func answering(t *testing.T, with string) uint16 {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	return serve(t, l, err, func(conn net.Conn) {
		if n, _ := conn.Read(make([]byte, 4096)); n > 0 {
			_, _ = conn.Write([]byte(with))
		}
	})
}

// TestHelloAnswered: a service that waits for the client is known by what it
// answers to a ClientHello.
func TestHelloAnswered(t *testing.T) {
	for _, c := range []struct {
		name, with string
		protocol   ftp.Protocol
		code       probe.Code
		sure       probe.Confidence
	}{
		{"web", "HTTP/1.1 400 Bad Request\r\nServer: x\r\nConnection: close\r\n\r\n", ftp.ProtocolHTTP, probe.NotFTP, probe.ConfidenceCertain},
		{"desktop", "\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x03\x00\x08\x00\x02\x00\x00\x00", ftp.ProtocolRDP, probe.NotFTP, probe.ConfidenceCertain},
		{"alert", "\x15\x03\x01\x00\x02\x02\x28", ftp.ProtocolTLS, probe.PortExpectsTLS, probe.ConfidenceLikely},
		{"silent", "", ftp.ProtocolUnknown, probe.GreetingMissing, probe.ConfidenceCertain},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := probe.Prober{Network: probe.System{}}
			p.Plan.Timeouts.Greeting = time.Second
			began := time.Now()
			e := p.Run(context.Background(), probe.Target{Host: "127.0.0.1", Port: answering(t, c.with), User: "anonymous"})
			if got := e.Sessions[0].Protocol; got != c.protocol {
				t.Errorf("it speaks %v, want %v", got, c.protocol)
			}
			if took := time.Since(began); c.code != probe.GreetingMissing && took > 900*time.Millisecond {
				t.Errorf("known after %v only", took)
			}
			fs := probe.Classify(e)
			if len(fs) == 0 || fs[0].Code != c.code || fs[0].Confidence != c.sure {
				t.Errorf("findings %+v, want %v first", fs, c.code)
			}
		})
	}
}
