package hops

import (
	"context"
	"net"
	"net/netip"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"ftpdiag/probe/neterr"
)

// openWire makes the wire whose SYNs leave from local.
func openWire(local netip.Addr) wire { return &socketWire{local: local.Unmap()} }

// socketWire sends each SYN from a socket of its own.
type socketWire struct {
	local   netip.Addr
	sockets []int     // open ones; a socket's number is the shot's id
	early   []arrival // answered before connect returned
}

// pollSlice is how long the wire may be deaf to its context.
const pollSlice = 50 * time.Millisecond

func (w *socketWire) fire(s shot) (id int, from netip.Addr, err error) {
	remote := netip.AddrPortFrom(s.remote.Addr().Unmap(), s.remote.Port())
	family := unix.AF_INET
	if remote.Addr().Is6() {
		family = unix.AF_INET6
	}
	fd, err := unix.Socket(family, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, unix.IPPROTO_TCP)
	if err != nil {
		return 0, netip.Addr{}, os.NewSyscallError("socket", err)
	}
	if from, err = w.connect(fd, remote, s); err != nil {
		unix.Close(fd)
		return 0, netip.Addr{}, err
	}
	w.sockets = append(w.sockets, fd)
	return fd, from, nil
}

// connect begins a connection and tells the address it leaves from. An error
// other than a refusal is one of this computer: it has no route, or a route
// that forbids.
func (w *socketWire) connect(fd int, remote netip.AddrPort, s shot) (from netip.Addr, err error) {
	if err := prepare(fd, remote.Addr().Is6(), s); err != nil {
		return netip.Addr{}, os.NewSyscallError("setsockopt", err)
	}
	if w.local.IsValid() {
		if err := unix.Bind(fd, sockaddr(netip.AddrPortFrom(w.local, 0))); err != nil {
			return netip.Addr{}, os.NewSyscallError("bind", err)
		}
	}
	switch err := unix.Connect(fd, sockaddr(remote)); err {
	case nil, unix.EINPROGRESS:
	case unix.ECONNREFUSED:
		// Having told the error once, the socket does not tell it again.
		w.early = append(w.early, arrival{id: fd, at: time.Now(), answer: RST})
	default:
		return netip.Addr{}, os.NewSyscallError("connect", err)
	}
	name, err := unix.Getsockname(fd)
	if err != nil {
		return netip.Addr{}, os.NewSyscallError("getsockname", err)
	}
	return addrOf(name), nil
}

// prepare sets the options that make a connection a probe. The error queue
// keeps ICMP messages with their sender, for everybody (ip(7), IP_RECVERR).
// With a linger time of zero a connection that succeeds ends with a reset, so
// that the server frees it at once.
func prepare(fd int, ipv6 bool, s shot) error {
	level, ttl, minTTL, queue := unix.SOL_IP, unix.IP_TTL, unix.IP_MINTTL, unix.IP_RECVERR
	if ipv6 {
		level, ttl, minTTL, queue = unix.SOL_IPV6, unix.IPV6_UNICAST_HOPS, unix.IPV6_MINHOPCOUNT, unix.IPV6_RECVERR
	}
	if err := unix.SetsockoptInt(fd, level, queue, 1); err != nil {
		return err
	}
	if s.ttl > 0 {
		if err := unix.SetsockoptInt(fd, level, ttl, s.ttl); err != nil {
			return err
		}
	}
	if s.minTTL > 0 {
		if err := unix.SetsockoptInt(fd, level, minTTL, s.minTTL); err != nil {
			return err
		}
	}
	return unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1, Linger: 0})
}

