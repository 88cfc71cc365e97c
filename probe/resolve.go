package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// nameLimit is how long the system's resolver may take. Its own limit is
// commonly 5 s a server and two rounds; ours allows two servers one round.
const nameLimit = 10 * time.Second

// resolve turns the target's name into addresses and records how. Where the
// system's resolver fails, the configured DNS servers are asked directly, so
// that the reason is known and not only the failure.
func (x *examiner) resolve(ctx context.Context) {
	began := time.Now()
	res := Resolution{Resolver: "system"}
	defer func() {
		res.Took = time.Since(began)
		x.mu.Lock()
		x.exam.Resolution = res
		x.mu.Unlock()
	}()
	if a, err := netip.ParseAddr(x.target.Host); err == nil {
		res.Literal, res.Resolver, res.Addresses = true, "", []netip.Addr{a.Unmap()}
		return
	}
	event := func(d Direction, format string, args ...any) {
		res.Events = append(res.Events, x.note(Event{Step: StepName, Direction: d, Channel: DNS, Text: fmt.Sprintf(format, args...)}))
	}
	if x.plan.Resolver.IsValid() {
		res.Resolver = x.plan.Resolver.String()
		event(Send, "ask %s for the addresses of %s", x.plan.Resolver, x.target.Host)
		x.askServers(ctx, &res, []netip.AddrPort{x.plan.Resolver})
	} else {
		event(Send, "ask the system for the addresses of %s", x.target.Host)
		lookup, cancel := context.WithTimeout(ctx, nameLimit)
		addrs, err := x.net.LookupAddrs(lookup, x.target.Host)
		cancel()
		for _, a := range addrs {
			res.Addresses = append(res.Addresses, a.Unmap())
		}
		if err != nil || len(addrs) == 0 {
			event(Receive, "the system found no address")
			x.askServers(ctx, &res, x.net.Nameservers())
			// What another resolver knows is evidence, not a way in:
			// ordinary programs on this computer cannot use it.
			res.Addresses = nil
			if res.Outcome == NameFound || res.Outcome == NameUnsolved {
				res.Outcome = systemOutcome(err)
			}
		}
	}
	if x.plan.Deep && res.Resolver == "system" && len(res.Addresses) > 0 {
		x.compareServers(ctx, &res, event)
	}
	if len(res.Addresses) > 0 {
		res.Outcome = NameFound
		var list []string
		for _, a := range res.Addresses {
			list = append(list, a.String())
		}
		event(Receive, "%s", strings.Join(list, ", "))
	}
}

// compareServers asks the first DNS server for the name that the system knows,
// and notes where it says something else: a hosts file, a search list, or another
// resolver than the configured ones is at work.
func (x *examiner) compareServers(ctx context.Context, res *Resolution, event func(Direction, string, ...any)) {
	servers := x.net.Nameservers()
	if len(servers) == 0 {
		return
	}
	asked := Resolution{}
	x.askServers(ctx, &asked, servers[:1])
	res.Servers, res.CNAME = append(res.Servers, asked.Servers...), append(res.CNAME, asked.CNAME...)
	res.Events = append(res.Events, asked.Events...)
	switch {
	case asked.Outcome == NameMissing || asked.Outcome == NameEmpty:
		event(Note, "the DNS server has no address: the system's come from elsewhere, such as the hosts file or a search list")
	case len(asked.Addresses) > 0 && !overlap(asked.Addresses, res.Addresses):
		event(Note, "the DNS server has other addresses: the system's come from elsewhere, such as the hosts file")
	}
}

// overlap tells whether two lists share an address.
func overlap(a, b []netip.Addr) bool {
	return slices.ContainsFunc(a, func(one netip.Addr) bool { return slices.Contains(b, one) })
}

// systemOutcome reads what the system's resolver says when no DNS server could
// be asked directly, or when those know the name and the system does not.
func systemOutcome(err error) NameOutcome {
	var dnsErr *net.DNSError
	switch {
	case errors.As(err, &dnsErr) && dnsErr.IsNotFound:
		return NameMissing
	case errors.As(err, &dnsErr) && dnsErr.IsTimeout, stopOf(err).Cause == Timeout:
		return NameTimeout
	default:
		return NameUnsolved
	}
}
