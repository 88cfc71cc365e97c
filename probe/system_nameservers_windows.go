package probe

import (
	"errors"
	"net/netip"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// adapterBytes is the first size tried for the list of adapters; Microsoft
// recommends 15 kB so that one call is enough (GetAdaptersAddresses).
const adapterBytes = 15 << 10

// adapterTries bounds the repetitions when the list outgrows the size that
// Windows has just asked for because adapters come up meanwhile.
const adapterTries = 4

// siteLocal is the deprecated range (RFC 3879) from which Windows makes up
// three servers for adapters that were told none over IPv6. Nobody answers
// there.
var siteLocal = netip.MustParsePrefix("fec0::/10")

// configuredNameservers lists the servers of all adapters that are up.
func configuredNameservers() []netip.Addr {
	var addrs []netip.Addr
	for a := adapters(); a != nil; a = a.Next {
		if a.OperStatus != windows.IfOperStatusUp {
			continue
		}
		for s := a.FirstDnsServerAddress; s != nil; s = s.Next {
			addr := addrOf(s.Address)
			if addr.IsValid() && !siteLocal.Contains(addr.WithZone("")) {
				addrs = append(addrs, addr)
			}
		}
	}
	return addrs
}

// adapters returns the first element of Windows' list, or nil.
func adapters() *windows.IpAdapterAddresses {
	const flags = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST |
		windows.GAA_FLAG_SKIP_MULTICAST | windows.GAA_FLAG_SKIP_FRIENDLY_NAME
	size := uint32(adapterBytes)
	for range adapterTries {
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, flags, 0, first, &size)
		if err == nil {
			return first
		}
		if !errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) {
			return nil // ERROR_NO_DATA: there is no adapter.
		}
	}
	return nil
}

// addrOf converts a socket address; the zero Addr stands for another family.
// A link-local address keeps its interface's index as zone, without which it
// cannot be reached.
func addrOf(address windows.SocketAddress) netip.Addr {
	if address.Sockaddr == nil {
		return netip.Addr{}
	}
	sa, err := address.Sockaddr.Sockaddr()
	if err != nil {
		return netip.Addr{}
	}
	switch sa := sa.(type) {
	case *syscall.SockaddrInet4:
		return netip.AddrFrom4(sa.Addr)
	case *syscall.SockaddrInet6:
		addr := netip.AddrFrom16(sa.Addr)
		if sa.ZoneId != 0 {
			addr = addr.WithZone(strconv.FormatUint(uint64(sa.ZoneId), 10))
		}
		return addr
	default:
		return netip.Addr{}
	}
}
