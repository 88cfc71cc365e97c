package here

import (
	"math/bits"
	"strconv"
	"strings"
)

// Flags of a route (linux/route.h).
const (
	routeUp     = 0x1
	routeReject = 0x200
)

// candidate is a route that packets to the internet may take.
type candidate struct {
	nic    string
	length int    // of its prefix, in bits
	metric uint64 // the smaller wins
}

// better tells whether the kernel prefers c: the longer prefix wins. VPN
// programs rely on it: they leave the default route alone and add two routes
// to either half of the address space, or one to 2000::/3.
func (c candidate) better(than candidate) bool {
	return than.nic == "" || c.length > than.length || c.length == than.length && c.metric < than.metric
}

// defaultRoute4 reads /proc/net/route: interface, destination, gateway, flags,
// two counters, metric, mask; numbers in hexadecimal and addresses in the byte
// order of the machine, metrics in decimal. It takes the routes to everything
// and to the lower half of everything.
func defaultRoute4(text string) string {
	var best candidate
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 8 || words[1] != "00000000" {
			continue
		}
		flags, err := strconv.ParseUint(words[3], 16, 32)
		mask, err2 := strconv.ParseUint(words[7], 16, 32)
		metric, err3 := strconv.ParseUint(words[6], 10, 32)
		if err != nil || err2 != nil || err3 != nil || !usable(flags) {
			continue
		}
		c := candidate{words[0], bits.OnesCount64(mask), metric}
		if c.length <= 1 && c.better(best) {
			best = c
		}
	}
	return best.nic
}

// defaultRoute6 reads /proc/net/ipv6_route: destination, its prefix length,
// source, its prefix length, gateway, metric, two counters, flags, interface;
// all numbers in hexadecimal. It takes the routes that hold 2000::/3, where
// all public addresses are (RFC 4291 section 2.4).
func defaultRoute6(text string) string {
	var best candidate
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 10 || len(words[0]) != 32 || words[3] != "00" || words[9] == "lo" {
			continue
		}
		length, err := strconv.ParseUint(words[1], 16, 8)
		metric, err2 := strconv.ParseUint(words[5], 16, 32)
		flags, err3 := strconv.ParseUint(words[8], 16, 32)
		if err != nil || err2 != nil || err3 != nil || !usable(flags) {
			continue
		}
		everything := strings.Trim(words[0], "0") == "" && length <= 2
		public := words[0][0] == '2' && strings.Trim(words[0][1:], "0") == "" && length == 3
		c := candidate{words[9], int(length), metric}
		if (everything || public) && c.better(best) {
			best = c
		}
	}
	return best.nic
}

// usable tells whether a route with the flags carries packets.
func usable(flags uint64) bool { return flags&routeUp != 0 && flags&routeReject == 0 }
