package main

import (
	"net"
	"net/netip"
	"strings"
)

// ownAddress is an address of this computer and the name of its network card.
type ownAddress struct {
	addr netip.Addr // with its zone, if it is link-local
	card string
}

// ownAddresses asks the system. It returns none if the system does not tell.
func ownAddresses() []ownAddress {
	cards, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var all []ownAddress
	for _, card := range cards {
		addrs, err := card.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addrs {
			prefix, err := netip.ParsePrefix(a.String())
			if err != nil {
				continue
			}
			ip := prefix.Addr().Unmap()
			if ip.Is6() && ip.IsLinkLocalUnicast() {
				ip = ip.WithZone(card.Name)
			}
			all = append(all, ownAddress{ip, card.Name})
		}
	}
	return all
}

// mostListed is how many addresses a message names: a computer with containers
// has dozens.
const mostListed = 6

// listOwn words the addresses for a message, the usual ones first.
func listOwn(addresses []ownAddress) string {
	var usual, loopback []string
	for _, a := range addresses {
		if a.addr.IsLoopback() {
			loopback = append(loopback, a.addr.String()+" (this computer itself)")
		} else {
			usual = append(usual, a.addr.String()+" ("+clip(a.card)+")")
		}
	}
	words := append(usual, loopback...)
	if len(words) > mostListed {
		words = append(words[:mostListed], "...")
	}
	return strings.Join(words, ", ")
}
