package scenarios

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
)

// dataChannel is what PORT, EPRT, PASV or EPSV prepared for the next transfer.
type dataChannel struct {
	mode     probe.Mode
	target   netip.AddrPort // active: where to connect
	conn     net.Conn       // active, connected before the reply to PORT
	listener net.Listener   // passive
	shown    netip.AddrPort // passive: what 227 or 229 says
	opened   time.Time      // passive: since when the client is awaited
	expiry   *time.Timer    // passive, with a timer that runs from PASV on; nil: none
	failure  string         // why the connection did not come about
}

// values are what the placeholders of a data channel stand for.
func (d *dataChannel) values() []string {
	ap := d.target
	if d.mode == probe.Passive {
		ap = d.shown
	}
	hi, lo := strconv.Itoa(int(ap.Port()>>8)), strconv.Itoa(int(ap.Port()&0xff))
	return []string{
		"{tuple}", tuple(ap), "{address}", ap.Addr().String(), "{port}", strconv.Itoa(int(ap.Port())),
		"{p1}", hi, "{p2}", lo, "{error}", d.failure,
	}
}

// discard gives up what was prepared.
func (s *session) discard() {
	d := s.data
	s.data = nil
	if d == nil {
		return
	}
	if d.expiry != nil {
		d.expiry.Stop()
	}
	if d.listener != nil {
		s.srv.drop(d.listener)
	}
	if d.conn != nil {
		s.srv.drop(d.conn)
	}
}

// offer answers PORT and EPRT.
func (s *session) offer(verb, arg string) error {
	s.discard()
	method, foreign, good := probe.PORT, sayPortForeign, sayPortOK
	if verb == "EPRT" {
		method, foreign, good = probe.EPRT, sayEprtForeign, sayEprtOK
	}
	if s.srv.spec.off[method] || s.epsvAll {
		return s.say(sayActiveOff, "{command}", verb)
	}
	ap, family, ok := offered(verb, arg)
	switch {
	case !family:
		return s.say(sayFamily)
	case !ok:
		return s.say(sayPortSyntax)
	case ap.Addr().Is6() && s.own.Addr().Is4():
		return s.say(sayEprtSix, "{address}", ap.Addr().String(), "{port}", strconv.Itoa(int(ap.Port())))
	case ap.Port() < 1024: // daemons do not attack services (RFC 2577 section 3)
		return s.say(sayPortLow, "{port}", strconv.Itoa(int(ap.Port())))
	}
	addr, ok := s.allowed(ap.Addr())
	if !ok {
		return s.say(foreign, "{address}", ap.Addr().String(), "{port}", strconv.Itoa(int(ap.Port())))
	}
	s.data = &dataChannel{mode: probe.Active, target: netip.AddrPortFrom(addr, ap.Port())}
	if s.style.dialAtPort {
		if err := s.dial(); err != nil {
			defer s.discard()
			return s.say(s.dialFailure(err))
		}
	}
	return s.say(good)
}

// allowed applies the style's policy to an address in PORT: where to connect
// to, if at all.
func (s *session) allowed(a netip.Addr) (netip.Addr, bool) {
	peer := s.peer.Addr()
	switch s.style.addresses {
	case addressAny:
		return a, true
	case addressIgnore:
		return peer, true
	case addressSubstitute:
		// mod_core replaces a private address if the client has a public one.
		return peer, a == peer || a.IsPrivate() && !peer.IsPrivate()
	case addressStrict:
		return a, a == peer
	default:
		return a, false
	}
}

// dial opens the active data connection.
func (s *session) dial() error {
	ctx, cancel := context.WithTimeout(s.srv.ctx, s.srv.lasting(s.style.dial))
	defer cancel()
	from := s.own.Addr()
	if s.srv.spec.dialFrom.IsValid() {
		from = s.srv.spec.dialFrom
	}
	conn, err := s.srv.ground.dialData(ctx, netip.AddrPortFrom(from, s.style.sourcePort), s.data.target)
	if err != nil {
		return err
	}
	if !s.srv.keep(conn) {
		return errEnded
	}
	s.data.conn = conn
	return nil
}

// dialFailure picks the words for an active connection that failed.
func (s *session) dialFailure(err error) phrase {
	text, timeout := strerror(err)
	s.data.failure = text
	if _, own := s.style.texts[sayActiveTimeout]; own && timeout {
		return sayActiveTimeout
	}
	return sayActiveFailed
}

// listen answers PASV and EPSV.
func (s *session) listen(verb, arg string) error {
	s.discard()
	method := probe.PASV
	if verb == "EPSV" {
		method = probe.EPSV
	}
	switch {
	case s.srv.spec.off[method], method == probe.PASV && s.epsvAll:
		return s.say(sayPassiveOff, "{command}", verb)
	case method == probe.EPSV && strings.EqualFold(arg, "ALL"):
		s.epsvAll = true
		return s.send("200 EPSV ALL ok.\r\n")
	case method == probe.EPSV && arg != "" && (arg == "1") != s.own.Addr().Is4():
		return s.say(sayFamily)
	}
	l, err := s.srv.ground.listenData(s.srv.ctx, netip.AddrPortFrom(s.own.Addr(), s.srv.passivePort(s.own.Addr())))
	if err != nil {
		return s.say(sayPortsBusy)
	}
	if !s.srv.keep(l) {
		return errEnded
	}
	port := addrPortOf(l.Addr()).Port()
	s.data = &dataChannel{mode: probe.Passive, listener: l, shown: netip.AddrPortFrom(s.own.Addr(), port), opened: time.Now()}
	if s.style.passiveTimer {
		s.data.expiry = time.NewTimer(s.srv.lasting(s.srv.awaitClient()))
	}
	return s.announce(method)
}

// announce tells the client where the passive port is.
func (s *session) announce(method probe.Method) error {
	spec := s.srv.spec
	if method == probe.EPSV {
		if spec.epsvReply != nil {
			return s.play(spec.epsvReply, func() error { return s.say(sayEpsvOK) })
		}
		return s.say(sayEpsvOK)
	}
	if spec.advertise.IsValid() {
		s.data.shown = netip.AddrPortFrom(spec.advertise, s.data.shown.Port())
	}
	if spec.pasvReply == nil && s.own.Addr().Is6() {
		return s.say(sayPasvIPv6)
	}
	return s.play(spec.pasvReply, func() error { return s.say(sayPasvOK) })
}

// tuple writes an address and port as 227 does: h1,h2,h3,h4,p1,p2 (RFC 959
// section 4.1.2). An address that is not IPv4 is written as zeros.
func tuple(ap netip.AddrPort) string {
	var b [4]byte
	if ap.Addr().Is4() {
		b = ap.Addr().As4()
	}
	return fmt.Sprintf("%d,%d,%d,%d,%d,%d", b[0], b[1], b[2], b[3], ap.Port()>>8, ap.Port()&0xff)
}

// parseTuple reads the six numbers of PORT.
func parseTuple(s string) (netip.AddrPort, bool) {
	parts := strings.Split(s, ",")
	if len(parts) != 6 {
		return netip.AddrPort{}, false
	}
	var b [6]byte
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 8)
		if err != nil {
			return netip.AddrPort{}, false
		}
		b[i] = byte(v)
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[:4])), uint16(b[4])<<8|uint16(b[5])), true
}

func parsePort(s string) (uint16, error) {
	v, err := strconv.ParseUint(s, 10, 16)
	return uint16(v), err
}
