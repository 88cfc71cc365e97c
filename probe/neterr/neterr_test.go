package neterr

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
)

func TestNewMakesWhatOfNames(t *testing.T) {
	for _, op := range []string{"dial", "read", "write", "listen", "accept"} {
		for c := None; c <= Unknown; c++ {
			err := New(op, c)
			if got := Of(err); got != c {
				t.Errorf("Of(New(%q, %q)) = %q (%v)", op, c, got, err)
			}
			// Callers wrap; the cause must shine through.
			if c != None {
				if got := Of(fmt.Errorf("listing: %w", err)); got != c {
					t.Errorf("wrapped New(%q, %q) is %q", op, c, got)
				}
			}
		}
	}
}

// A simulated network is only worth something if callers that look at the
// error the usual ways see what they would see on a real one.
func TestNewLooksLikePackageNet(t *testing.T) {
	local := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 40000}
	remote := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 2), Port: 21}

	dial := NewAt("dial", Refused, local, remote)
	const prefix = "dial tcp 192.0.2.1:40000->192.0.2.2:21: connect"
	if !strings.HasPrefix(dial.Error(), prefix) {
		t.Errorf("%q does not begin with %q", dial, prefix)
	}
	listen := NewAt("listen", Local, local, nil)
	if want := "listen tcp 192.0.2.1:40000: bind: "; !strings.HasPrefix(listen.Error(), want) {
		t.Errorf("%q does not begin with %q", listen, want)
	}
	if err := New("read", Closed); err != io.EOF { //nolint:errorlint // bare, as a Read of package net returns it
		t.Errorf("the end of a stream is %#v, want io.EOF itself", err)
	}
	if err := New("read", Timeout); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read timeout %v is no os.ErrDeadlineExceeded", err)
	}
	if err := New("accept", Local); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accept on a closed listener %v is no net.ErrClosed", err)
	}
}

func TestOfKnowsTypesWithoutANumber(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want Cause
	}{
		{context.Canceled, Canceled},
		{context.DeadlineExceeded, Timeout},
		{os.ErrDeadlineExceeded, Timeout},
		{&net.DNSError{IsTimeout: true}, Timeout},
		{&net.DNSError{IsNotFound: true}, Unknown},
		{io.EOF, Closed},
		{io.ErrUnexpectedEOF, Closed},
		{net.ErrClosed, Local},
		{&net.AddrError{Err: "mismatched local address type"}, Local},
		{tls.AlertError(40), Unknown},
		{errors.New("connection refused"), Unknown}, // never by text
		{fmt.Errorf("%w: %w", New("read", Reset), context.Canceled), Canceled},
	} {
		if got := Of(tt.err); got != tt.want {
			t.Errorf("Of(%#v) = %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestCauseTextRoundTrip(t *testing.T) {
	for c := None; c <= Unknown; c++ {
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		back := Unknown + 1
		if err := json.Unmarshal(data, &back); err != nil || back != c {
			t.Errorf("%s came back as %v, %v; want %v", data, back, err, c)
		}
	}
	var c Cause
	if err := c.UnmarshalText([]byte("Refused")); err == nil {
		t.Error("a name that is none was accepted")
	}
	if _, err := (Unknown + 1).MarshalText(); err == nil {
		t.Error("a value outside the enumeration was written")
	}
}
