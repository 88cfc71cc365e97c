package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"ftpdiag/probe/ftp"
)

// tlsTime is how long the reply to AUTH and the handshake may take, each: as long
// as the connect, so that three repetitions of a lost packet are seen. Servers
// need a fraction of a second.
const tlsTime = 10 * time.Second

// tlsEnough is how long TLS must have been waited for to be missing: packets that are
// repeated after 1, 3 and 7 s have been seen then, and answered.
const tlsEnough = 9 * time.Second

// tlsLimit is tlsTime, or less where TLS is only compared and the time is short.
func (c *control) tlsLimit() time.Duration {
	usual := min(tlsTime, c.x.plan.Timeouts.Reply)
	if c.s.Purpose != ForPassive || !c.s.Extra {
		return usual
	}
	limit := c.x.wait(usual, aloneDial)
	c.s.Hurried = c.s.Hurried || limit < min(usual, tlsEnough)
	return limit
}

// auth asks for TLS on an open control connection (RFC 4217 section 4) and
// makes the handshake. False: the connection stays clear and usable if the
// server refused the command, and is dead if the handshake failed.
func (c *control) auth(ctx context.Context) bool {
	c.s.Auth = c.ask(ctx, StepLogin, ftp.Command{Verb: "AUTH", Arg: "TLS"}, c.tlsLimit())
	if c.s.Auth.Reply.Code != 234 {
		return false
	}
	// Nothing may be sent between 234 and the ClientHello, and nothing may
	// have arrived: bytes injected before the handshake would be read as if
	// they were protected (the STARTTLS injection of 2011, 2021).
	if c.rd.Buffered() > 0 {
		c.dead = true
		c.s.TLS = &TLSFacts{Stop: Stop{Cause: ByTLS, Text: "bytes in clear followed the reply to AUTH"}}
		return false
	}
	return c.secure(ctx, StepLogin)
}

// secure makes the TLS handshake and records what it showed. The certificate
// is judged and never a reason to end the handshake: whether to go on is the
// caller's decision.
func (c *control) secure(ctx context.Context, step Step) bool {
	facts := &TLSFacts{}
	c.s.TLS = facts
	var clock sessionClock
	conf := &tls.Config{
		ServerName:         c.x.target.Host,
		InsecureSkipVerify: true, // judged below, after the handshake, so that the reason can be told
		ClientSessionCache: tls.NewLRUClientSessionCache(sessionsKept),
		Time:               clock.now,
		VerifyConnection:   clock.outrun,
		MinVersion:         tls.VersionTLS10, // old servers are to be diagnosed, not refused
		CipherSuites:       everySuite(),     // likewise
		CurvePreferences:   c.x.curves(),
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			facts.WantsOurs = true
			return new(tls.Certificate), nil // none
		},
	}
	facts.Events = append(facts.Events, c.x.note(Event{Session: c.s.ID, Step: step, Direction: Send, Channel: Control, Text: "TLS ClientHello"}))
	began := time.Now()
	heard := &overheard{Conn: c.conn}
	conn := tls.Client(heard, conf)
	limited, cancel := context.WithTimeout(ctx, c.tlsLimit())
	defer cancel()
	err := conn.HandshakeContext(limited)
	facts.Took = time.Since(began)
	if err != nil {
		c.dead = true
		facts.Stop, facts.Alert = tlsStop(ctx, err)
		facts.AlertCode = alertNumber(err)
		facts.NoCommon = nothingInCommon(facts.AlertCode)
		c.s.End = facts.Stop
		facts.Instead = ftp.RecogniseProtocol(heard.first)
		facts.Events = append(facts.Events, c.x.note(Event{Session: c.s.ID, Step: step, Direction: Note, Channel: Control,
			Text: "TLS handshake failed: " + facts.words() + facts.instead()}))
		if step == StepConnect && foreign(facts.Instead) {
			c.s.Protocol = facts.Instead
		}
		return false
	}
	state := conn.ConnectionState()
	facts.Version = tls.VersionName(state.Version)
	facts.Cipher = tls.CipherSuiteName(state.CipherSuite)
	facts.Weak = outdated(state.Version, state.CipherSuite)
	facts.Certificate = c.x.judge(ctx, state.PeerCertificates)
	if facts.Certificate.Unverified && ctx.Err() != nil {
		c.dead, facts.Stop = true, Stop{Cause: Canceled}
		c.s.End = facts.Stop
		return false
	}
	text := fmt.Sprintf("%s in %d ms, certificate: %s", facts.Version, facts.Took.Milliseconds(), verdictOn(facts.Certificate))
	if facts.Weak != "" {
		text += "; " + facts.Weak
	}
	if facts.WantsOurs {
		text += "; it asks for a client certificate"
	}
	facts.Events = append(facts.Events, c.x.note(Event{Session: c.s.ID, Step: step, Direction: Note, Channel: Control, Text: text}))
	c.conn, c.rd, c.tls, c.unheard = conn, ftp.NewReader(conn), conf, true
	return true
}