func (w *socketWire) await(ctx context.Context, until time.Time) []arrival {
	if early := w.early; len(early) > 0 {
		w.early = nil
		for i := range early {
			early[i].syns = w.abandon(early[i].id)
		}
		return early
	}
	for ctx.Err() == nil {
		fds := make([]unix.PollFd, len(w.sockets))
		for i, fd := range w.sockets {
			fds[i] = unix.PollFd{Fd: int32(fd), Events: unix.POLLOUT}
		}
		// Poll counts whole milliseconds; rounding up keeps the last one from
		// being spun away.
		slice := min(time.Until(until), pollSlice)
		n, err := unix.Poll(fds, max(0, int((slice+time.Millisecond-1)/time.Millisecond)))
		if n > 0 && err == nil {
			if arrivals := w.collect(fds); len(arrivals) > 0 {
				return arrivals
			}
		}
		if !time.Now().Before(until) {
			return nil
		}
	}
	return nil
}

// collect closes the sockets that were answered and says how.
func (w *socketWire) collect(fds []unix.PollFd) []arrival {
	now := time.Now()
	var arrivals []arrival
	for _, p := range fds {
		if p.Revents == 0 {
			continue
		}
		fd := int(p.Fd)
		a := arrival{id: fd, at: now}
		if a.answer, a.icmp, a.cause = read(fd); a.answer == NoProbe && a.cause == neterr.None {
			continue // A message that is no answer; it has left the queue.
		}
		a.syns = w.abandon(fd)
		arrivals = append(arrivals, a)
	}
	return arrivals
}

// read tells what answered a socket. A message in the error queue comes before
// the socket's error number, which is the same for many messages.
func read(fd int) (Answer, ICMP, neterr.Cause) {
	if m, ok := readErrorQueue(fd); ok {
		return m.answer(), m, neterr.None
	}
	number, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return NoProbe, ICMP{}, neterr.Of(os.NewSyscallError("getsockopt", err))
	}
	switch errno := unix.Errno(number); errno {
	case 0:
		// A socket that has left the state SYN-SENT without an error is
		// connected.
		if _, err := unix.Getpeername(fd); err != nil {
			return NoProbe, ICMP{}, neterr.None
		}
		return SYNACK, ICMP{}, neterr.None
	case unix.ECONNREFUSED:
		return RST, ICMP{}, neterr.None
	case unix.ECONNRESET, unix.EPIPE:
		return SYNACK, ICMP{}, neterr.None // It was accepted before it was reset.
	case unix.ETIMEDOUT:
		return Silent, ICMP{}, neterr.None
	default:
		return NoProbe, ICMP{}, neterr.Of(os.NewSyscallError("connect", errno))
	}
}

func (w *socketWire) abandon(id int) (syns int) {
	for i, fd := range w.sockets {
		if fd != id {
			continue
		}
		if info, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO); err == nil {
			syns = int(info.Total_retrans) + 1
		}
		unix.Close(fd)
		w.sockets = append(w.sockets[:i], w.sockets[i+1:]...)
		return syns
	}
	return 0
}

func (w *socketWire) close() {
	for _, fd := range w.sockets {
		unix.Close(fd)
	}
	w.sockets = nil
}

// sockaddr is the address as system calls want it.
func sockaddr(a netip.AddrPort) unix.Sockaddr {
	if a.Addr().Is4() {
		return &unix.SockaddrInet4{Port: int(a.Port()), Addr: a.Addr().As4()}
	}
	return &unix.SockaddrInet6{Port: int(a.Port()), Addr: a.Addr().As16(), ZoneId: zoneID(a.Addr().Zone())}
}

// zoneID is the number of the interface that a link-local address belongs to.
func zoneID(zone string) uint32 {
	if zone == "" {
		return 0
	}
	if number, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(number)
	}
	if nic, err := net.InterfaceByName(zone); err == nil {
		return uint32(nic.Index)
	}
	return 0
}

// addrOf is the address in a name that the system returned, without its zone.
func addrOf(name unix.Sockaddr) netip.Addr {
	switch name := name.(type) {
	case *unix.SockaddrInet4:
		return netip.AddrFrom4(name.Addr)
	case *unix.SockaddrInet6:
		return netip.AddrFrom16(name.Addr)
	default:
		return netip.Addr{}
	}
}
