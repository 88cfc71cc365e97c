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
		limited, cancel := context.WithTimeout(ctx, nameTime)
		defer cancel()
		x.askServers(limited, &res, []netip.AddrPort{x.plan.Resolver}, NameSetup{})
	} else {
		x.askSystem(ctx, &res, event)
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

// askSystem asks as ordinary programs do, and the DNS servers themselves where
// the system fails, or, in the deep examination, to see where they differ.
func (x *examiner) askSystem(ctx context.Context, res *Resolution, event func(Direction, string, ...any)) {
	event(Send, "ask the system for the addresses of %s", x.target.Host)
	began := time.Now()
	lookup, cancel := context.WithTimeout(ctx, nameLimit)
	addrs, err := x.net.LookupAddrs(lookup, x.target.Host)
	cancel()
	for _, a := range addrs {
		res.Addresses = append(res.Addresses, a.Unmap())
	}
	setup := x.net.NameSetup(x.target.Host)
	limited, cancel := context.WithTimeout(ctx, max(nameTime-time.Since(began), askedDirectly))
	defer cancel()
	if err != nil || len(addrs) == 0 {
		event(Receive, "the system found no address")
		x.askServers(limited, res, setup.Servers, setup)
		// What another resolver knows is evidence, not a way in:
		// ordinary programs on this computer cannot use it.
		res.Addresses = nil
		if res.Outcome == NameFound || res.Outcome == NameUnsolved {
			res.Outcome = systemOutcome(err)
		}
		return
	}
	if res.InHosts = overlap(setup.Hosts, res.Addresses); res.InHosts {
		event(Note, "this computer's hosts file has the name")
	}
	if x.plan.Deep && len(setup.Servers) > 0 {
		x.compareServers(limited, res, setup, event)
	}
}

// compareServers asks the configured DNS servers for the name that the system
// knows, each by itself, because the system asks the next where one is silent, and
// notes where one says something else: a hosts file or another resolver than the
// configured ones is at work, the servers differ, or the name is short for another.
func (x *examiner) compareServers(ctx context.Context, res *Resolution, setup NameSetup, event func(Direction, string, ...any)) {
	from := "elsewhere than from the DNS server"
	if res.InHosts {
		from = "from the hosts file"
	}
	short := false
	for _, server := range setup.Servers[:min(len(setup.Servers), maxServers)] {
		if outOfTime(ctx) {
			return
		}
		asked := Resolution{}
		x.askServers(ctx, &asked, []netip.AddrPort{server}, setup)
		res.Servers, res.Events = append(res.Servers, asked.Servers...), append(res.Events, asked.Events...)
		for _, alias := range asked.CNAME {
			if !slices.Contains(res.CNAME, alias) {
				res.CNAME = append(res.CNAME, alias)
			}
		}
		switch {
		case asked.Outcome == NameMissing || asked.Outcome == NameEmpty:
			event(Note, "the DNS server %s has no address: the system's come %s", server.Addr(), from)
		case len(asked.Addresses) > 0 && !overlap(asked.Addresses, res.Addresses):
			event(Note, "the DNS server %s has other addresses: the system's come %s", server.Addr(), from)
		case len(asked.Addresses) > 0 && !short:
			if full := asked.Servers[len(asked.Servers)-1].Name; full != strings.TrimSuffix(x.target.Host, ".") {
				event(Note, "%s is short for %s", x.target.Host, full)
				short = true
			}
		}
	}
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