// overheard is a connection that keeps the first bytes that came over it: where a
// handshake fails, they tell who else answered.
type overheard struct {
	net.Conn
	first []byte
}

// openingBytes is how many bytes tell one protocol from another: the longest
// that the recogniser looks for is a mail server's greeting line.
const openingBytes = 512

func (o *overheard) Read(b []byte) (int, error) {
	n, err := o.Conn.Read(b)
	if room := openingBytes - len(o.first); room > 0 {
		o.first = append(o.first, b[:min(n, room)]...)
	}
	return n, err
}

// foreign tells whether a protocol is known and neither FTP nor what FTP runs
// under.
func foreign(p ftp.Protocol) bool {
	return p != ftp.ProtocolUnknown && p != ftp.ProtocolFTP && p != ftp.ProtocolTLS
}

// instead says what answered a ClientHello in its own language.
func (f *TLSFacts) instead() string {
	if !foreign(f.Instead) && f.Instead != ftp.ProtocolFTP {
		return ""
	}
	return " (it was answered in clear, by " + strings.ToUpper(f.Instead.String()) + ")"
}

// words says why a handshake failed: as the server's alert does, or as any end of
// a connection is said.
func (f *TLSFacts) words() string {
	switch {
	case f.Alert != "":
		return f.Alert
	case f.Stop.Cause == Unknown || f.Stop.Cause == ByTLS:
		return f.Stop.Text
	default:
		return f.Stop.Cause.String()
	}
}

// tlsStop tells why a handshake failed; the alert's text if the peer sent one.
func tlsStop(ctx context.Context, err error) (Stop, string) {
	st := stopOf(err)
	alert, alerted := alertOf(err)
	switch {
	case ctx.Err() != nil:
		st.Cause = Canceled
	case alerted, st.Cause == Unknown:
		st.Cause = ByTLS
	}
	return st, alert
}

// alertOf is the text of the alert with which the peer ended TLS, if it did.
func alertOf(err error) (text string, ok bool) {
	var alert tls.AlertError
	var remote *net.OpError
	switch {
	case errors.As(err, &alert):
		return alert.Error(), true
	case errors.As(err, &remote) && remote.Op == "remote error":
		return remote.Err.Error(), true
	default:
		return "", false
	}
}

// protect asks for protected data connections (RFC 4217 section 9: PBSZ 0,
// then PROT P). If the server refuses, data goes in clear and the refusal is
// on record.
func (c *control) protect(ctx context.Context) {
	for _, cmd := range []ftp.Command{{Verb: "PBSZ", Arg: "0"}, {Verb: "PROT", Arg: "P"}} {
		x := c.ask(ctx, StepLogin, cmd, c.x.plan.Timeouts.Reply)
		c.s.Protect = append(c.s.Protect, x)
		if cmd.Verb == "PROT" {
			c.s.DataProtected = x.Reply.Code.Completion()
		}
		if c.dead {
			return
		}
	}
}
